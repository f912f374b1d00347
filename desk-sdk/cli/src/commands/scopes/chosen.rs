//! Which operations are meant: by name, or all of families.

use clap::Args;
use desk_cli::scopes::{ScopesError, entries, families, operations};
use desk_sdk::Operation;

#[derive(Args, Debug)]
pub(super) struct Chosen {
    /// Operations, separated by commas
    #[arg(long, value_name = "NAMES")]
    operations: Vec<String>,
    /// All operations of these families, separated by commas; `all` for every one
    #[arg(long, value_name = "NAMES")]
    family: Vec<String>,
}

impl Chosen {
    /// The operations, each once.
    pub(super) fn operations(&self) -> Result<Vec<&'static Operation>, ScopesError> {
        let mut chosen = operations(&self.operations)?;
        let families = families(&self.family)?;
        let of_families = entries().iter().filter(|entry| families.contains(entry.family()));
        for entry in of_families {
            if !chosen.iter().any(|operation| operation.id == entry.operation.id) {
                chosen.push(entry.operation);
            }
        }
        match chosen.is_empty() {
            true => Err(ScopesError::new("name what is meant with --operations, --family, or both")),
            false => Ok(chosen),
        }
    }
}
