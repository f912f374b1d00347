//! `desk scopes explain`.

use clap::Args;
use desk_cli::scopes::{Explanation, ScopesError, entry, operations};

use super::output::{Done, print};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The operation, such as get_tickets
    operation: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self) -> Done {
        let name = self.operation.trim();
        let Some(entry) = entry(name) else {
            // It says what was probably meant.
            operations(&[name])?;
            return Err(ScopesError::new("name one operation, such as get_tickets").into());
        };
        let explanation = Explanation::new(entry);
        let text = if self.json { format!("{:#}\n", explanation.to_json()) } else { explanation.to_string() };
        print(&text, 0)
    }
}
