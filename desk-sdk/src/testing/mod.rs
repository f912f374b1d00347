//! Tests for your own code without a server: a fake Desk that gives the answers a test chooses.
//!
//! [`FakeDesk`] is a [`Transport`](crate::transport::Transport). The rest of the client works as usual: rules, risk,
//! scopes, retries and decoding are those of a real call, but nothing goes over a network and pauses take no time.
//! Neither a token nor an organization is required.
//!
//! ```
//! use desk_sdk::testing::{FakeDesk, Reply};
//! use desk_sdk::tickets::{GetTicket, UpdateTicket};
//! use desk_sdk::types::Ticket;
//! use desk_sdk::{ApiError, Client};
//! use serde_json::json;
//!
//! // The code under test.
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
//! let mut ticket = Ticket::default();
//! ticket.priority = Some("Low".into());
//! desk.on("get_ticket", Reply::json(&ticket));
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
//! If a function takes an [`Answer`](crate::Answer), an [`Error`](crate::Error) or a [`Download`](crate::Download), a
//! test can construct one: each has a `new`, and so have [`Meta`](crate::Meta) and [`ApiError`](crate::ApiError).
//! Records can be built from their fields, or read from JSON.

mod clock;
mod fake_desk;
mod recorded;
mod reply;

pub use self::clock::SkippingClock;
pub use self::fake_desk::FakeDesk;
pub use self::recorded::RecordedRequest;
pub use self::reply::Reply;
