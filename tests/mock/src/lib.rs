//! A local Zoho Desk server, for tests without an account.
//!
//! It is driven by a spec that is built in: a new operation needs no code here. Each request is judged as Desk judges it
//! (route, token, organization, scopes, parameters, body, in that order) with Desk's error bodies, and answered from
//! the operation's own types.
//!
//! ```no_run
//! # async fn example() -> Result<(), desk_mock::StartError> {
//! use desk_mock::MockDesk;
//!
//! let desk = MockDesk::start().await?;
//! let token = desk.token(["Desk.tickets.READ"]);
//! // Point the client under test at `desk.url()` with that token and `desk.organization()`, call it, and look:
//! let received = desk.requests();
//! assert!(received.iter().all(|request| request.status == 200));
//! # let _ = token;
//! # Ok(())
//! # }
//! ```
//!
//! The same port has the accounts server (`/oauth/v2/…`), so that sign-in and refreshes can be tested; the server's
//! [clock](MockDesk::advance) is moved by tests, its [limits](MockDesk::set_edition) are set by them, and
//! [faults](MockDesk::fault) come when they are ordered.
//!
//! # What has state
//!
//! Organizations, departments, agents, teams, accounts, contacts, products, tickets with their threads, comments, tags,
//! time entries, attachments, pins and history, tasks, calls, events, uploads, articles with their translations,
//! categories, and records of custom modules (any whose name begins with `cm_`) are kept: what is created is listed, read, searched and counted, what is changed stays so, what is moved to
//! trash is in the recycle bin alone. Ids in bodies and paths have to be there.
//!
//! There is one organization, which calls need not name; [`MockDesk::add_organization`] adds others. Each has records of
//! its own, the same at first but for their ids, and no call for one sees those of another.
//!
//! Records are of the last days before the server starts, and a change gets the time at which it is made. On a given
//! [day](Builder::day) times follow from the calls alone instead: the clock stands at nine in the morning, goes a second
//! further with each change, and is moved by [tests](MockDesk::advance), so that the same calls get the same answers.
//!
//! [`MockDesk::fill`] makes many records, [`MockDesk::insert`] a certain one, [`MockDesk::records`] shows them, and
//! [`MockDesk::reset_records`] goes back to the start.
//!
//! The analytics that nobody documents have figures of the built-in agents and departments, which can be narrowed by
//! `department` and `agent`; nothing is counted for them.
//!
//! All else is answered from its type alone, the same each time, with values that people believe, as far as the records
//! that the path leads to are there: merging and splitting, followers, approvals, the histories of articles and
//! comments, metrics, timers and sums of time, counts by field values, the resolution of tickets, versions,
//! votes, comments, feedbacks, attachments and searches of translations, permalinks of categories, trees of categories,
//! users of help centres, the replacement of a tag by another, which accounts a contact has beside its own, which agents
//! could join a department and which teams another, which organization is the default one. A reply does not change its
//! ticket. A changed translation does not change its article; the other way round it does, in the article's own language,
//! and nothing refuses a second translation into one language. Files are taken with their names and sizes; what is
//! downloaded is a pattern.
//!
//! Lists are narrowed by the parameters that name a field or stand in the tables, ordered by `sortBy`, `sortOrder` and
//! `orderBy`, and show the chosen `fields` alone. Views and saved filters are not kept: `viewId`, `filters` and
//! `filterId` have no effect, nor have `module` for time entries, `moduleId` for the recycle bin, `viewType` for
//! archived tickets, `locale` for categories, `cfFieldName` and `cfSearchStr` for agents, `follower`, `commenter`,
//! `isShared` and `sharedDepartmentId` for associated tickets. To be sorted by `relevance`, by `mappingType` or, in the
//! recycle bin, by `type` leaves the records in the order in which they came. Words in the place of a value, such as
//! `Unassigned` for an agent, `Overdue` for a time or `0` for all departments, are taken for values, which no record has.
//!
//! What is within a record in the recycle bin, such as a ticket's comments and times, is shown no more than that record,
//! and goes for good with it. Tasks, calls and events stand for themselves: nothing is known of what becomes of those of
//! a deleted ticket, so they stay.
//!
//! Which routes serve which records stands in tables, one for each collection, in `src/seed/data`.
//!
//! The scopes are judged here from their texts alone, without any code of the SDK, so that each checks the other.

// A room uses none that comes after it in this order: common, spec, exchange, seed, accounts, judge, records, answer,
// orders, desk, server. ARCHITECTURE.md says what each does.
mod accounts;
mod answer;
mod common;
mod desk;
mod exchange;
mod judge;
mod orders;
mod records;
mod seed;
mod server;
mod spec;
#[cfg(test)]
mod tests;

pub use accounts::{OauthClient, TokenRequest};
pub use answer::contradict::{Contradiction, UnknownContradiction};
pub use desk::received::Received;
pub use judge::edition::Edition;
pub use orders::fault::{Fault, TokenFault};
pub use server::{Builder, Example, Expectation, MockDesk, Organization, StartError};

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
