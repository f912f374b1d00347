//! Testing your own code without a server: a Desk that answers what the test says.
//!
//! [`FakeDesk`] is a [`Transport`](crate::transport::Transport). All of the client stays in the way: rules, risk, scopes,
//! repetition and reading are those of a real call, only that nothing goes through a network and that no pause takes
//! time. No token and no organization is asked for.
//!
//! ```
//! use desk_sdk::testing::{FakeDesk, Reply};
//! use desk_sdk::tickets::{GetTicket, UpdateTicket};
//! use desk_sdk::types::Ticket;
//! use desk_sdk::{ApiError, Client};
//! use serde_json::json;
//!
//! // What is to be tested.
//! async fn escalate(client: &Client, id: &str) -> desk_sdk::Result<bool> {
//!     let ticket = client.get_ticket(GetTicket::new(id)).await?;
//!     if ticket.priority.as_deref() == Some("High") {
//!         return Ok(false);
//!     }
//!     client.update_ticket(UpdateTicket::new(id).priority("High")).await?;
//!     Ok(true)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> desk_sdk::Result<()> {
//! let desk = FakeDesk::new();
//! desk.on("get_ticket", Reply::json(&Ticket { priority: Some("Low".into()), ..Ticket::default() }));
//! desk.on("update_ticket", json!({ "id": "7", "priority": "High" }));
//! let client = desk.client();
//!
//! assert!(escalate(&client, "7").await?);
//! assert_eq!(desk.requests_for("update_ticket")[0].json(), json!({ "priority": "High" }));
//!
//! desk.on("get_ticket", ApiError::new("get_ticket", 404));
//! assert!(escalate(&client, "8").await.is_err_and(|error| error.is_not_found()));
//! # Ok(())
//! # }
//! ```
//!
//! Where a function takes an [`Answer`](crate::Answer), an [`Error`](crate::Error) or a [`Download`](crate::Download),
//! a test can make one: each has a `new`, and so have [`Meta`](crate::Meta) and [`ApiError`](crate::ApiError).
//! Records can be made of their fields, or read from JSON.

mod clock;
mod fake_desk;
mod recorded;
mod reply;

pub use self::clock::SkippingClock;
pub use self::fake_desk::FakeDesk;
pub use self::recorded::RecordedRequest;
pub use self::reply::Reply;
