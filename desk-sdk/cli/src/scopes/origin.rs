//! Where the scopes of operations are known from: a table that is generated from the spec.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

const ORIGINS: &str = include_str!("origins.tsv");

/// How far a requirement can be trusted, from most to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The API's own description says so.
    Upstream,
    /// Another page of the API says so.
    Documented,
    /// It was seen in other programs' requests, or in answers.
    Observed,
    /// Nobody says so: it follows from similar operations.
    Inferred,
}

const EVIDENCE: [(Evidence, &str); 4] = [
    (Evidence::Upstream, "upstream"),
    (Evidence::Documented, "documented"),
    (Evidence::Observed, "observed"),
    (Evidence::Inferred, "inferred"),
];

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EVIDENCE.iter().find(|(evidence, _)| evidence == self).map_or("", |(_, word)| word))
    }
}

impl FromStr for Evidence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = EVIDENCE.iter().find(|(_, word)| word.eq_ignore_ascii_case(text));
        let found = found.map(|(evidence, _)| *evidence);
        found.ok_or_else(|| "choose upstream, documented, observed or inferred".to_owned())
    }
}

/// What this project adds to the API's description of an operation's access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// What it is about: `scopes`, `doubtful_scopes`, `cookie_only`, or `operation` if all of it is added.
    pub about: &'static str,
    /// Where it is known from.
    pub evidence: Evidence,
    /// Who has seen it, if it was observed: `live`, `many` or `one`.
    pub strength: &'static str,
    /// The reason.
    pub why: &'static str,
    /// The file that says so.
    pub file: &'static str,
}

/// Where an operation is described.
#[derive(Clone, Debug, Default)]
pub(super) struct Origin {
    pub(super) family: &'static str,
    pub(super) file: &'static str,
    pub(super) facts: Vec<Fact>,
}

/// The origin of each operation, by its id; aliases have none of their own.
pub(super) fn origins() -> &'static HashMap<&'static str, Origin> {
    static READ: OnceLock<HashMap<&str, Origin>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut origins: HashMap<&str, Origin> = HashMap::new();
        for line in ORIGINS.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let origin = origins.entry(cell()).or_default();
            (origin.family, origin.file) = (cell(), cell());
            let (about, evidence) = (cell(), cell().parse());
            if let Ok(evidence) = evidence {
                origin.facts.push(Fact { about, evidence, strength: cell(), why: cell(), file: cell() });
            }
        }
        origins
    })
}
