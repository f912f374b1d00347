//! Makes a call, and prints its answer.

use std::io::{self, ErrorKind, Write};

use desk_sdk::by_name::Invocation;
use desk_sdk::{Meta, Operation};
use serde_json::Value;

use super::Output;
use crate::problem::Problem;

/// What is known once an answer was printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// How many records there were, if it was a list.
    pub records: Option<u64>,
    /// Whether nothing was answered.
    pub empty: bool,
    /// What a person should know.
    pub warnings: Vec<String>,
}

/// How a list is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Making {
    /// The most records that are wanted.
    pub at_most: Option<usize>,
}

/// Makes the call once, and prints its answer.
///
/// # Errors
///
/// If the call fails, or its answer cannot be printed. Whoever reads it may have seen enough, which is no failure.
pub async fn made<W: Write>(call: Invocation, output: &mut Output<W>) -> Result<Made, Problem> {
    let answer = call.await?;
    let warnings = warnings(answer.meta());
    let empty = *answer == Value::Null;
    let records = printed(output.answer(answer.into_inner()))?.flatten();
    Ok(Made { records, empty, warnings })
}

/// Reads all pages of a list, and prints the records as they come. `progress` is told how many were read.
///
/// # Errors
///
/// If a page cannot be read, or records cannot be printed; the records before it are printed.
pub async fn walked<W: Write>(
    call: Invocation,
    making: Making,
    output: &mut Output<W>,
    mut progress: impl FnMut(u64),
) -> Result<Made, Problem> {
    let records = call.all();
    let records = match making.at_most {
        Some(most) => records.limit(most),
        None => records,
    };
    let mut pages = records.pages();
    let mut made = Made { records: Some(0), ..Made::default() };
    let mut count = 0_u64;
    while let Some(page) = pages.next().await {
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                printed(output.break_off())?;
                return Err(error.into());
            }
        };
        for warning in warnings(page.meta()) {
            if !made.warnings.contains(&warning) {
                made.warnings.push(warning);
            }
        }
        for record in page.into_records() {
            if printed(output.record(&record))?.is_none() {
                return Ok(made);
            }
            count += 1;
        }
        made.records = Some(count);
        progress(count);
    }
    printed(output.end())?;
    made.empty = count == 0;
    Ok(made)
}

/// What Desk was sent although it may be wrong.
fn warnings(meta: &Meta) -> Vec<String> {
    let rules = meta.broken_rules().iter().map(|broken| format!("{broken}; it was sent all the same"));
    let scopes = meta.missing_scopes().map(|missing| format!("{}; the call was made all the same", missing.need()));
    rules.chain(scopes).collect()
}

/// None if nobody reads any more.
pub(super) fn printed<T>(written: io::Result<T>) -> Result<Option<T>, Problem> {
    match written {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(None),
        Err(error) => Err(Problem::failed(format!("cannot print: {error}"))),
    }
}

/// Whether a list may go on after this many records: as many as the page that was asked for has at most.
pub fn may_go_on(operation: &Operation, limit: Option<u64>, records: u64) -> bool {
    operation.paging.is_some_and(|paging| records > 0 && limit.or(paging.default).is_none_or(|limit| records >= limit))
}
