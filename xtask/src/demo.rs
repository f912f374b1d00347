//! `cargo xtask demo`: the whole way, for people to read.

use std::process::ExitCode;

use anyhow::Result;

use crate::files::Difference;
use crate::{generate, stats, tools};

pub(crate) fn run() -> Result<ExitCode> {
    println!("1. The spec");
    let Some(generated) = generate::generated()? else { return Ok(ExitCode::FAILURE) };
    let figures = stats::figures(&generated);
    let figure = |name: &str| figures.iter().find(|(known, _)| *known == name).map_or(0, |(_, count)| *count);
    println!(
        "   read      {} operations, {} of them aliases, in {} modules, with {} scopes\n",
        figure("operations"),
        figure("aliases"),
        figure("modules"),
        figure("scopes")
    );

    println!("2. The SDK");
    let difference = Difference::between(&generated.files, &generate::present()?);
    difference.apply(&generated.files)?;
    let state = match difference.stale.len() + difference.extra.len() {
        0 => "all of them up to date".to_owned(),
        changed => format!("{changed} of them changed"),
    };
    println!(
        "   generated {} files with {} lines and {} types in {} ms, {state}\n",
        figure("generated_files"),
        figure("generated_lines"),
        figure("types"),
        generated.took.as_millis()
    );

    println!("3. A local Desk server (built first, where that was not done yet)");
    tools::DEMO.run([""; 0])
}
