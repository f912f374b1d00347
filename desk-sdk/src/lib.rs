//! A typed client for the Zoho Desk API.
//!
//! One method for each operation, one struct for its parameters. Before a call is made, the
//! client checks that the token has the scopes it needs.
//!
//! ```no_run
//! use desk_sdk::Client;
//! use desk_sdk::tickets::GetTickets;
//! use desk_sdk::types::TicketInclude;
//!
//! # async fn example() -> Result<(), desk_sdk::Error> {
//! let client = Client::builder()
//!     .access_token("1000.…")
//!     .scopes(["Desk.tickets.READ", "Desk.contacts.READ"])
//!     .build()?;
//!
//! let tickets = client
//!     .get_tickets(GetTickets::new().limit(50).include([TicketInclude::Contacts]))
//!     .await?;
//! for ticket in &tickets.data {
//!     println!("{:?}: {:?}", ticket.ticket_number, ticket.subject);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Finding an operation
//!
//! The methods are on [`Client`], their parameter structs in one module for each family of operations, records and
//! enums in [`types`]. Each family is a cargo feature, and `full` enables all of them: "no method named `search_tickets`
//! found for struct `Client`" mostly means that its family is not enabled. [`families`] lists the methods of every
//! family, enabled or not; in a clone of the project, `cargo xtask find search tickets` looks for words.
//!
//! The page of a method says what the operation is for, how it is called, the scopes it needs, its [`Risk`], its family,
//! and the errors that its description declares.
//!
//! # Values
//!
//! - What stands in the path is an argument of `new`, everything else has a setter. The page of a parameter struct names
//!   what is required; a call that lacks some of it is refused before it is sent. What is not set is not sent; where a
//!   field can be emptied, setting it to [`Null`] does that.
//! - [Ids](Id) are digits, given as text or numbers. [Times](DateTime) are text that can be read
//!   as a point in time. Enums are open: a value that nobody listed keeps its text.
//! - Every field of an answer may be missing, because real answers leave out what their
//!   description promises. Keys that nobody declared are in `undeclared`, and the whole body is
//!   [`Answer::raw`].
//! - Lists are [`List`]; an empty one comes as 204 without a body, and reads as a list without records.
//! - One thing is one type, whichever operation answers it: a ticket of a list, of `get_ticket` and of
//!   `create_ticket` is a `types::Ticket`.
//!
//! # Tokens
//!
//! [`auth`] has all that a program needs to work for years: sign-in, tokens that renew themselves,
//! and stores by which processes and machines share one. The scopes that were granted at the last
//! consent are kept with the token, so that the check before each call works by itself.
//!
//! # Repetition and limits
//!
//! [`Retry`] says when a call that failed is made again, by the operation's [`Risk`] rather than its
//! method, and how long a call may take in all. A client makes a [limited number](ClientBuilder::simultaneous_calls) of calls at once, and
//! [tells](Client::credits) what of the day's credits is left.
//!
//! # Calls by name
//!
//! With the feature `by-name`, `Client::invoke` calls an operation by its name with JSON, and the module
//! `by_name` has a catalogue of all operations, for tools and assistants.
//!
//! # Beyond the description
//!
//! Rules that are in doubt warn instead of refusing. `query` and `field` add what nobody declared,
//! [`unchecked`](Pending::unchecked) passes a documented rule by, and [`Client::request`] makes any
//! call by its path. Risk, scopes and organization are judged all the same.
//!
//! # Errors
//!
//! [`Error`] says what happened, in which operation, and what to do. Values that break a
//! documented rule, calls above [`ClientBuilder::max_risk`] and calls whose scopes are missing
//! never leave the program. It answers what programs decide by, such as [`Error::is_not_found`],
//! [`Error::is_rate_limited`] and [`Error::may_have_been_made`].
//!
//! What the service refuses is an [`ApiError`]; the page of a method lists the statuses that
//! its description declares, and any of these may come:
//!
//! | status | means |
//! | --- | --- |
//! | 400 | The request could not be understood. |
//! | 401 | The token is invalid or has expired; a provider of tokens is asked for another one first. |
//! | 403 | `SCOPE_MISMATCH`: the token lacks a scope. `OAUTH_ORG_MISMATCH`: it is of another organization. `FORBIDDEN`: the token's user may not do this. `LICENSE_ACCESS_LIMITED`: the edition has no such thing, or no more of it. |
//! | 404 | There is nothing of that id. Parts of the community answer so where a scope is missing. |
//! | 422 | `INVALID_DATA`: values in the body are not accepted; the error names each field. `UNPROCESSABLE_ENTITY`: the same for parameters, with a message alone. |
//! | 429 | `TOO_MANY_REQUESTS`: too many calls at once, which the client repeats. `THRESHOLD_EXCEEDED`: the day's credits are spent. |
//! | 500 | The service failed. |
//!
//! # Many calls at once
//!
//! A call is a future that borrows nothing: it can be joined, raced, timed and spawned as it is. [`Pending`] has
//! an example.
//!
//! # Testing
//!
//! [`testing`] has a Desk that answers what a test says, without a server, and [`transport`] what it is made
//! with. Answers, errors and downloads can be made by hand.

#![cfg_attr(docsrs, feature(doc_cfg))]
// Records that several families share link to methods of those that are enabled by default.
#![cfg_attr(not(feature = "default"), allow(rustdoc::broken_intra_doc_links))]
#![cfg_attr(
    not(feature = "full"),
    allow(dead_code, unused_imports, unused_macros, reason = "what no enabled family needs")
)]

mod address;
mod answer;
mod api_error;
pub mod auth;
mod call;
mod catalogue;
mod client;
mod credits;
mod download;
mod error;
#[allow(
    clippy::module_inception,
    clippy::new_without_default,
    clippy::should_implement_trait,
    clippy::wrong_self_convention,
    reason = "names follow the API: modules, setters, and `new` for every parameter struct"
)]
#[rustfmt::skip]
mod generated;
mod http_body;
mod http_defaults;
mod invalid_call;
mod operation;
mod random;
mod record;
mod route;
mod scope;
mod scope_check;
mod secrets;
mod shown;
mod sign_in;
mod spelling;
pub mod testing;
pub mod transport;
#[cfg(feature = "by-name")]
mod unknown_name;
mod validate;

#[cfg(feature = "by-name")]
pub mod by_name;
pub mod value;

pub use crate::answer::{Answer, Meta};
pub use crate::api_error::{ApiError, FieldError};
pub use crate::call::{Call, Endpoint};
pub use crate::catalogue::{operation, operations};
pub use crate::client::{Client, ClientBuilder, Content, Credits, Downloading, Edition, Pending, Request, Retry};
pub use crate::download::Download;
pub use crate::error::{Error, Result};
pub use crate::generated::*;
pub use crate::invalid_call::{BrokenRule, InvalidCall};
pub use crate::operation::{Body, Field, Kind, Method, Operation, Paging, Parameter, ParameterPlace, Risk, Rule};
pub use crate::record::{
    CustomFieldError, DecodeError, Decoder, Decoding, Leaf, List, Listing, Mismatch, Mismatches, Record, Slot,
    Undeclared, decode, encode,
};
pub use crate::scope::{GrantedScopes, Scope};
pub use crate::scope_check::{Checked, MissingScopes, ScopeCheck, TokenScopes, smallest_scopes};
pub use crate::sign_in::SignIn;
pub use crate::value::{DateTime, FilePart, Id, Null, OpenEnum, Patch, TimeRange, TimeSpan};

/// The types of HTTP requests, answers and headers.
pub use http;
/// The library for dates and times: [`DateTime`] becomes its `Timestamp`, and is made from it.
pub use jiff;
/// The HTTP library that [`ClientBuilder::http`] adjusts.
pub use reqwest;

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
