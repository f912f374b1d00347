//! `cargo xtask diff <old> [<new>]`: what to release, and what it does to programs.

mod json;
mod markdown;
mod page;
mod release;
mod side;
mod terminal;

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use anyhow::Result;
use desk_codegen::diff::{self, Change, Kind, Level, Subject};
use desk_codegen::emit;
use desk_codegen::lock::LOCK;

pub(crate) use self::markdown::{changes, effects};
pub(crate) use self::page::Page;
use self::release::Part;
pub(crate) use self::release::Release;
pub(crate) use self::side::{Made, Side, made};
use crate::printing::{errln, out};

/// Shown below the help.
pub(crate) const EXIT_CODES: &str = "\
Exit codes: 0 nothing that is generated differs, 3 patch (docs and tables), 4 minor (compatible), 5 major (breaking);
1 an error in a spec or revision, 2 wrong arguments. The parts are those of a version from 1.0.0 on; the page names the
version. spec/README.md explains what counts as what, and the form of --json.";

/// How the page is written.
#[derive(Debug, clap::Args)]
pub(crate) struct Output {
    /// Print one JSON object
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print Markdown, for a pull request or release notes
    #[arg(long)]
    markdown: bool,
    /// Leave nothing out; without it, long lists are cut
    #[arg(long)]
    all: bool,
    /// Exit with 0 whatever differs, and with 1 only after an error
    #[arg(long)]
    exit_zero: bool,
}

pub(crate) fn run(old: &str, new: Option<&str>, output: &Output) -> Result<ExitCode> {
    let old = Side::find(old)?;
    let new = new.map_or_else(Side::project, Side::find)?;
    for side in [&old, &new] {
        if !side.has_lock() {
            errln!(
                "note: {} has no {LOCK}: its names are made anew for this page, and may be others than it had",
                side.name()
            );
        }
    }
    let Some((before, now)) = made(&old, &new) else { return Ok(ExitCode::FAILURE) };
    let page = page((&old, &before), (&new, &now), output.all)?;
    let text = if output.json {
        json::write(&page)?
    } else if output.markdown {
        markdown::write(&page)
    } else {
        on_terminal(&page)
    };
    out!("{text}");
    Ok(if output.exit_zero { ExitCode::SUCCESS } else { exit_code(page.release.part) })
}

/// What differs between two specs, and what to release.
pub(crate) fn page(old: (&Side, &Made), new: (&Side, &Made), all: bool) -> Result<Page> {
    let ((old, before), (new, now)) = (old, new);
    let mut changes = diff::between(&before.model, &now.model);
    // Nothing is said to differ in nothing before the generated files were compared.
    if changes.is_empty() && old.differs(new) {
        changes = written_otherwise(before, now)?;
    }
    let release = Release::after(old.standing()?, diff::level(&changes), new.version()?);
    Ok(Page { old: before.about(old), new: now.about(new), release, changes, all })
}

/// The page as it is shown to people who run a command, with colours where they can be shown.
pub(crate) fn on_terminal(page: &Page) -> String {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|no| !no.is_empty());
    terminal::write(page, std::io::stdout().is_terminal() && !no_color)
}

/// 1 and 2 are errors.
fn exit_code(part: Part) -> ExitCode {
    match part {
        Part::None => ExitCode::SUCCESS,
        Part::Patch => ExitCode::from(3),
        Part::Minor => ExitCode::from(4),
        Part::Major => ExitCode::from(5),
    }
}

/// A change for each generated file that differs.
fn written_otherwise(old: &Made, new: &Made) -> Result<Vec<Change>> {
    let manifest = side::manifest()?;
    let files = |made: &Made| emit::emit(&made.spec, &made.model, &manifest).map_err(|error| anyhow::anyhow!(error));
    let (before, now) = (files(old)?, files(new)?);
    let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let differing = paths.into_iter().filter(|path| before.get(*path) != now.get(*path));
    let change = |path: &String| Change {
        kind: Kind::TablesChanged,
        of: Subject::Crate(path.clone()),
        what: "written in another way".to_owned(),
        rust: Level::Documentation,
        items: Vec::new(),
        effects: Vec::new(),
    };
    Ok(differing.map(change).collect())
}
