//! The types of all answers.

use desk_sdk::{Operation, operation};

use crate::case::{CASES, Reread};

/// What an operation answers.
#[derive(Clone, Copy, Debug)]
pub struct AnswerType {
    /// The operation.
    pub operation: &'static Operation,
    /// Reads an answer leniently, and writes it again.
    pub reread: Reread,
}

/// The types of the answers of all operations that answer JSON.
pub fn answer_types() -> impl Iterator<Item = AnswerType> {
    CASES.iter().filter_map(|case| Some(AnswerType { operation: operation(case.operation)?, reread: case.reread? }))
}
