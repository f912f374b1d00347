//! How far facts from `spec/local` can be trusted.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Location;

/// Where a fact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// It is stated in the API's description, its notes or its guides.
    Documented,
    /// It is seen in other people's requests and answers.
    Observed,
    /// It is not stated anywhere; it is inferred from similar facts.
    Inferred,
}

/// Who has observed a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// The service itself, in a recorded answer.
    Live,
    /// Several independent clients.
    Many,
    /// A single client.
    One,
}

impl Evidence {
    /// What is wrong with combining a strength with this evidence.
    pub(super) fn contradicts(self, strength: Option<Strength>) -> Option<&'static str> {
        match (self, strength) {
            (Self::Observed, None) => Some("an observed fact has no strength"),
            (Self::Documented | Self::Inferred, Some(_)) => Some("only observed facts have a strength"),
            _ => None,
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Documented => "documented",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
        })
    }
}

/// Something that `spec/local` says about an operation or a type.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is about: a key such as `risk`, a parameter, a field, `operation`, a type's name, or a type's name and
    /// one of its keys.
    pub about: String,
    /// Where it comes from.
    pub evidence: Evidence,
    /// Who has observed it.
    pub strength: Option<Strength>,
    /// The reason.
    pub why: String,
    /// Where it is written.
    pub location: Location,
}
