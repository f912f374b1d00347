//! `cargo xtask openapi [--output FILE]`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use desk_codegen::openapi::{Descriptions, openapi};
use desk_codegen::{load, model};

use crate::files::{self, Saved, Tree};
use crate::printing::{errln, outln};
use crate::spec;

/// Where the document is written if nothing is said: a folder below that of builds, and a name in it.
const FOLDER: &str = "openapi";
const NAME: &str = "desk.json";

pub(crate) fn run(output: Option<PathBuf>) -> Result<ExitCode> {
    if let Some(output) = &output {
        let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty());
        // A folder that is made by mistake is found by nobody.
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            bail!("there is no folder {}\n  help: make it first, or name a file elsewhere", folder.display());
        }
        if output.is_dir() {
            bail!(
                "{} is a folder\n  help: name a file in it, such as {}",
                output.display(),
                output.join(NAME).display()
            );
        }
    }
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
    let saved = files::save(&output, &text)?;
    let told = format!(
        "{}: {} operations, {} types, {} KB",
        output.display(),
        spec.operations.len(),
        spec.types.len(),
        text.len() / 1024
    );
    match saved {
        Saved::File => outln!("{told}"),
        // It may be where the document went.
        Saved::Stream => errln!("{told}"),
    }
    Ok(ExitCode::SUCCESS)
}
