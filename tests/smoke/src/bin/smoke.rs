//! The program behind `cargo xtask smoke`.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::{Parser, ValueEnum};
use desk_mock::Contradiction;
use desk_sdk::{Operation, Risk};
use desk_smoke::{Consent, Progress, Report, Selection, Target, run};
use indicatif::{ProgressBar, ProgressStyle};

/// Call every operation by its typed method: first with required values, then with all values
#[derive(Debug, Parser)]
#[command(name = "cargo xtask smoke")]
struct Arguments {
    /// Call operations up to this risk; the default is all on a local server, and only safe ones elsewhere
    #[arg(long, value_enum)]
    risk: Option<UpTo>,
    /// Call only the operations of this module; may be given several times
    #[arg(long)]
    module: Vec<String>,
    /// Call this address instead of a local server; DESK_ACCESS_TOKEN has the token, DESK_ORGANIZATION
    /// the organization (without it: the first one of the token's user)
    #[arg(long, value_name = "URL")]
    against: Option<String>,
    /// Answer yes to the question before calls that change something elsewhere
    #[arg(long)]
    yes: bool,
    /// Let the local server's answers contradict their description in every way that is known of real ones
    #[arg(long, conflicts_with = "against")]
    contradictions: bool,
    /// Print the report as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum UpTo {
    Safe,
    Write,
    Outbound,
    Destructive,
}

impl UpTo {
    fn risks(self) -> Vec<Risk> {
        match self {
            Self::Safe => vec![Risk::Safe],
            Self::Write => vec![Risk::Safe, Risk::Write],
            Self::Outbound => vec![Risk::Safe, Risk::Write, Risk::Outbound],
            Self::Destructive => vec![Risk::Safe, Risk::Write, Risk::Outbound, Risk::Destructive],
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match smoke(Arguments::parse()).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn smoke(arguments: Arguments) -> Result<ExitCode> {
    let target = target(&arguments).await?;
    let risk = arguments.risk.unwrap_or(match target {
        Target::Own { .. } => UpTo::Destructive,
        Target::Other { .. } => UpTo::Safe,
    });
    let asks = match &target {
        Target::Other { url, .. } if !arguments.yes => Some(url.clone()),
        Target::Other { .. } | Target::Own { .. } => None,
    };
    if let (Some(url), true) = (&asks, risk > UpTo::Safe && !io::stdin().is_terminal()) {
        bail!("calls above safe may change {url}; there is no terminal to ask on, so say --yes if they may");
    }
    let selection = Selection { risks: risk.risks(), modules: BTreeSet::from_iter(arguments.module) };
    let report = run(&target, &selection, &mut Watcher { asks, ..Watcher::default() }).await?;
    print(&report, arguments.json)?;
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn target(arguments: &Arguments) -> Result<Target> {
    let Some(url) = arguments.against.clone() else {
        let all = Contradiction::all().filter(|_| arguments.contradictions);
        return Ok(Target::own().await?.contradicting(all));
    };
    let Ok(token) = std::env::var("DESK_ACCESS_TOKEN") else {
        bail!("calls elsewhere than to a local server need an access token in DESK_ACCESS_TOKEN");
    };
    Ok(Target::Other { url, token, organization: std::env::var("DESK_ORGANIZATION").ok() })
}

/// Whether a person wants these calls at the address.
fn consents(url: &str, risk: Risk, operations: usize) -> io::Result<bool> {
    eprint!("The next {operations} operations are {risk}: they may change records at {url}. Type yes to go on: ");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}

fn print(report: &Report, json: bool) -> Result<()> {
    let mut out = io::stdout().lock();
    if json {
        serde_json::to_writer_pretty(&mut out, report)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{report}")?;
    }
    Ok(())
}

/// Shows a bar on a terminal, a line for each risk elsewhere; both on standard error.
#[derive(Debug, Default)]
struct Watcher {
    /// The address of which a person is asked whether it may be changed.
    asks: Option<String>,
    bar: Option<ProgressBar>,
    line: String,
    failed: usize,
}

impl Progress for Watcher {
    fn begin(&mut self, risk: Risk, operations: usize) -> Consent {
        if let Some(url) = self.asks.as_ref().filter(|_| risk > Risk::Safe)
            && !consents(url, risk, operations).unwrap_or(false)
        {
            eprintln!("{risk} operations are not called");
            return Consent::Refused;
        }
        self.failed = 0;
        self.line = format!("{risk}: {operations} operations");
        if io::stderr().is_terminal() {
            let bar = ProgressBar::new(operations as u64);
            let style = ProgressStyle::with_template("{prefix:11} {wide_bar} {pos}/{len} {msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_prefix(risk.to_string());
            self.bar = Some(bar);
        }
        Consent::Given
    }

    fn called(&mut self, operation: &'static Operation, failed: bool) {
        self.failed += usize::from(failed);
        if let Some(bar) = &self.bar {
            bar.set_message(operation.module);
            bar.inc(1);
        }
    }

    fn end(&mut self) {
        match self.bar.take() {
            Some(bar) => bar.finish_with_message(format!("{} failed", self.failed)),
            None => eprintln!("{}, {} failed", self.line, self.failed),
        }
    }
}
