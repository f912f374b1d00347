//! `cargo xtask openapi [--output FILE]`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use desk_codegen::openapi::{Descriptions, openapi};
use desk_codegen::{load, model};

use crate::files::{self, Tree};
use crate::printing::{errln, outln};
use crate::spec;

/// Where the document is written if nothing is said: a folder below that of builds, and a name in it.
const FOLDER: &str = "openapi";
const NAME: &str = "desk.json";

pub(crate) fn run(output: Option<PathBuf>) -> Result<ExitCode> {
    let sources = spec::project()?;
    let made = load::load(&sources).and_then(|loaded| {
        let model = model::build(&loaded)?;
        Ok((openapi(&loaded, &Descriptions::of(&model))?, loaded.spec))
    });
    let (text, spec) = match made {
        Ok(made) => made,
        Err(diagnostics) => {
            errln!("{}", diagnostics.locate(&sources));
            return Ok(ExitCode::FAILURE);
        }
    };
    let output = match output {
        Some(output) => output,
        None => Tree::project().build_folder(FOLDER)?.join(NAME),
    };
    files::save(&output, &text)?;
    outln!(
        "{}: {} operations, {} types, {} KB",
        output.display(),
        spec.operations.len(),
        spec.types.len(),
        text.len() / 1024
    );
    Ok(ExitCode::SUCCESS)
}
