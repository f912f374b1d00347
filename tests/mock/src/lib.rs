//! A local Zoho Desk server for tests without an account.
//!
//! It is driven by a built-in spec: a new operation needs no code here. Each request is checked as Desk checks it
//! (route, token, organization, scopes, parameters, body, in that order), with Desk's error bodies, and answered with
//! the operation's own types.
//!
//! ```no_run
//! # async fn example() -> Result<(), desk_mock::StartError> {
//! use desk_mock::MockDesk;
//!
//! let desk = MockDesk::start().await?;
//! let token = desk.token(["Desk.tickets.READ"]);
//! // Point the client under test at `desk.url()` with that token and `desk.organization()`, call it, and check:
//! let received = desk.requests();
//! assert!(received.iter().all(|request| request.status == 200));
//! # let _ = token;
//! # Ok(())
//! # }
//! ```
//!
//! The accounts server (`/oauth/v2/…`) is on the same port, so that sign-in and refreshes can be tested. Tests move the
//! server's [clock](MockDesk::advance), set its [limits](MockDesk::set_edition), and order [faults](MockDesk::fault).
//!
//! # What has state
//!
//! Organizations, departments, agents, teams, accounts, contacts, products, tickets with their threads, comments, tags,
//! time entries, attachments, pins and history, tasks, calls, events, uploads, articles with their translations,
//! categories, and records of custom modules (any whose name starts with `cm_`) are kept: records that are created are
//! listed, read, searched and counted, changes persist, and whatever is moved to trash is only in the recycle bin. Ids
//! in bodies and paths must exist.
//!
//! There is one organization, which calls need not name; [`MockDesk::add_organization`] adds others. Each has its own
//! records, initially the same except for their ids, and no call for one sees those of another.
//!
//! Records date from the days before the server starts, and a change gets the time at which it is made. On a given
//! [day](Builder::day), times depend only on the calls instead: the clock starts at nine in the morning, advances a
//! second with each change, and is moved by [tests](MockDesk::advance), so that the same calls get the same answers.
//!
//! [`MockDesk::fill`] creates many records, [`MockDesk::fill_with`] many with chosen fields, such as their times,
//! [`MockDesk::insert`] a particular one; [`MockDesk::change`] and [`MockDesk::remove`] do what another user might,
//! [`MockDesk::records`] returns the records, and [`MockDesk::reset_records`] restores the initial ones. All of them may
//! be called while a client is at work, also from [`MockDesk::watch`].
//!
//! Collections are indexed by their times. A page of a plain list, of a list in the order of a time, and of a search for
//! a range of time takes no longer with 100,000 records than with a few. With other conditions or orders, or while
//! something is in the recycle bin of the collections that the records are within, each record is looked at.
//!
//! The undocumented analytics return figures for the built-in agents and departments, which can be narrowed by
//! `department` and `agent`; they are not computed.
//!
//! Everything else is answered from its type alone, the same each time, with plausible values, provided the records in
//! the path exist; lists have a first page only: merging and splitting, followers, approvals, the histories of articles and comments, metrics, timers
//! and sums of time, counts by field values, the resolution of tickets, versions, votes, comments, feedbacks,
//! attachments and searches of translations, permalinks of categories, trees of categories, users of help centres, the
//! replacement of a tag by another, which accounts a contact has besides its own, which agents could join a department
//! and which teams another, which organization is the default one. A reply does not change its ticket. A changed
//! translation does not change its article; a changed article does change its translation in the article's own
//! language, and nothing refuses a second translation into the same language. Files are accepted with their names and
//! sizes; downloads contain a pattern.
//!
//! Lists are narrowed by parameters that name a field or are in the tables, ordered by `sortBy`, `sortOrder` and
//! `orderBy`, and show only the chosen `fields`. Views and saved filters are not kept: `viewId`, `filters` and
//! `filterId` have no effect, nor have `module` for time entries, `moduleId` for the recycle bin, `viewType` for
//! archived tickets, `locale` for categories, `cfFieldName` and `cfSearchStr` for agents, `follower`, `commenter`,
//! `isShared` and `sharedDepartmentId` for associated tickets. Sorting by `relevance`, by `mappingType` or, in the
//! recycle bin, by `type` leaves the records in their original order. Words in place of a value, such as `Unassigned`
//! for an agent, `Overdue` for a time or `0` for all departments, are treated as values, which no record has.
//!
//! Anything within a record in the recycle bin, such as a ticket's comments and times, is hidden along with that
//! record, and permanently deleted with it. Tasks, calls and events are independent: it is not known what happens to
//! those of a deleted ticket, so they stay.
//!
//! Tables in `src/seed/data`, one for each collection, say which routes serve which records.
//!
//! Scopes are checked here from their text alone, without any code of the SDK, so that each checks the other.

// A module uses none that comes after it in this order: common, spec, exchange, seed, accounts, judge, records, answer,
// orders, desk, server, program. ARCHITECTURE.md says what each does.
mod accounts;
mod answer;
mod common;
mod desk;
mod exchange;
mod judge;
mod orders;
#[cfg(feature = "cli")]
pub mod program;
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

/// Checks that the examples in the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
