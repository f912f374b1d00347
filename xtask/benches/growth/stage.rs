//! One stage, measured in a process of its own, so that its peak of memory is its own.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use desk_codegen::api::Api;
use desk_codegen::emit::{MANIFEST, emit};
use desk_codegen::model::{Model, build};
use desk_codegen::spec::Spec;
use desk_codegen::{Files, diff, import, load};

/// The stages, each with the bar for its time in seconds.
pub(crate) const STAGES: [(&str, f64); 3] = [("import", 1.0), ("generate", 0.5), ("diff", 0.5)];

/// What a stage took.
#[derive(Clone, Copy)]
pub(crate) struct Figures {
    /// Seconds until it was done.
    pub(crate) time: f64,
    /// Seconds of a processor.
    pub(crate) work: f64,
    /// MiB at the peak, if the system tells.
    pub(crate) memory: Option<f64>,
}

/// Measures a stage in another process.
pub(crate) fn measured(stage: &str, folder: &Path) -> Figures {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).arg("--stage").arg(stage).arg(folder).output().expect("it runs");
    assert!(output.status.success(), "{stage}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let numbers: Vec<f64> = text.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    Figures { time: numbers[0], work: numbers[1], memory: numbers.get(2).copied() }
}

/// Runs a stage and prints what it took. Files are read before.
pub(crate) fn run(stage: &str, folder: &Path) {
    let (old, new) = (read(&folder.join("old")), read(&folder.join("new")));
    let documents = if stage == "import" { read(&folder.join("documents")) } else { Files::new() };
    let manifest = fs::read_to_string(crate::root().join(MANIFEST)).expect("the manifest");
    let (started, before) = (Instant::now(), work());
    match stage {
        "import" => {
            let api = Api::read(&old).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
            drop(import::import(&documents, &api).unwrap_or_else(|diagnostics| panic!("{diagnostics}")));
        }
        "generate" => {
            let (spec, model) = made(&old);
            drop(emit(&spec, &model, &manifest).unwrap_or_else(|error| panic!("{error}")));
        }
        "diff" => {
            let ((_, before), (_, now)) = std::thread::scope(|threads| {
                let before = threads.spawn(|| made(&old));
                let now = made(&new);
                (before.join().expect("no panic"), now)
            });
            assert_ne!(diff::between(&before, &now), []);
        }
        other => panic!("there is no stage {other}"),
    }
    let (time, work) = (started.elapsed().as_secs_f64(), work() - before);
    println!("{time} {work} {}", peak().map(|memory| memory.to_string()).unwrap_or_default());
}

pub(crate) fn made(files: &Files) -> (Spec, Model) {
    let loaded = load::load(files).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    let model = build(&loaded).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    (loaded.spec, model)
}

/// All files below a folder, by their path in it.
pub(crate) fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(place) = todo.pop() {
        for entry in fs::read_dir(&place).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|ending| ["json", "rs", "lock"].iter().any(|known| ending == *known))
            {
                let name = path.strip_prefix(folder).expect("below the folder");
                let name: Vec<_> = name.iter().map(|step| step.to_string_lossy()).collect();
                files.insert(name.join("/"), fs::read_to_string(&path).expect("a file"));
            }
        }
    }
    files
}

/// Seconds that all threads of this process have worked, in hundredths.
fn work() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// The peak of this process's memory in MiB.
fn peak() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? / 1024.0)
}
