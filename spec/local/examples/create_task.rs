use desk_sdk::DateTime;
use desk_sdk::activities::CreateTask;

let task = CreateTask::new()
    .department_id("4000000010")
    .ticket_id("4000000123")
    .subject("Order a cable")
    .due_date(DateTime::from("2026-12-01T12:00:00.000Z"));
let task = client.create_task(task).await?;
println!("{:?}", task.id);
