//! The form of the table of modules.

use serde::Deserialize;

/// Where paths name a module, and the names of custom modules.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Modules {
    /// Parameters of paths that name a module.
    pub(crate) parameters: Vec<String>,
    /// How the names of custom modules begin. Where the spec lists the values of a parameter, those hold instead.
    pub(crate) begin: Vec<String>,
    /// A custom module, for examples.
    pub(crate) example: String,
}

impl Modules {
    /// Whether a parameter of paths names a module.
    pub(crate) fn are_named_by(&self, parameter: &str) -> bool {
        self.parameters.iter().any(|known| known == parameter)
    }
}
