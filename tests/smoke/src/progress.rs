//! Who watches a run.

use desk_sdk::{Operation, Risk};
use serde_json::Value;

/// Told of a run while it goes on.
pub trait Progress {
    /// Operations of this risk come next, so many of them. Without the consent the run ends here.
    fn begin(&mut self, risk: Risk, operations: usize) -> Consent;

    /// An answer was read as its type; null where it has no JSON.
    fn answered(&mut self, _operation: &'static Operation, _answer: &Value) {}

    /// An operation was called; `failed` if not as it should.
    fn called(&mut self, operation: &'static Operation, failed: bool);

    /// All operations of a risk were called.
    fn end(&mut self);
}

/// Whether a run may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// It may.
    Given,
    /// It is to end.
    Refused,
}

/// Nobody watches, and everything may be called.
#[derive(Debug)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&mut self, _: Risk, _: usize) -> Consent {
        Consent::Given
    }

    fn called(&mut self, _: &'static Operation, _: bool) {}

    fn end(&mut self) {}
}
