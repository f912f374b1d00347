//! Calls every operation of desk-sdk by its typed method, with made-up values: first with required values only, then
//! with everything that can be set.
//!
//! The calls are generated from the project's spec when this crate is built. Ids come from the server's earlier
//! answers, so that a call about a ticket is about an existing one. Operations that only read come first, and short
//! paths before long ones, so that there are answers to learn from.

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
pub use known::Known;
pub use progress::{Consent, Progress, Silent};
pub use report::{Failure, Module, Outcome, Report};
pub use run::{Selection, run};
pub use target::Target;
