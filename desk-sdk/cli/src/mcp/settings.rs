//! What is asked for.

use desk_sdk::Risk;
use desk_sdk::auth::DataCentre;

/// How many operations are tools of their own, if nothing else is asked for: more than that, and models choose badly.
pub(super) const OWN_TOOLS: usize = 30;

/// What a server offers.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address of Desk, which is told if nothing listens there.
    pub address: String,
    /// The families whose operations are served; all if empty.
    pub families: Vec<String>,
    /// The operations that are served, by name or by a pattern such as `get_*`; all if empty.
    pub operations: Vec<String>,
    /// How many of them are tools of their own.
    pub own_tools: usize,
    /// The highest risk of a call.
    pub max_risk: Risk,
    /// The highest risk of a call that is made without asking the person.
    pub without_asking: Risk,
}

impl Default for Settings {
    /// Everything that only reads.
    fn default() -> Self {
        Self {
            address: DataCentre::default().desk_url(),
            families: Vec::new(),
            operations: Vec::new(),
            own_tools: OWN_TOOLS,
            max_risk: Risk::Safe,
            without_asking: Risk::Write,
        }
    }
}

/// What cannot be served as asked.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(pub(super) String);
