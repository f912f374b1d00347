//! A typed client for the Zoho Desk API.
//!
//! There is one method per operation and one struct for its parameters. Before a call is made, the client checks that
//! the token has the scopes it needs.
//!
//! ```no_run
//! use desk_sdk::Client;
//! use desk_sdk::tickets::GetTickets;
//! use desk_sdk::types::TicketInclude;
//!
//! # async fn example() -> Result<(), desk_sdk::Error> {
//! let client = Client::builder()
//!     .access_token("1000.…")
//!     .scopes(["Desk.tickets.READ", "Desk.contacts.READ", "Desk.basic.READ"])
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
//! Methods are on [`Client`], their parameter structs in one module per family of operations, records and enums in
//! [`types`]. Each family is a cargo feature, and `full` enables all of them: "no method named `get_articles` found for
//! struct `Client`" usually means that its family is not enabled. [`families`] lists the methods of every family,
//! enabled or not; in a clone of the project, `cargo xtask find search tickets` searches for operations.
//!
//! The docs of a method say what the operation is for, how it is called, which scopes it needs, its [`Risk`], its
//! family, and the errors that the API declares for it.
//!
//! # Values
//!
//! - Path parameters are arguments of `new`, everything else has a setter. The docs of a parameter struct name the
//!   required values; a call that lacks one is refused before it is sent. Values that are not set are not sent. Where a
//!   field can be cleared, setting it to [`Null`] does so.
//! - [Ids](Id) are digits, given as text or numbers. [Times](DateTime) are text that can be read as a point in time.
//!   Enums are open: an unlisted value keeps its text.
//! - Every field of an answer may be missing, because real answers leave out what their description promises.
//!   Undeclared keys are in `undeclared`, and the whole body is [`Answer::raw`].
//! - Lists are [`List`]; an empty one arrives as 204 without a body, and reads as a list without records.
//! - The same thing always has the same type, whichever operation returns it: a ticket from a list, from `get_ticket`
//!   and from `create_ticket` is a `types::Ticket`.
//!
//! # Records for people
//!
//! [`Summary::line`] shows a record as one plain line, of the [fields](Record::KEY_FIELDS) by which people recognise it.
//! [`Linked`] finds the links to its pages, for agents and in the help center of a [`Portal`].
//!
//! # Tokens
//!
//! [`auth`] has everything a program needs to run for years: sign-in, tokens that renew themselves, and stores through
//! which processes and machines share one token. The scopes granted at the last consent are kept with the token, so the
//! check before each call needs no configuration.
//!
//! # Retries and limits
//!
//! [`Retry`] determines when a failed call is repeated, judged by the operation's [`Risk`] rather than its method, and
//! how long a call may take in total. A client makes a [limited number](ClientBuilder::simultaneous_calls) of calls at
//! once, and [reports](Client::credits) how many of the day's credits are left.
//!
//! # Lists
//!
//! A call for a list can be read to its end: [`records`](Pending::records) and [`pages`](Pending::pages) read it by
//! index, [`all`](Pending::all) reads any number of records where the operation can be filtered by time, and
//! [`modified_since`](Pending::modified_since) reads what has changed. All are streams, need no other crate to be looped
//! over, and can [continue](Pages::resume_from) from a [`Position`] in another process. A list never ends early without
//! an error.
//!
//! # Calls by name
//!
//! With the feature `by-name`, `Client::invoke` calls an operation by its name with JSON, and the module
//! `by_name` has a catalogue of all operations, for tools and assistants.
//!
//! # Beyond the description
//!
//! Doubtful rules warn instead of refusing. `query` and `field` add undeclared values,
//! [`unchecked`](Pending::unchecked) bypasses the documented rules, and [`Client::request`] makes any call by its path.
//! Risk, scopes and organization still apply.
//!
//! # Errors
//!
//! [`Error`] says what happened, in which operation, and what to do about it. Calls that break a documented rule,
//! exceed [`ClientBuilder::max_risk`] or lack scopes are never sent. Methods answer the questions that programs ask,
//! such as [`Error::is_not_found`], [`Error::is_rate_limited`] and [`Error::may_have_been_made`].
//!
//! If Desk refuses a call, the error is an [`ApiError`]. The docs of a method list the statuses that its description
//! declares, but any of these may occur:
//!
//! | status | meaning |
//! | --- | --- |
//! | 400 | The request could not be understood. |
//! | 401 | The token is invalid or has expired; a token provider is first asked for another one. |
//! | 403 | `SCOPE_MISMATCH`: the token lacks a scope. `OAUTH_ORG_MISMATCH`: it belongs to another organization. `FORBIDDEN`: the token's user may not do this. `LICENSE_ACCESS_LIMITED`: the edition does not include this, or not as much of it. |
//! | 404 | Nothing has that id. Parts of the community API also answer with 404 if a scope is missing. |
//! | 422 | `INVALID_DATA`: values in the body are not accepted; the error names each field. `UNPROCESSABLE_ENTITY`: the same for parameters, with only a message. |
//! | 429 | `TOO_MANY_REQUESTS`: too many calls at once, which the client repeats. `THRESHOLD_EXCEEDED`: the day's credits are spent. |
//! | 500 | The service failed. |
//!
//! # Many calls at once
//!
//! A call is a future that borrows nothing, so it can be joined, raced, timed out and spawned. See [`Pending`] for an
//! example.
//!
//! # Testing
//!
//! [`testing`] has a fake Desk that gives the answers a test chooses, without a server; it is built on [`transport`].
//! Answers, errors and downloads can be constructed by hand.

#![cfg_attr(docsrs, feature(doc_cfg))]
// Records that several families share link to methods of those that are enabled by default.
#![cfg_attr(not(feature = "default"), allow(rustdoc::broken_intra_doc_links))]
#![cfg_attr(
    not(feature = "full"),
    allow(dead_code, unused_imports, unused_macros, reason = "parts that no enabled family needs")
)]

mod address;
mod answer;
mod api;
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
mod key_field;
mod links;
mod operation;
mod position;
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
mod walk;
mod walk_error;

pub use crate::answer::{Answer, Meta};
pub use crate::api_error::{ApiError, FieldError};
pub use crate::call::{Call, Endpoint};
pub use crate::catalogue::{operation, operations, organization_discovery};
pub use crate::client::{
    Client, ClientBuilder, Content, Credits, Downloading, Edition, Pending, Request, Retry, operation_at,
};
pub use crate::download::Download;
pub use crate::error::{Error, FailedPage, Result};
pub use crate::invalid_call::{BrokenRule, InvalidCall};
pub use crate::key_field::KeyField;
pub use crate::links::{InvalidHost, Link, LinkOrigin, Linked, Portal};
pub use crate::operation::{
    Body, Field, Kind, Method, Operation, Paging, Parameter, ParameterPlace, Risk, Rule, Timeline,
};
pub use crate::position::Position;
pub use crate::record::{
    CustomFieldError, DecodeError, Decoder, Decoding, Enclosing, Held, Leaf, List, Listing, Mismatch, Mismatches,
    Record, Shape, Slot, Summary, Undeclared, decode, encode,
};
pub use crate::scope::{OddScope, Oddity, Scope, ScopeSet, UnknownScope};
pub use crate::scope_check::{
    Checked, ExcessScopes, MissingScopes, Prefer, ScopeCheck, ScopeReason, ScopeReport, SmallestScopes, TokenScopes,
    smallest_scopes,
};
pub use crate::sign_in::SignIn;
pub use crate::value::{DateTime, FilePart, Id, Null, OpenEnum, Patch, TimeRange, TimeSpan};
pub use crate::walk::{Estimate, Page, Pages, PositionFile, Records, Since};
pub use crate::walk_error::WalkError;

crate::generated::at_the_root!();

/// The types of HTTP requests, responses and headers.
pub use http;
/// The date and time library: [`DateTime`] converts to and from its `Timestamp`.
pub use jiff;
/// The HTTP library that [`ClientBuilder::http`] configures.
pub use reqwest;

/// Checks that the examples in the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
