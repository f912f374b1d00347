//! `cargo xtask demo`: walks through the whole process.

use std::process::ExitCode;

use anyhow::Result;

use crate::files::Tree;
use crate::printing::outln;
use crate::{building, generate, stats, tools};

pub(crate) fn run() -> Result<ExitCode> {
    outln!("From a list of operations to typed calls of Zoho Desk: no account is needed.\n");
    outln!("1  The spec");
    let Some(generated) = generate::generated()? else { return Ok(ExitCode::FAILURE) };
    let figures = stats::figures(&generated);
    let figure = |name: &str| figures.iter().find(|(known, _)| *known == name).map_or(0, |(_, count)| *count);
    outln!(
        "   has {} operations in {} modules, and the {} scopes that they need\n",
        figure("operations"),
        figure("modules"),
        figure("scopes")
    );

    outln!("2  The SDK, generated from it");
    let Some(difference) = generate::difference(&generated.model.lock, &generated.files, &generate::present()?) else {
        return Ok(ExitCode::FAILURE);
    };
    difference.apply(&Tree::project(), &generated.files)?;
    let state = match difference.stale.len() + difference.extra.len() {
        0 => "unchanged".to_owned(),
        changed => format!("{changed} of them changed"),
    };
    outln!(
        "   {} lines in {} files with {} types, {state} ({:.1} s)\n",
        figure("generated_lines"),
        figure("generated_files"),
        figure("types"),
        generated.took.as_secs_f64()
    );

    outln!("3  Compiling it, and a local Desk to call");
    outln!("   On a fresh clone this takes a few minutes; after that, a moment.");
    if !building::show(tools::DEMO.cargo("build"))? {
        return Ok(ExitCode::FAILURE);
    }
    tools::DEMO.run([""; 0])
}
