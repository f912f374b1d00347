//! `desk call`.

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use desk_cli::call::{
    self, CallOptions, Consent, Format, Given, Making, Misunderstood, Options, Output, Parsed, Target, consent, made,
    may_go_on, show, walked,
};
use desk_cli::export::{Stop, counted};
use desk_cli::problem::Problem;
use desk_sdk::{Client, Downloading, Operation, Risk, by_name};
use indicatif::{ProgressBar, ProgressStyle};

use super::ending::{finish, print, runtime, say};
use super::export::signals;
use super::terminal::Terminal;
use super::waits::patient;

/// The words are understood once the operation is known: its values are options too.
#[derive(Args, Debug)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// The operation, its values, and how it is called; --help shows more
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPERATION AND OPTIONS")]
    words: Vec<OsString>,
}

impl Arguments {
    /// Calls it; the profile may stand before the word `call`, too.
    pub(crate) fn run(self, profile: Option<&str>) -> ExitCode {
        match self.understood() {
            Ok(None) => finish(help()),
            Ok(Some((operation, mut parsed))) => {
                let chosen = &mut parsed.options.general.access.profile;
                *chosen = chosen.take().or_else(|| profile.map(str::to_owned));
                finish(Calling { operation, options: &parsed.options }.run(parsed.given))
            }
            Err(Misunderstood::Clap(error)) => {
                let _ = error.print();
                u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
            }
            Err(Misunderstood::Problem(problem)) => finish(Err(problem)),
        }
    }

    fn understood(&self) -> Result<Option<(&'static Operation, Parsed)>, Misunderstood> {
        let Some((operation, words)) = call::split(&self.words)? else {
            // Without an operation there is nothing to do, but what is wrong with the words is told.
            let only = std::iter::once(OsString::from("call")).chain(self.words.iter().cloned());
            call::general().try_get_matches_from(only).map_err(Misunderstood::Clap)?;
            return Ok(None);
        };
        Ok(Some((operation, call::parse(operation, &words)?)))
    }
}

fn help() -> Result<(), Problem> {
    print(&call::general().render_help().to_string())?;
    Err(Problem::usage("name an operation, such as get_tickets"))
}

/// A call that was understood.
struct Calling<'a> {
    operation: &'static Operation,
    options: &'a CallOptions,
}

impl Calling<'_> {
    fn run(&self, given: Given) -> Result<(), Problem> {
        let Options { show: only_shown, max_risk, yes, access, .. } = &self.options.general;
        let runtime = runtime()?;
        let Operation { id, risk, .. } = *self.operation;
        if *only_shown {
            return print(&runtime.block_on(self.shown(given))?.to_string()).map(drop);
        }
        self.fits()?;
        if consent(id, risk, *max_risk, *yes, can_ask())? == Consent::Asked {
            // What is wrong with it is told before a person is asked.
            let shown = runtime.block_on(self.shown(given.clone()))?;
            confirmed(id, risk, &shown)?;
        }
        let connection = access.connect(|client| patient(client.max_risk(*max_risk)))?;
        runtime.block_on(self.make(&connection.client, given)).map_err(|problem| problem.at(&connection))
    }

    async fn shown(&self, given: Given) -> Result<call::Shown, Problem> {
        let is_file = by_name::answers_with_file(self.operation.id);
        show(&self.options.general.access, |client: Client| async move {
            let call = given.invocation(&client, self.operation).await?;
            match (self.options.all, is_file) {
                (true, _) => drop(call.all().pages().next().await.transpose()?),
                (_, true) => drop(call.download()?.await?),
                _ => drop(call.await?),
            }
            Ok(())
        })
        .await
    }

    /// Whether the answer can be had as it is wanted.
    fn fits(&self) -> Result<(), Problem> {
        let (id, general) = (self.operation.id, &self.options.general);
        match (by_name::answers_with_file(id), &general.save) {
            (false, None) => Ok(()),
            (false, Some(_)) => Err(Problem::usage(format!(
                "{id} does not answer with a file: print its answer, with > and the name of a file"
            ))),
            (true, _) if self.options.all => Err(Problem::usage(format!("{id} answers with a file, not with a list"))),
            (true, Some(target)) => free(target, general.force),
            (true, None) => raw(id, general),
        }
    }

    async fn make(&self, client: &Client, given: Given) -> Result<(), Problem> {
        let (operation, general) = (self.operation, &self.options.general);
        let limit = given.arguments.get("limit").and_then(serde_json::Value::as_u64);
        let call = given.invocation(client, operation).await?;
        let stop = Stop::default();
        signals::watch(&stop);
        if by_name::answers_with_file(operation.id) {
            return download(call.download()?, general.save.as_deref(), &stop).await;
        }
        let format = general.output.unwrap_or_else(usual);
        let out = BufWriter::new(io::stdout().lock());
        let mut output = Output::new(format, Some(operation), &general.columns, target(), out);
        let made = match self.options.all {
            true => {
                let bar = progress(format);
                let told = |records: u64| bar.set_message(counted(records, "record"));
                let making = Making { at_most: self.options.at_most };
                let walked = stop.unless(walked(call, making, &mut output, told)).await;
                bar.finish_and_clear();
                walked
            }
            false => stop.unless(made(call, &mut output)).await,
        };
        let Some(made) = made else {
            // What was read is printed.
            let _ = output.break_off();
            return Err(Problem::interrupted());
        };
        let made = made?;
        for warning in &made.warnings {
            say(&format!("warning: {warning}"));
        }
        columns_were_there(&output)?;
        let is_terminal = io::stdout().is_terminal();
        match made.records {
            Some(0) if is_terminal || format == Format::Table => say("no records"),
            _ if !is_terminal => {}
            Some(count) if !self.options.all && may_go_on(operation, limit, count) => {
                say(&format!("{} are shown; --all reads the whole list", counted(count, "record")));
            }
            None if made.empty => say("done; nothing was answered"),
            _ => {}
        }
        Ok(())
    }
}

/// Whether there is a person to ask.
pub(super) fn can_ask() -> bool {
    Terminal::here().is_some()
}

/// Asks a person before something that cannot be taken back.
pub(super) fn confirmed(call: &str, risk: Risk, shown: &call::Shown) -> Result<(), Problem> {
    say(&format!("{shown}\n{call} is {risk}: it cannot be taken back."));
    let terminal = Terminal::here().ok_or_else(|| Problem::usage("there is no terminal to ask at"))?;
    match terminal.ask("Make this call, y or n", Some("n"))?.to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Problem::usage("not confirmed; nothing was sent")),
    }
}

/// Tells which chosen columns no record had. Those that nothing describes are misspelt.
pub(super) fn columns_were_there<W: io::Write>(output: &Output<W>) -> Result<(), Problem> {
    for column in output.empty_columns() {
        say(&format!("warning: no record has {column}"));
    }
    let unknown = output.unknown_columns();
    match unknown.is_empty() {
        true => Ok(()),
        false => Err(Problem::usage(format!("no record has {}", unknown.join(", ")))),
    }
}

/// Where answers are printed.
pub(super) fn target() -> Target {
    let width = match io::stdout().is_terminal() {
        true => console::Term::stdout().size_checked().map(|(_, width)| width),
        false => None,
    };
    Target { width }
}

/// The format if none is chosen.
pub(super) fn usual() -> Format {
    if io::stdout().is_terminal() { Format::Table } else { Format::Json }
}

/// Whether a file may be written there.
pub(super) fn free(target: &Path, force: bool) -> Result<(), Problem> {
    let shown = target.display();
    match std::fs::symlink_metadata(target) {
        Ok(found) if found.is_dir() => Err(Problem::usage(format!("{shown} is a folder: name a file in it"))),
        Ok(_) if !force => Err(Problem::usage(format!("{shown} exists: --force replaces it"))),
        Ok(_) => Ok(()),
        Err(_) => {
            let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            match folder.is_dir() {
                true => Ok(()),
                false => {
                    Err(Problem::usage(format!("{} is no folder, so {shown} cannot be written", folder.display())))
                }
            }
        }
    }
}

/// Whether the bytes of a file may be printed.
fn raw(id: &str, general: &Options) -> Result<(), Problem> {
    if general.output.is_some() || !general.columns.is_empty() {
        return Err(Problem::usage(format!("{id} answers with a file, which is no table: save it with --save FILE")));
    }
    match io::stdout().is_terminal() {
        true => Err(Problem::usage(format!("{id} answers with a file: save it with --save FILE, or pipe it on"))),
        false => Ok(()),
    }
}

/// Saves a file, or prints its bytes.
pub(super) async fn download(call: Downloading, save: Option<&Path>, stop: &Stop) -> Result<(), Problem> {
    let Some(target) = save else {
        let printed = stop.unless(piped(call)).await;
        return printed.unwrap_or_else(|| Err(Problem::interrupted()));
    };
    let saved = stop.unless(call.save(target)).await;
    let bytes = saved.ok_or_else(Problem::interrupted)??;
    say(&format!("{}: {}", target.display(), counted(bytes, "byte")));
    Ok(())
}

async fn piped(call: Downloading) -> Result<(), Problem> {
    let mut download = call.await?;
    while let Some(piece) = download.chunk().await? {
        let mut out = io::stdout().lock();
        match out.write_all(&piece).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            Err(error) => return Err(Problem::failed(format!("cannot print: {error}"))),
            Ok(()) => {}
        }
    }
    Ok(())
}

/// What is shown while a list is read, if that does not disturb what is printed.
fn progress(format: Format) -> ProgressBar {
    let free = format == Format::Table || !io::stdout().is_terminal();
    if !(io::stderr().is_terminal() && free) {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    match ProgressStyle::with_template("{spinner} {msg}, {elapsed}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
