//! `cargo xtask update <folder>`: all that a new edition of the API's description asks for, in one go.
//!
//! What is written is made in memory, looked at as a whole, and written in one transaction: whatever ends the program,
//! the project is as before or as after. Building and testing come last and write nothing but what cargo builds.

mod changelog;
mod entries;
mod plan;
mod prove;
mod provisional;
mod versions;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use self::plan::Plan;
use crate::files::Tree;
use crate::printing::{errln, out, outln};
use crate::{diff, import};

/// What to do, and how far to go.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The folder with the API's OpenAPI files, such as zohodesk-oas/v1.0
    folder: PathBuf,
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Leave nothing out of the page; without it, long lists are cut
    #[arg(long)]
    all: bool,
    /// Proceed even if most modules would be removed
    #[arg(long)]
    force: bool,
}

impl Options {
    /// Whether files of the project may change.
    pub(crate) fn writes(&self) -> bool {
        !self.dry_run
    }
}

/// The steps, as they are counted for the user.
const STEPS: [&str; 6] = ["import", "check and generate", "compare", "write", "build", "test"];

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    begin(0);
    let Some(upstream) = import::read(&options.folder, options.force)? else { return Ok(stopped(0)) };
    begin(1);
    let Some(plan) = Plan::make(&upstream)? else {
        if let Some((page, left_out)) = Plan::without_what_is_wrong(&upstream, options.all)? {
            let entries =
                if left_out == 1 { "the entry that is".to_owned() } else { format!("the {left_out} entries that are") };
            outln!("\nso far, without {entries} told above:\n\n{}", diff::on_terminal(&page));
        }
        return Ok(stopped(1));
    };
    begin(2);
    let page = plan.page(options.all)?;
    out!("\n{}\n", diff::on_terminal(&page));
    let wanted = plan.files(&page)?;
    let Some(difference) = plan.difference(&wanted) else { return Ok(stopped(1)) };
    if options.dry_run {
        difference.stale.iter().for_each(|path| outln!("would write {path}"));
        difference.extra.iter().for_each(|path| outln!("would remove {path}"));
        if difference.is_empty() {
            outln!("the project is what these files describe: there is nothing to write");
        }
        return Ok(ExitCode::SUCCESS);
    }
    begin(3);
    // After an update that stopped later, there is nothing to write, but there is something to prove.
    if difference.is_empty() {
        outln!("   the project is what these files describe: there is nothing to write");
    }
    difference.apply(&Tree::project(), &wanted)?;
    let version = page.release.needed();
    outln!("   {} files written, {} removed; version {version}", difference.stale.len(), difference.extra.len());
    begin(4);
    if !prove::builds()? {
        return Ok(stopped(4));
    }
    begin(5);
    if !prove::passes()? {
        return Ok(stopped(5));
    }
    outln!("next: read CHANGELOG.md, then commit");
    Ok(ExitCode::SUCCESS)
}

fn begin(step: usize) {
    outln!("{}/{} {}", step + 1, STEPS.len(), STEPS[step]);
}

/// Says what is as before, and how to go on.
fn stopped(step: usize) -> ExitCode {
    let advice = match step {
        1 => {
            "nothing was written: lines of spec/upstream are those that `cargo xtask import` of the folder would write. \
             Mend what is told above, in spec/local where it is about the API, and run this again"
        }
        0 => {
            "nothing was written. Mend what is told above, in spec/local where it is about the API, and run this again"
        }
        _ => {
            "the project has the new spec and code. Mend what is told above and run this again; \
             or go back to the last commit with git, and nothing else has changed"
        }
    };
    errln!("stopped at {}/{} {}: {advice}", step + 1, STEPS.len(), STEPS[step]);
    ExitCode::FAILURE
}
