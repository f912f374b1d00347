//! How long import, generate and diff take, how much memory they need, and how both grow with the spec.
//!
//! ```text
//! cargo bench --package xtask --bench growth [-- <folder of the API's OpenAPI files>]
//! ```
//!
//! The first column is the project's own spec, the others are made of it: its operations and types with the corrections
//! applied, once, and ten times with other names. The import reads the OpenAPI document of the same spec, or for the first
//! column the files of the folder. In each column: seconds until it is done, seconds of a processor, memory at the peak.
//! Exits with 1 if a bar is missed.

mod copies;
mod stage;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use desk_codegen::load::{self, Loaded};
use desk_codegen::openapi::{self, Descriptions};
use desk_codegen::{Files, model};
use mimalloc::MiMalloc;
use tempfile::TempDir;

use self::stage::{Figures, STAGES};

/// That of `cargo xtask`.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How often each stage is measured; the best run counts, because nothing makes one faster than it is.
const RUNS: usize = 3;

/// The size of the large spec.
const TIMES: usize = 10;

/// How many times the time and memory of the small one the large one may take.
const BAR: f64 = 11.0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--stage", stage, folder] => {
            stage::run(stage, Path::new(folder));
            ExitCode::SUCCESS
        }
        [] => compared(None),
        [folder] => compared(Some(Path::new(folder))),
        _ => panic!("give at most a folder of OpenAPI files"),
    }
}

fn compared(folder: Option<&Path>) -> ExitCode {
    let home = TempDir::new().expect("a folder");
    let real = stage::read(&root().join("spec"));
    let real: Files = real.into_iter().map(|(path, text)| (format!("spec/{path}"), text)).collect();
    let loaded = loaded(&real);
    let own = home.path().join("own");
    prepare(&own, &real, &folder.map_or_else(|| document(&loaded), stage::read));
    let [once, many] = [1, TIMES].map(|copies| {
        let folder = home.path().join(copies.to_string());
        let files = copies::files(&copies::spec(&loaded, copies), &loaded, &real);
        prepare(&folder, &files, &document(&self::loaded(&files)));
        folder
    });
    println!("{:10}{:>26}{:>26}{:>26}{:>8}{:>8}", "", "own spec", "once", format!("{TIMES} times"), "work", "memory");
    let mut missed = Vec::new();
    for (stage, bar) in STAGES {
        let [own, once, many] = [&own, &once, &many].map(|folder| best(stage, folder));
        let work = many.work / once.work;
        let memory = many.memory.zip(once.memory).map(|(many, once)| many / once);
        let shown = memory.map_or("?".to_owned(), |ratio| format!("{ratio:.1}×"));
        println!("{stage:10}{}{}{}{:>8}{shown:>8}", told(own), told(once), told(many), format!("{work:.1}×"));
        missed.extend((own.time > bar).then(|| format!("{stage} takes more than {bar} s")));
        missed.extend(
            (work > BAR).then(|| format!("{stage} works more than {BAR} times as long for {TIMES} times as much")),
        );
        let large = memory.is_some_and(|ratio| ratio > BAR);
        missed
            .extend(large.then(|| format!("{stage} needs more than {BAR} times the memory for {TIMES} times as much")));
    }
    missed.iter().for_each(|bar| println!("missed: {bar}"));
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn loaded(files: &Files) -> Loaded {
    load::load(files).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// What an import reads.
fn document(loaded: &Loaded) -> Files {
    let model = model::build(loaded).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let text = openapi::openapi(loaded, &Descriptions::of(&model));
    let text = text.unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    Files::from([("desk.json".to_owned(), text)])
}

fn best(stage: &str, folder: &Path) -> Figures {
    let runs: Vec<Figures> = (0..RUNS).map(|_| stage::measured(stage, folder)).collect();
    let least = |of: fn(&Figures) -> f64| runs.iter().map(of).fold(f64::INFINITY, f64::min);
    let memory = runs.iter().filter_map(|run| run.memory).reduce(f64::min);
    Figures { time: least(|run| run.time), work: least(|run| run.work), memory }
}

/// Time until it is done, work of all processors, memory.
fn told(figures: Figures) -> String {
    let memory = figures.memory.map_or("?".to_owned(), |memory| format!("{memory:.0} MiB"));
    format!("{:>26}", format!("{:.2} s {:.2} s {memory}", figures.time, figures.work))
}

/// What the stages read.
fn prepare(folder: &Path, spec: &Files, documents: &Files) {
    write(&folder.join("old"), spec);
    write(&folder.join("new"), &copies::changed(spec));
    write(&folder.join("documents"), documents);
}

fn write(folder: &Path, files: &Files) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
}

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
