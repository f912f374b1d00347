//! `desk snapshot`.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use desk_cli::access::{Access, Connection};
use desk_cli::export::ExportError;
use desk_cli::snapshot::{self, Settings, Taken};
use desk_cli::table::Format;
use desk_sdk::by_name::metrics;
use desk_sdk::jiff::Timestamp;
use desk_sdk::{Client, operation};
use serde_json::json;

use super::export::{code_of, explained, format};

pub(crate) const HELP: &str = "\
Access: a profile of `desk login`; or DESK_TOKEN with DESK_SCOPES; or --token-store with DESK_CLIENT_ID and
DESK_CLIENT_SECRET.

Each snapshot adds rows to the dataset `metrics`, keyed by time, metric, department and agent. Let a scheduler run it
(0 * * * * desk snapshot --to metrics --where-known), or the program itself, with --every 1h.

Exit codes: 0 taken, 1 failed, 2 cannot be done as asked, 3 not allowed.";

#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Show the metrics with their operations and scopes
    #[arg(long, exclusive = true)]
    list: bool,
    /// The folder to add to
    #[arg(long, value_name = "DIR", required_unless_present = "list")]
    to: Option<PathBuf>,
    /// The metrics, separated by commas [default: all]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    metrics: Vec<String>,
    /// How rows are written: parquet, csv or jsonl
    #[arg(long, value_name = "FORMAT", default_value = "parquet", value_parser = format)]
    format: Format,
    /// Skip what the token does not allow
    #[arg(long)]
    where_known: bool,
    /// Take one again and again, such as 1h or 15m, until the program is ended
    #[arg(long, value_name = "TIME", value_parser = interval)]
    every: Option<Duration>,
    /// Tell everything as JSON, an object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    access: Access,
}

impl Arguments {
    pub(crate) fn run(self) -> ExitCode {
        if self.list {
            return list();
        }
        match self.take() {
            Ok(()) => ExitCode::SUCCESS,
            Err((code, problem)) => {
                if self.json {
                    // Nobody may be listening any more; the exit code tells it all the same.
                    let _ =
                        writeln!(std::io::stdout(), "{}", json!({ "event": "failed", "code": code, "text": problem }));
                }
                let _ = writeln!(std::io::stderr(), "error: {}", desk_cli::export::shown(&problem));
                ExitCode::from(code)
            }
        }
    }

    fn take(&self) -> Result<(), (u8, String)> {
        let usage = |problem: String| (2, problem);
        let to = self.to.clone().ok_or_else(|| usage("--to is missing: name the folder to add to".to_owned()))?;
        let (metrics, format, where_known) = (self.metrics.clone(), self.format, self.where_known);
        let settings = Settings { to, metrics, format, where_known };
        let connection = self.access.reading();
        let connection = connection.map_err(|error| usage(error.to_string()))?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|error| (1, format!("cannot start: {error}")))?;
        let taken = runtime.block_on(self.repeat(&connection, &settings));
        taken.map_err(|error| (code_of(&error), explained(&error, &connection)))
    }

    async fn repeat(&self, connection: &Connection, settings: &Settings) -> Result<(), ExportError> {
        let Connection { client, address, .. } = connection;
        let Some(every) = self.every else { return self.one(client, address, settings).await };
        let mut ticks = tokio::time::interval(every);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        loop {
            ticks.tick().await;
            match self.one(client, address, settings).await {
                // What may be over at the next time does not end the series.
                Err(error) if error.of_desk().is_some_and(desk_sdk::Error::is_transient) => {
                    self.say(&format!("skipped: {}", explained(&error, connection)))
                }
                other => other?,
            }
        }
    }

    async fn one(&self, client: &Client, address: &str, settings: &Settings) -> Result<(), ExportError> {
        let taken = snapshot::take(client, address, settings, Timestamp::now()).await?;
        self.tell(&taken);
        Ok(())
    }

    fn tell(&self, taken: &Taken) {
        let Taken { time, figures, skipped, credits, .. } = taken;
        if self.json {
            let skipped: Vec<_> =
                skipped.iter().map(|one| json!({ "metric": one.resource, "reason": one.reason })).collect();
            let told = json!({ "event": "taken", "time": format!("{time:.3}"), "figures": figures, "credits": credits, "skipped": skipped });
            let _ = writeln!(std::io::stdout(), "{told}");
            return;
        }
        for one in skipped {
            self.say(&format!("skipped {}: {}", one.resource, one.reason));
        }
        self.say(&format!("{time:.0}: {figures} figures, {credits} credits"));
    }

    fn say(&self, text: &str) {
        let _ = writeln!(std::io::stderr(), "{}", desk_cli::export::shown(text));
    }
}

/// The metrics with their operations and scopes.
fn list() -> ExitCode {
    let mut out = std::io::stdout().lock();
    for metric in metrics() {
        let scopes = operation(metric.operation).map(|operation| operation.scopes).unwrap_or_default();
        let sets = scopes.iter().map(|set| set.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and "));
        let scopes = sets.collect::<Vec<_>>().join(", or ");
        let line = format!("{:<20} {:<32} {scopes}", metric.name, metric.operation);
        // Whoever reads it may have seen enough.
        if writeln!(out, "{}", line.trim_end()).is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

/// A time between snapshots: a number and `s`, `m` or `h`.
fn interval(text: &str) -> Result<Duration, String> {
    let wrong = || "write a number with s, m or h, such as 15m".to_owned();
    let (number, unit) = text.split_at(text.len() - text.chars().next_back().map_or(0, char::len_utf8));
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        _ => return Err(wrong()),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    match number.checked_mul(seconds).map(Duration::from_secs) {
        Some(time) if !time.is_zero() && time <= Duration::from_secs(366 * 24 * 3_600) => Ok(time),
        _ => Err("between 1s and a year".to_owned()),
    }
}
