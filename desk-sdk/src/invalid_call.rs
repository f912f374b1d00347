//! Calls whose values break documented rules.

use std::fmt;

use serde_json::Value;

use crate::operation::Operation;
use crate::shown::line;

/// A call whose values break documented rules: everything that is missing or wrong, reported at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidCall {
    /// The operation that was to be called.
    pub operation: &'static str,
    /// The first twenty broken rules, in the order of the operation's table.
    pub broken: Vec<BrokenRule>,
}

/// A documented rule that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenRule {
    /// The parameter or field, such as `limit` or `contact.email`.
    pub name: String,
    /// The given value, shortened; empty if it is missing, or if the value itself is not the problem.
    pub value: String,
    /// The rule, as in "at most 100".
    pub rule: String,
    /// Whether the value is required but was not given.
    pub missing: bool,
}

/// The rule that a missing value breaks.
const REQUIRED: &str = "required but was not given";

/// How many characters of a value are shown.
const LONGEST_VALUE: usize = 80;

impl InvalidCall {
    /// A call with one broken rule.
    pub fn new(operation: &Operation, broken: BrokenRule) -> Self {
        Self { operation: operation.id, broken: vec![broken] }
    }

    /// The parameters and fields that are required but were not given.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.broken.iter().filter(|broken| broken.missing).map(|broken| broken.name.as_str())
    }
}

impl BrokenRule {
    /// A value, and the rule that it breaks, as in "at most 100".
    pub fn new(name: &str, value: &Value, rule: impl Into<String>) -> Self {
        Self::given(name, line(&value.to_string(), LONGEST_VALUE), rule)
    }

    /// Sets the value to be shown; empty if the value itself is not the problem.
    pub(crate) fn given(name: &str, value: String, rule: impl Into<String>) -> Self {
        Self { name: name.to_owned(), value, rule: rule.into(), missing: false }
    }

    /// A value that is required, either always or `unless` another one is given.
    pub fn missing(name: &str, unless: Option<&str>) -> Self {
        let rule = match unless {
            Some(other) => format!("required unless `{other}` is given, and neither was given"),
            None => REQUIRED.to_owned(),
        };
        Self { missing: true, ..Self::given(name, String::new(), rule) }
    }

    /// The same rule for a part of the value with this name, if it names a part itself or nothing.
    pub(crate) fn within(mut self, name: &str) -> Self {
        let step = if self.name.is_empty() || self.name.starts_with('[') { "" } else { "." };
        self.name = format!("{name}{step}{}", self.name);
        self
    }

    /// Whether the only problem is that the value is missing, so that it can be reported together with others.
    fn is_plainly_missing(&self) -> bool {
        self.missing && self.rule == REQUIRED
    }
}

impl fmt::Display for BrokenRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, value, rule, .. } = self;
        match value.as_str() {
            "" => write!(f, "{name} is {rule}"),
            value => write!(f, "{name} must be {rule}, but is {value}"),
        }
    }
}

impl std::error::Error for BrokenRule {}

impl fmt::Display for InvalidCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (missing, others): (Vec<_>, Vec<_>) = self.broken.iter().partition(|broken| broken.is_plainly_missing());
        let mut sentences: Vec<String> = Vec::new();
        match missing.as_slice() {
            [] => {}
            [one] => sentences.push(one.to_string()),
            [many @ .., last] => {
                let names: Vec<_> = many.iter().map(|broken| broken.name.as_str()).collect();
                sentences.push(format!("{} and {} are required but were not given", names.join(", "), last.name));
            }
        }
        sentences.extend(others.into_iter().map(BrokenRule::to_string));
        write!(f, "{}: {}", self.operation, sentences.join("; "))
    }
}

impl std::error::Error for InvalidCall {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_missing_is_one_sentence() {
        let missing = |name| BrokenRule::missing(name, None);
        let broken = vec![
            missing("a"),
            BrokenRule::new("limit", &500.into(), "at most 100"),
            missing("b"),
            missing("c.d"),
            BrokenRule::missing("id", Some("mail")),
        ];
        let call = InvalidCall { operation: "do_it", broken };
        let told = "do_it: a, b and c.d are required but were not given; limit must be at most 100, but is 500; \
                    id is required unless `mail` is given, and neither was given";
        assert_eq!(call.to_string(), told);
        assert_eq!(call.missing().collect::<Vec<_>>(), ["a", "b", "c.d", "id"]);
        let one = InvalidCall { broken: vec![missing("a")], ..call };
        assert_eq!(one.to_string(), "do_it: a is required but was not given");
    }
}
