use desk_sdk::agents::GetAgents;
use desk_sdk::types::AgentStatus;

let active = GetAgents::new().status(AgentStatus::Active).limit(200);
for agent in &client.get_agents(active).await?.data {
    println!("{:?}: {:?}", agent.id, agent.email_id);
}
