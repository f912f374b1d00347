//! The result of a run.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

/// The result of one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The answer was read as its type.
    Decoded,
    /// The server understood the call, but does not allow it or does not have the requested data.
    Refused,
    /// Anything else.
    Failed,
}

/// The calls of a module's operations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Module {
    /// Operations called.
    pub operations: usize,
    /// Calls made: one or two for each operation.
    pub called: usize,
    /// Calls whose answer was read as its type.
    pub decoded: usize,
    /// Calls that the server refused.
    pub refused: usize,
    /// Calls that failed.
    pub failed: usize,
}

/// A call that was refused or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The operation.
    pub operation: &'static str,
    /// The parameters it was called with: `required` or `all`.
    pub parameters: &'static str,
    /// Refused or failed.
    pub outcome: Outcome,
    /// The reason.
    pub reason: String,
}

/// The result of a run. Its [`Display`](fmt::Display) is a table that ends with the number of operations that passed
/// and the number that failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Operations for which every call was decoded.
    pub passed: usize,
    /// Operations for which a call was refused, and none failed.
    pub refused: usize,
    /// Operations for which a call failed.
    pub failed: usize,
    /// The modules by name.
    pub modules: BTreeMap<&'static str, Module>,
    /// The calls that were refused or failed, in the order they were made.
    pub failures: Vec<Failure>,
}

impl Report {
    /// Adds an operation with the results of its calls.
    pub(crate) fn add(&mut self, module: &'static str, calls: &[Outcome]) {
        let count = |outcome| calls.iter().filter(|call| **call == outcome).count();
        let (decoded, refused, failed) = (count(Outcome::Decoded), count(Outcome::Refused), count(Outcome::Failed));
        let of = self.modules.entry(module).or_default();
        of.operations += 1;
        of.called += calls.len();
        of.decoded += decoded;
        of.refused += refused;
        of.failed += failed;
        match (failed, refused) {
            (0, 0) => self.passed += 1,
            (0, _) => self.refused += 1,
            _ => self.failed += 1,
        }
    }

    /// All modules together.
    pub fn total(&self) -> Module {
        self.modules.values().fold(Module::default(), |sum, of| Module {
            operations: sum.operations + of.operations,
            called: sum.called + of.called,
            decoded: sum.decoded + of.decoded,
            refused: sum.refused + of.refused,
            failed: sum.failed + of.failed,
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for failure in &self.failures {
            let Failure { operation, parameters, outcome, reason } = failure;
            let outcome = if *outcome == Outcome::Refused { "refused" } else { "failed" };
            writeln!(f, "{operation} with {parameters} parameters {outcome}: {reason}")?;
        }
        if !self.failures.is_empty() {
            writeln!(f)?;
        }
        let widest = self.modules.keys().map(|name| name.len()).max().unwrap_or(0).max("module".len());
        let row = |f: &mut fmt::Formatter<'_>, name: &str, of: &Module| {
            let Module { operations, called, decoded, refused, failed } = of;
            writeln!(f, "{name:widest$} {operations:>10} {called:>7} {refused:>7} {failed:>7} {decoded:>7}")
        };
        writeln!(
            f,
            "{:widest$} {:>10} {:>7} {:>7} {:>7} {:>7}",
            "module", "operations", "called", "refused", "failed", "decoded"
        )?;
        for (name, of) in &self.modules {
            row(f, name, of)?;
        }
        row(f, "all", &self.total())?;
        if self.refused > 0 {
            writeln!(
                f,
                "\n{} more were refused: the server understood the call, but does not allow or have what it asks for",
                self.refused
            )?;
        }
        write!(f, "\n{} passed, {} failed", self.passed, self.failed)
    }
}
