//! What people may ask.

use desk_sdk::agents::GetAgent as ReadAgent;
use desk_sdk::{Client, Id};

pub(crate) enum Command<'t> {
    Show(&'t str),
    Archived(&'t str),
    Comment(&'t str, &'t str),
    Agent(Id),
    Tool(&'t str, &'t str),
}

impl<'t> Command<'t> {
    pub(crate) fn read(line: &'t str) -> Self {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (first, second) = rest.split_once(' ').unwrap_or((rest, ""));
        match word {
            "archived" => Self::Archived(first),
            "comment" => Self::Comment(first, second),
            "agent" => Self::Agent(Id::from(first)),
            "tool" => Self::Tool(first, second),
            _ => Self::Show(word),
        }
    }
}

/// Says who an agent is, and what that person works on.
pub(crate) async fn agent(desk: &Client, id: Id) -> desk_sdk::Result<String> {
    use desk_sdk::tickets::{GetAgentsTicketsCount, GetTickets as List};

    let who = desk.get_agent(ReadAgent::new(&id)).await?;
    let count = Client::get_agents_tickets_count(desk, GetAgentsTicketsCount::new().agent_ids([&id])).await?;
    let lists = [10, 20].map(|limit| List::new().limit(limit));
    let mut seen = 0;
    for list in lists {
        seen += desk.get_tickets(list).await?.data.len();
    }
    Ok(format!("{:?} {} {seen}", who.email_id, count.data.len()))
}
