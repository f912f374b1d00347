//! A bot that answers questions about tickets.

mod commands;
mod store;
mod tools;

use std::sync::Arc;
use std::time::Duration;

use desk_sdk::tickets::{CreateTicketComment, GetTicket, GetTickets};
use desk_sdk::{Client, Endpoint as _, Operation};

use crate::commands::Command;
use crate::store::{Archive, Store as _};

/// What the bot needs, checked when it starts.
const NEEDS: &[&Operation] = &[GetTicket::OPERATION, CreateTicketComment::OPERATION];

struct Bot {
    desk: Arc<Client>,
    archive: Archive,
}

impl Bot {
    async fn answer(&self, command: Command<'_>) -> desk_sdk::Result<String> {
        match command {
            Command::Show(id) => {
                let ticket = self.desk.get_ticket(GetTicket::new(id)).await?;
                Ok(ticket.subject.clone().unwrap_or_default())
            }
            // The archive's own method, though it has the name of an operation.
            Command::Archived(id) => Ok(self.archive.get_ticket(id).await),
            Command::Comment(id, text) => {
                let comment = CreateTicketComment::new(id).content(text);
                let made = self.desk.create_ticket_comment(comment).await?;
                Ok(format!("{:?}", made.id))
            }
            Command::Agent(id) => {
                let Self { desk, .. } = self;
                commands::agent(desk, id).await
            }
            Command::Tool(name, arguments) => tools::run(&self.desk, name, arguments).await,
        }
    }

    async fn watch(self: Arc<Self>) -> desk_sdk::Result<()> {
        let mut every = tokio::time::interval(Duration::from_secs(60));
        for _ in 0..3 {
            every.tick().await;
            let desk = Arc::clone(&self.desk);
            let (open, counted) =
                tokio::join!(desk.get_tickets(GetTickets::new().limit(1)), async { tools::counts(&desk).await },);
            println!("{} {:?}", open?.data.len(), counted?);
        }
        Ok(())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> desk_sdk::Result<()> {
    let desk = Client::builder().access_token(std::env::var("DESK_TOKEN").unwrap_or_default()).build()?;
    desk.require(NEEDS).await?;
    let bot = Arc::new(Bot { desk: Arc::new(desk), archive: Archive::default() });
    for line in std::env::args().skip(1) {
        println!("{}", bot.answer(Command::read(&line)).await?);
    }
    bot.watch().await
}

#[cfg(test)]
mod tests {
    use desk_sdk::testing::FakeDesk;
    use desk_sdk::tickets::DeleteAttachment;

    use super::*;

    #[tokio::test]
    async fn a_ticket_is_shown() -> desk_sdk::Result<()> {
        let fake = FakeDesk::new();
        fake.on("get_ticket", serde_json::json!({ "id": "7", "subject": "The printer is on fire" }));
        let bot = Bot { desk: Arc::new(fake.client()), archive: Archive::default() };
        assert_eq!(bot.answer(Command::Show("7")).await?, "The printer is on fire");
        let removed = fake.client().delete_attachment(DeleteAttachment::new("7", "8", "9")).await;
        assert!(removed.is_err());
        Ok(())
    }
}
