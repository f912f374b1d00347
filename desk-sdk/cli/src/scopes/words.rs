//! A requirement in words.

use desk_sdk::{Operation, Scope};

/// What an operation needs, on one line: `Desk.agents.READ or Desk.basic.READ`.
pub fn requirement(operation: &Operation) -> String {
    match operation.scopes {
        [] if operation.cookie_only => "a browser's cookie or another key".to_owned(),
        [] => "no scope".to_owned(),
        sets => {
            let several = sets.len() > 1;
            let set = |set: &&[Scope]| match set.len() {
                // Without brackets, nobody would know what belongs together.
                2.. if several => format!("({})", all_of(set)),
                _ => all_of(set),
            };
            sets.iter().map(set).collect::<Vec<_>>().join(" or ")
        }
    }
}

/// Scopes that are all needed.
pub(super) fn all_of(set: &[Scope]) -> String {
    set.iter().map(Scope::to_string).collect::<Vec<_>>().join(" and ")
}

/// A number with what is counted.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
