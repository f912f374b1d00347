//! `desk scopes explain`.

use clap::Args;
use desk_cli::scopes::{Explanation, named};

use super::output::{Done, print};

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The operation: get_tickets, client.get_tickets, or "GET /api/v1/tickets"
    operation: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Arguments {
    pub(super) fn run(self) -> Done {
        let explanation = Explanation::new(named(&self.operation)?);
        let text = if self.json { format!("{:#}\n", explanation.to_json()) } else { explanation.to_string() };
        print(&text, 0)
    }
}
