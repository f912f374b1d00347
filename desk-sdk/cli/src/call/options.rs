//! The options that every call has, whatever its operation.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum, ValueHint};
use desk_sdk::Risk;

use crate::access::Access;

/// How answers are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Format {
    /// Records as a table, a single one as lines
    Table,
    /// The answer as it was received, indented
    Json,
    /// A record a line
    Jsonl,
    /// For spreadsheets
    Csv,
}

/// How a call is made and its answer printed.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "General options")]
pub struct Options {
    /// How the answer is printed: table, json, jsonl or csv [default: table on a terminal, json elsewhere]
    #[arg(long, short, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    pub output: Option<Format>,
    /// The columns of a table or of CSV, such as subject,contact.lastName [default: what records are known by]
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = column)]
    pub columns: Vec<String>,
    /// Save the file that is answered
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["output", "columns"])]
    pub save: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long, requires = "save")]
    pub force: bool,
    /// Print the request without the token, and make none
    #[arg(long)]
    pub show: bool,
    /// Allow calls of this risk: safe, write, outbound or destructive
    #[arg(long, value_name = "RISK", default_value = "safe", hide_default_value = true,
        value_parser = PossibleValuesParser::new(RISKS.map(|(name, _)| name)).map(|name| risk(&name)),
        hide_possible_values = true)]
    pub max_risk: Risk,
    /// Do not ask before a call that cannot be taken back
    #[arg(long, short)]
    pub yes: bool,
    #[command(flatten)]
    pub access: Access,
}

/// The options of a call of an operation.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "General options")]
pub struct CallOptions {
    /// Read all pages of a list; --limit is the size of a page
    #[arg(long)]
    pub all: bool,
    /// End after this many records in total; with --all
    #[arg(long, value_name = "N", value_parser = some)]
    pub at_most: Option<usize>,
    /// All arguments as a JSON object, from a file with @FILE, or - for standard input; other options win over it
    #[arg(long, value_name = "JSON|@FILE|-", value_hint = ValueHint::FilePath)]
    pub json: Option<String>,
    /// Clear this field; can be repeated
    #[arg(long, value_name = "FIELD")]
    pub clear: Vec<String>,
    /// Add a query parameter that is not described; can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub query: Vec<(String, String)>,
    /// Send values that break a described rule
    #[arg(long)]
    pub unchecked: bool,
    #[command(flatten)]
    pub general: Options,
}

const RISKS: [(&str, Risk); 4] =
    [("safe", Risk::Safe), ("write", Risk::Write), ("outbound", Risk::Outbound), ("destructive", Risk::Destructive)];

fn risk(name: &str) -> Risk {
    RISKS.iter().find(|(known, _)| *known == name).map_or(Risk::Safe, |(_, risk)| *risk)
}

/// How many records are wanted.
fn some(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|most| *most > 0).ok_or_else(|| "write a whole number from 1 on".to_owned())
}

/// The name of a column.
fn column(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("name at least one field, such as subject, with nothing but a comma between two".to_owned()),
        name => Ok(name.to_owned()),
    }
}

/// A name and a value with an equals sign between them.
///
/// # Errors
///
/// If there is no name, or no equals sign.
pub fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write a name, an equals sign and a value, such as departmentId=7".to_owned()),
    }
}
