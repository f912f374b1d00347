//! `desk scopes list`.

use clap::Args;
use desk_cli::scopes::{Evidence, Filter, Format, Requires, families, listing, page};
use desk_sdk::{Method, Risk};

use super::output::{Done, print};

pub(super) const HELP: &str = "\
Filters go together: an operation is listed if it meets all of them. Examples:

  desk scopes list --family tickets --risk destructive
  desk scopes list --requires Desk.settings --method POST,PATCH
  desk scopes list --requires doubtful --markdown
  desk scopes list --html > scopes.html";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// GET, POST, PUT, PATCH or DELETE; several with commas
    #[arg(long, value_name = "METHODS", value_delimiter = ',', value_parser = method)]
    method: Vec<Method>,
    /// A part of the path, such as tickets/{ticketId}
    #[arg(long, value_name = "TEXT")]
    path: Option<String>,
    /// A scope or the start of one, such as Desk.tickets; or none, cookie, doubtful, one-of, all-of
    #[arg(long, value_name = "WHAT")]
    requires: Vec<Requires>,
    /// safe, write, outbound or destructive; several with commas
    #[arg(long, value_name = "RISKS", value_delimiter = ',', value_parser = risk)]
    risk: Vec<Risk>,
    /// Families, separated by commas
    #[arg(long, value_name = "NAMES")]
    family: Vec<String>,
    /// How the scopes are known: upstream, documented, observed or inferred; several with commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    evidence: Vec<Evidence>,
    #[command(flatten)]
    output: Output,
}

#[derive(Args, Debug)]
#[group(multiple = false)]
struct Output {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print CSV
    #[arg(long)]
    csv: bool,
    /// Print a Markdown table
    #[arg(long)]
    markdown: bool,
    /// Print a page for a browser, which needs nothing else
    #[arg(long)]
    html: bool,
}

impl Arguments {
    pub(super) fn run(self) -> Done {
        let filter = Filter {
            methods: self.method,
            path: self.path,
            requires: self.requires,
            risks: self.risk,
            families: families(&self.family)?,
            evidence: self.evidence,
        };
        let entries = filter.entries()?;
        let format = match self.output {
            Output { html: true, .. } => return print(&page("Scopes of Zoho Desk", &entries, None), 0),
            Output { json: true, .. } => Format::Json,
            Output { csv: true, .. } => Format::Csv,
            Output { markdown: true, .. } => Format::Markdown,
            _ => Format::Table,
        };
        print(&listing(&entries, format)?, 0)
    }
}

fn method(text: &str) -> Result<Method, String> {
    let known = [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];
    let found = known.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(text));
    found.ok_or_else(|| "choose GET, POST, PUT, PATCH or DELETE".to_owned())
}

pub(crate) fn risk(text: &str) -> Result<Risk, String> {
    let known = [Risk::Safe, Risk::Write, Risk::Outbound, Risk::Destructive];
    let found = known.into_iter().find(|risk| risk.to_string().eq_ignore_ascii_case(text));
    found.ok_or_else(|| "choose safe, write, outbound or destructive".to_owned())
}
