use desk_sdk::activities::GetTasks;

let due_first = GetTasks::new().is_completed(false).sort_by("dueDate").limit(100);
for task in &client.get_tasks(due_first).await?.data {
    println!("{:?} until {:?}", task.subject, task.due_date);
}
