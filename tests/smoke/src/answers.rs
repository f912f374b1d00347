//! The types of all answers.

use desk_sdk::{Operation, operation};

use crate::case::{CASES, Reread};

/// The answer type of an operation.
#[derive(Clone, Copy, Debug)]
pub struct AnswerType {
    /// The operation.
    pub operation: &'static Operation,
    /// Reads an answer leniently, and writes it again.
    pub reread: Reread,
}

/// The answer types of all operations that return JSON.
pub fn answer_types() -> impl Iterator<Item = AnswerType> {
    CASES.iter().filter_map(|case| Some(AnswerType { operation: operation(case.operation)?, reread: case.reread? }))
}
