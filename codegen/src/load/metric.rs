//! Metrics: figures that change all the time and that the API does not keep, so that they are worth a snapshot.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::evidence::{Evidence, Strength};

/// Figures that one operation answers with.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// The reason.
    pub why: String,
    /// Where it comes from.
    pub evidence: Evidence,
    /// Who has observed it.
    #[serde(default)]
    pub strength: Option<Strength>,
    /// Its name.
    pub name: String,
    /// The operation.
    pub operation: String,
    /// Arguments of every call.
    #[serde(default)]
    pub arguments: IndexMap<String, Value>,
    /// The parameter that narrows it to a department, for which it is called one by one.
    #[serde(default)]
    pub department: Option<String>,
    /// The parameter that takes the ids of agents.
    #[serde(default)]
    pub agents: Option<String>,
    /// The field of a row that holds the agent's id, where its name does not say so.
    #[serde(default)]
    pub agent_field: Option<String>,
}
