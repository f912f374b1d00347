//! Changes that an earlier run could not finish, and readers who have seen enough.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::project::{Project, shown, text};

/// Decides on a change of two files, as a run does that is interrupted right after.
fn interrupt(project: &Project) {
    let list = json!({"written": ["spec/index.tsv"], "removed": ["spec/lists.tsv"]});
    project.write("target/xtask/change/list.json", &list.to_string());
    project.write("target/xtask/change/0", "half");
}

#[test]
fn what_only_reads_tells_of_an_interrupted_change_and_leaves_it_alone() {
    let project = Project::new();
    let before = project.files();
    interrupt(&project);
    for command in [&["generate", "--check"][..], &["find", "thing"], &["stats"], &["openapi"]] {
        let output = project.command(command).output().unwrap();
        let said = shown(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.contains("interrupted while it changed 2 files") && said.contains("`cargo xtask generate`"),
            "{said}"
        );
        assert_eq!(project.files(), before, "{command:?}");
    }
    let said = shown(&project.update(&["--dry-run"]));
    assert!(said.contains("interrupted while it changed 2 files"), "{said}");
    assert_eq!(project.files(), before);
    // What writes finishes it, and then does what it is for.
    let output = project.command(&["generate"]).output().unwrap();
    assert!(shown(&output).contains("finished a change of 2 files"), "{}", shown(&output));
    assert_eq!(project.files(), before);
    assert!(project.command(&["generate", "--check"]).output().unwrap().status.success());
}

/// Runs a command of which nobody reads a word.
fn unread(mut command: Command) -> Option<i32> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    child.wait().unwrap().code()
}

#[test]
fn whoever_has_seen_enough_may_stop_reading() {
    let project = Project::new();
    project.describe(&[("getThing", &text()), ("getOther", &text())]);
    let description = project.description.to_str().unwrap();
    for (arguments, code) in [
        (&["update", "--dry-run", description][..], 0),
        (&["stats"], 0),
        (&["generate", "--check"], 0),
        (&["rename", "Nothing", "Other"], 1),
        (&["import", description], 0),
        (&["diff", "spec"], 0),
        (&["generate"], 0),
    ] {
        assert_eq!(unread(project.command(arguments)), Some(code), "{arguments:?}");
    }
    assert!(project.read("spec/index.tsv").contains("get_other"), "it did what it was for");
}

/// A device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn words_that_cannot_be_written_are_an_error() {
    let project = Project::new();
    let mut command = project.command(&["stats"]);
    let output = command.stdout(fs::File::create("/dev/full").unwrap()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(shown(&output).contains("error: not all could be printed: No space left"), "{}", shown(&output));
}

#[test]
fn a_document_is_written_where_it_was_meant_to_be() {
    let project = Project::new();
    let before = project.files();
    for (output, problem) in [("made/by/mistake.json", "there is no folder made/by"), ("own", "own is a folder")] {
        let said = shown(&project.command(&["openapi", "--output", output]).output().unwrap());
        assert!(said.contains(problem) && said.contains("help: "), "{said}");
        assert_eq!(project.files(), before);
    }
    let output = project.command(&["openapi", "--output", "desk.json"]).output().unwrap();
    assert!(output.status.success(), "{}", shown(&output));
}
