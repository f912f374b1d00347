use desk_sdk::activities::GetTasksByTicket;

for task in &client.get_tasks_by_ticket(GetTasksByTicket::new("4000000123").is_completed(false)).await?.data {
    println!("{:?} until {:?}", task.subject, task.due_date);
}
