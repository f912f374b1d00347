//! Which operations are listed.

use std::collections::BTreeSet;
use std::str::FromStr;

use desk_sdk::{Method, OddScope, Oddity, Risk, Scope};

use super::ScopesError;
use super::entry::{Entry, entries};
use super::names::likely;
use super::origin::Evidence;
use super::text::line;

/// Which operations are listed: those that meet all that is given.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One of these methods.
    pub methods: Vec<Method>,
    /// A part of the path, in any case.
    pub path: Option<String>,
    /// What it requires.
    pub requires: Vec<Requires>,
    /// One of these risks.
    pub risks: Vec<Risk>,
    /// One of these families.
    pub families: BTreeSet<&'static str>,
    /// One of these.
    pub evidence: Vec<Evidence>,
}

/// What an operation requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requires {
    /// A scope that starts with this, such as `Desk.tickets` or `Desk.tickets.READ`, in lower case.
    Scope(String),
    /// No scope.
    Nothing,
    /// A browser's cookie, or another key that is not sent.
    Cookie,
    /// Scopes that are in doubt.
    Doubtful,
    /// One of several scopes.
    OneOf,
    /// Several scopes together.
    AllOf,
}

impl FromStr for Requires {
    type Err = String;

    /// Reads `none`, `cookie`, `doubtful`, `one-of`, `all-of`, or a scope or the start of one.
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "none" => Self::Nothing,
            "cookie" => Self::Cookie,
            "doubtful" => Self::Doubtful,
            "one-of" => Self::OneOf,
            "all-of" => Self::AllOf,
            scope => {
                let wanted = Self::Scope(scope.to_ascii_lowercase());
                if !entries().iter().any(|entry| wanted.is_met_by(entry)) {
                    return Err(unknown_scope(scope));
                }
                wanted
            }
        })
    }
}

fn unknown_scope(text: &str) -> String {
    let known: BTreeSet<String> = named().map(|scope| scope.to_string()).collect();
    let areas: BTreeSet<&str> = named().map(Scope::area).collect();
    let known = known.iter().map(String::as_str).chain(areas);
    let meant = likely(text, known).map_or_else(String::new, |likely| format!(" did you mean {likely}?"));
    let shown = line(&text.chars().take(100).collect::<String>());
    format!("no operation needs {shown}:{meant} Or choose none, cookie, doubtful, one-of or all-of")
}

fn named() -> impl Iterator<Item = Scope> {
    entries().iter().flat_map(|entry| entry.operation.scopes.iter().copied().flatten().copied())
}

impl Requires {
    fn is_met_by(&self, entry: &Entry) -> bool {
        let operation = entry.operation;
        match self {
            Self::Scope(start) => operation.scopes.iter().copied().flatten().any(|scope| {
                let scope = scope.to_string().to_ascii_lowercase();
                let rest = scope.strip_prefix(start.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || start.ends_with('.'))
            }),
            Self::Nothing => operation.scopes.is_empty() && !operation.cookie_only,
            Self::Cookie => operation.cookie_only,
            Self::Doubtful => operation.doubtful_scopes,
            Self::OneOf => operation.scopes.len() > 1,
            Self::AllOf => operation.scopes.iter().any(|set| set.len() > 1),
        }
    }
}

impl Filter {
    /// The operations that are listed, sorted by id.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn entries(&self) -> Result<Vec<&'static Entry>, ScopesError> {
        let found: Vec<&Entry> = entries().iter().filter(|entry| self.lists(entry)).collect();
        match found.is_empty() {
            false => Ok(found),
            true => Err(ScopesError::new("no operation is like that: leave out or widen one of the filters")),
        }
    }

    fn lists(&self, entry: &Entry) -> bool {
        let operation = entry.operation;
        let path = |part: &String| operation.path.to_ascii_lowercase().contains(&part.to_ascii_lowercase());
        (self.methods.is_empty() || self.methods.contains(&operation.method))
            && self.path.as_ref().is_none_or(path)
            && self.requires.iter().all(|requires| requires.is_met_by(entry))
            && (self.risks.is_empty() || self.risks.contains(&operation.risk))
            && (self.families.is_empty() || self.families.contains(entry.family()))
            && (self.evidence.is_empty() || self.evidence.contains(&entry.evidence()))
    }
}

/// What was probably meant by an odd scope, as the rest of a sentence.
pub(super) fn suggestion(odd: &OddScope) -> String {
    if odd.oddity == Oddity::OtherProduct {
        return String::new();
    }
    let known: BTreeSet<String> =
        named().flat_map(|scope| [vec![scope.to_string()], scope.broader()].concat()).collect();
    let likely = likely(&odd.scope, known.iter().map(String::as_str));
    likely.map_or_else(String::new, |likely| format!("; did you mean {likely}?"))
}
