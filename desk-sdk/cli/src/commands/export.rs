//! `desk export`.

mod counts;
mod end;
mod list;
pub(crate) mod signals;

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk_cli::access::Access;
use desk_cli::export::{self, Bars, Changes, JsonLines, Lines, Report, Settings, Stop, Wanted};
use desk_cli::table::Format;
use desk_sdk::{Edition, Risk};
use serde_json::{Map, Value};

use self::counts::{Counting, Counts};
use self::end::End;
pub(super) use self::end::{code_of, explained};

pub(crate) const HELP: &str = "\
Examples:
  desk export --to desk-data --resources tickets,contacts
  desk export --to desk-data --resources tickets --children threads,comments --resume

Access: a profile of `desk login`; or DESK_TOKEN with DESK_SCOPES; or --token-store with DESK_CLIENT_ID and
DESK_CLIENT_SECRET.

Exit codes: 0 everything is there, 1 failed, 2 cannot be done as asked, 3 not allowed, 4 credits are spent or at the
floor, 130 interrupted. After 1, 4 and 130, the same command with --resume continues.";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Show the resources with their operations and scopes
    #[arg(long, exclusive = true)]
    list: bool,
    /// The folder to write to
    #[arg(long, value_name = "DIR", required_unless_present = "list")]
    to: Option<PathBuf>,
    /// The resources, separated by commas; --list has the names [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    resources: Vec<String>,
    /// The list of any operation, instead of resources
    #[arg(long, value_name = "NAME", conflicts_with = "resources")]
    operation: Option<String>,
    /// Its arguments, as a JSON object
    #[arg(long, value_name = "JSON", requires = "operation")]
    arguments: Option<String>,
    /// How records are written: parquet, csv or jsonl
    #[arg(long, value_name = "FORMAT", default_value = "parquet", value_parser = format)]
    format: Format,
    /// Lists of each record that are exported as well, such as threads,comments; --list has the names. Each costs a call
    /// or more per record
    #[arg(long, value_name = "NAMES", value_delimiter = ',', conflicts_with = "operation")]
    children: Vec<String>,
    /// Download the files of --children attachments, where --list says "with files"
    #[arg(long)]
    files: bool,
    /// Add what has changed: since a time, or since the last run
    #[arg(long, value_name = "TIME|last", value_parser = changes)]
    since: Option<Changes>,
    /// Continue what is not finished
    #[arg(long)]
    resume: bool,
    /// Skip what the token does not allow
    #[arg(long)]
    where_known: bool,
    /// How many calls are made at once [default: 10]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
    parallel: Option<u16>,
    /// The most records that are read of each resource
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// The records after which files are finished, which is what an unexpected end may cost
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..))]
    file_rows: u64,
    /// End when no more than this many of the day's credits are left
    #[arg(long, value_name = "N", default_value_t = 0)]
    credit_floor: u64,
    /// Tell everything as JSON, an object a line
    #[arg(long)]
    json: bool,
    /// Only tell what would be done
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    access: Access,
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        if self.list {
            return list::show();
        }
        let json = self.json;
        let end = self.export().unwrap_or_else(|problem| End::usage(&problem));
        end.tell(json)
    }

    fn export(self) -> Result<End, String> {
        let settings = self.settings()?;
        let (floor, parallel) = (self.credit_floor, settings.parallel);
        let connection =
            self.access.connect(|client| client.max_risk(Risk::Safe).credit_floor(floor).simultaneous_calls(parallel));
        let connection = connection.map_err(|error| error.to_string())?;
        let report: Box<dyn Report> = match (self.json, std::io::stderr().is_terminal()) {
            (true, _) => Box::new(JsonLines::default()),
            (false, true) => Box::new(Bars::default()),
            (false, false) => Box::new(Lines::default()),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|error| format!("cannot start: {error}"))?;
        let stop = Stop::default();
        Ok(runtime.block_on(async {
            signals::watch(&stop);
            let mut report = Counting { report, counts: Counts::default() };
            let ended = export::export(&connection.client, &connection.address, &settings, &mut report, &stop);
            End::of(ended.await, &connection, &settings, report.counts)
        }))
    }

    fn settings(&self) -> Result<Settings, String> {
        let to = self.to.clone().ok_or("--to is missing: name the folder to write to")?;
        if std::fs::metadata(&to).is_ok_and(|found| !found.is_dir()) {
            let to = to.display();
            return Err(format!("{to} is a file, not a folder; move it away, or choose another folder"));
        }
        let wanted = match (&self.operation, self.resources.is_empty()) {
            (Some(name), _) => Wanted::Operation { name: name.clone(), arguments: self.json_arguments()? },
            (None, true) => Wanted::Everything,
            (None, false) => Wanted::Resources(self.resources.clone()),
        };
        Ok(Settings {
            to,
            wanted,
            format: self.format,
            children: self.children.clone(),
            files: self.files,
            since: self.since,
            resume: self.resume,
            where_known: self.where_known,
            parallel: self.parallel.map_or(Edition::Standard.simultaneous_calls(), usize::from),
            limit: self.limit,
            file_rows: self.file_rows,
            dry_run: self.dry_run,
        })
    }

    fn json_arguments(&self) -> Result<Map<String, Value>, String> {
        let Some(text) = &self.arguments else { return Ok(Map::new()) };
        match serde_json::from_str(text) {
            Ok(Value::Object(arguments)) => Ok(arguments),
            Ok(_) => Err("--arguments is not a JSON object, such as '{\"departmentId\": \"7\"}'".to_owned()),
            Err(error) => Err(format!("--arguments is not JSON: {error}")),
        }
    }
}

pub(super) fn format(text: &str) -> Result<Format, String> {
    let known = [Format::Parquet, Format::Csv, Format::JsonLines];
    let found = known.into_iter().find(|format| format.extension() == text);
    found.ok_or_else(|| "write parquet, csv or jsonl".to_owned())
}

fn changes(text: &str) -> Result<Changes, String> {
    if text == "last" {
        return Ok(Changes::Last);
    }
    export::time(text).map(Changes::Since)
}
