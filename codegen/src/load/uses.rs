//! How often operations are used, so that the usual ones can be told from the rest.

use serde::Deserialize;

use super::evidence::{Evidence, Strength};

/// How often one operation is used.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uses {
    /// What was counted.
    pub why: String,
    /// Where it comes from.
    pub evidence: Evidence,
    /// Who has observed it.
    #[serde(default)]
    pub strength: Option<Strength>,
    /// The operation.
    pub operation: String,
    /// How many requests.
    pub requests: u32,
}
