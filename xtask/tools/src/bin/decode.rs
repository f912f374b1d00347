//! The program behind `cargo xtask decode <folder>`: decodes recorded answers as the SDK would.
//!
//! Files are named after their operation, `get_tickets.json` or, as in the OpenAPI files, `getTickets.json`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use anyhow::{Context as _, Result};
use desk_sdk::by_name::read_answer;

fn main() -> Result<ExitCode> {
    let folder = env::args_os().nth(1).map(PathBuf::from).context("pass the folder with the answers")?;
    let mut paths = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read the folder {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut failed = 0;
    for path in &paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        match read(path, &name) {
            Ok(()) => println!("{name}: ok"),
            Err(reason) => {
                failed += 1;
                println!("{name}: {reason}");
            }
        }
    }
    println!("{} ok, {failed} failed", paths.len() - failed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn read(path: &Path, name: &str) -> Result<(), String> {
    let body = fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let known = read_answer(name, &body);
    let reason = known.ok_or_else(|| "no operation has this name; see spec/index.tsv for all operations".to_owned())?;
    let mismatches = reason.map_err(|error| error.to_string())?;
    if mismatches.is_empty() {
        return Ok(());
    }
    Err(mismatches.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  "))
}
