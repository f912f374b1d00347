//! Calls every operation of desk-sdk by its typed method, with made-up values: first with what is needed only, then
//! with everything that can be set.
//!
//! The calls are made from the project's spec when this crate is built; nobody writes them. Ids are those that the
//! server told in earlier answers, so that a call about a ticket is about one that is there. Operations that only read
//! come first, and short paths before long ones, so that there are answers to learn from.

mod answers;
mod case;
mod known;
mod progress;
mod report;
mod run;
mod samples;
mod target;

pub use answers::{AnswerType, answer_types};
pub use case::Reread;
pub use progress::{Consent, Progress, Silent};
pub use report::{Failure, Module, Outcome, Report};
pub use run::{Selection, run};
pub use target::Target;
