//! Observers of a run.

use desk_sdk::{Operation, Risk};
use serde_json::Value;

/// Called as a run progresses.
pub trait Progress {
    /// Operations of this risk come next; the number is given. Without consent the run ends here.
    fn begin(&mut self, risk: Risk, operations: usize) -> Consent;

    /// An answer was read as its type; null if it has no JSON.
    fn answered(&mut self, _operation: &'static Operation, _answer: &Value) {}

    /// An operation was called; `failed` if the call did not go as it should.
    fn called(&mut self, operation: &'static Operation, failed: bool);

    /// All operations of a risk have been called.
    fn end(&mut self);
}

/// Whether a run may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// The run may continue.
    Given,
    /// The run should end.
    Refused,
}

/// Observes nothing, and consents to every call.
#[derive(Debug)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&mut self, _: Risk, _: usize) -> Consent {
        Consent::Given
    }

    fn called(&mut self, _: &'static Operation, _: bool) {}

    fn end(&mut self) {}
}
