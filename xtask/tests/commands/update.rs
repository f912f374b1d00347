//! `cargo xtask update`, as it is called.

use std::fs;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use serde_json::{Value, json};

use crate::project::{Project, restore, shown, text, view};

#[test]
fn everything_follows_the_description() {
    let project = Project::new();
    project.describe(&[("getThing", &text()), ("getOther", &text())]);
    let output = project.update(&[]);
    assert!(output.status.success(), "{}", shown(&output));
    assert!(project.read("desk-sdk/src/generated/all/thing.rs").contains("fn get_other("));
    assert!(project.read("spec/names.lock").contains("operation get_other GET "));
    let changelog = project.read("CHANGELOG.md");
    assert!(changelog.contains("### Added\n\n- operation `get_other`"), "{changelog}");
    assert!(project.read("Cargo.toml").contains("version = \"0.1.1\""), "{}", project.read("Cargo.toml"));
    assert!(project.read("Cargo.lock").contains("version = \"0.1.1\""));
    // Nothing is said or raised twice.
    let before = project.files();
    let again = project.update(&[]);
    assert!(again.status.success() && shown(&again).contains("nothing to write"), "{}", shown(&again));
    assert_eq!(project.files(), before);
    // What goes breaks programs, and the version that was raised already is not enough.
    project.describe(&[("getOther", &view(json!({"type": "integer"})))]);
    assert!(project.update(&[]).status.success());
    assert!(project.read("CHANGELOG.md").contains("### Removed\n\n- operation `get_thing`"));
    assert!(project.read("Cargo.toml").contains("version = \"0.2.0\""));
}

#[test]
fn the_comparison_names_the_release_that_an_update_does() {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    project.commit();
    // Both changes follow release 0.1.0: the second needs no version of its own, although the last commit has 0.1.1.
    for (operations, verdict) in [
        (&["getThing", "getOther"][..], "Release 0.1.1, which Cargo.toml has already"),
        (&["getThing", "getOther", "getThird"], "Release 0.1.1, which Cargo.toml has already"),
        (&["getOther", "getThird"], "Release 0.2.0, which Cargo.toml has already"),
        (&["getOther"], "Release 0.2.0, which Cargo.toml has already"),
    ] {
        let text = text();
        let operations: Vec<_> = operations.iter().map(|id| (*id, &text)).collect();
        project.describe(&operations);
        let output = project.update(&[]);
        assert!(output.status.success(), "{}", shown(&output));
        let again = project.update(&["--dry-run"]);
        for output in [again, project.command(&["diff"]).output().unwrap()] {
            assert!(shown(&output).contains(verdict), "{verdict} in {}", shown(&output));
        }
        project.commit();
    }
}

#[test]
fn a_dry_run_shows_the_page_and_writes_nothing() {
    let project = Project::new();
    project.describe(&[("getThing", &text()), ("getOther", &text())]);
    let before = project.files();
    let output = project.update(&["--dry-run"]);
    let said = shown(&output);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("Release 0.1.1") && said.contains("would write CHANGELOG.md"), "{said}");
    assert_eq!(project.files(), before);
}

#[test]
fn it_stops_where_it_fails_and_says_how_to_go_on() {
    let project = Project::new();
    let before = project.files();
    fs::write(project.description.join("Thing.json"), "{").unwrap();
    let output = project.update(&[]);
    let said = shown(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Thing.json:1:") && said.contains("stopped at 1/6 import: nothing was written"), "{said}");
    assert_eq!(project.files(), before);
    // A correction that has nothing to correct any more.
    let correction = json!({"corrections": [{
        "why": "seen", "evidence": "documented", "operation": "get_thing", "parameter": "view",
        "change": {"required": true},
    }]});
    project.write("spec/local/facts.json", &correction.to_string());
    project.describe(&[("getThing", &json!({"name": "other", "in": "query", "schema": {"type": "string"}}))]);
    let before = project.files();
    let said = shown(&project.update(&[]));
    assert!(said.contains("stopped at 2/6") && said.contains("spec/local/facts.json:1:"), "{said}");
    // What the rest means is shown all the same.
    assert!(said.contains("so far, without the entry that is told above:"), "{said}");
    assert!(said.contains("operation get_thing") && said.contains("Release 0.2.0"), "{said}");
    assert_eq!(project.files(), before);
    // What is wrong only once something else is right is told as well, where it stands.
    let fact = |field: &str, change: &Value| json!({"why": "seen", "evidence": "documented", "operation": "get_thing", "parameter": field, "change": change});
    let facts = json!({
        "corrections": [fact("view", &json!({"required": true}))],
        "metrics": [{"why": "worth it", "evidence": "documented", "name": "things", "operation": "get_thing", "arguments": {"view": "all"}}],
    });
    project.write("spec/local/facts.json", &serde_json::to_string_pretty(&facts).unwrap());
    project.describe(&[("getOther", &text())]);
    let said = shown(&project.update(&[]));
    assert!(said.contains("at: corrections.0.operation"), "{said}");
    assert!(said.contains("at: metrics.0.operation") && said.contains("remove the entry"), "{said}");
    assert!(said.contains("without the 2 entries that are told above:"), "{said}");
    // Before the first release, the page of an update that stops asks for no other version than that of one that does not.
    let changelog = project.read("CHANGELOG.md");
    project.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n");
    let said = shown(&project.update(&[]));
    assert!(said.contains("Release 0.1.0, the first of all, which Cargo.toml has already"), "{said}");
    project.write("CHANGELOG.md", &changelog);
    project.write("spec/local/facts.json", "{}");
    project.describe(&[("getThing", &json!({"name": "other", "in": "query", "schema": {"type": "string"}}))]);
    project.write("own/src/lib.rs", "pub fn wrong() -> u8 { \"no number\" }");
    let said = shown(&project.update(&[]));
    assert!(
        said.contains("mismatched types") && said.contains("stopped at 5/6 build: the project has the new"),
        "{said}"
    );
    assert!(project.read("spec/names.lock").contains("query other other"));
    // Run again, it goes on where it stopped.
    let said = shown(&project.update(&[]));
    assert!(said.contains("nothing to write") && said.contains("stopped at 5/6 build"), "{said}");
    project.write("own/src/lib.rs", "#[test]\nfn fails() { panic!(\"as it should\") }");
    project.describe(&[("getThing", &text())]);
    let said = shown(&project.update(&[]));
    assert!(said.contains("as it should") && said.contains("stopped at 6/6 test"), "{said}");
}

#[test]
fn whenever_it_is_killed_the_project_is_as_before_or_as_after() {
    let project = Project::new();
    let before = project.files();
    project.describe(&[("getThing", &text()), ("getOther", &text())]);
    let started = Instant::now();
    assert!(project.update(&[]).status.success());
    let (after, took) = (project.files(), started.elapsed());
    let mut seen = [0, 0];
    for kill in 0..16 {
        restore(&project.root, &before);
        let mut update = project.command(&["update"]);
        update.arg(&project.description).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = update.spawn().unwrap();
        std::thread::sleep(took.mul_f64(f64::from(kill) / 40.0).min(Duration::from_secs(5)));
        child.kill().unwrap();
        child.wait().unwrap();
        // The next command that writes finishes what was decided.
        project.command(&["rename", "Nothing", "Other"]).output().unwrap();
        let found = project.files();
        assert!(found == before || found == after, "files of both");
        seen[usize::from(found == after)] += 1;
    }
    assert!(seen[0] > 0, "never killed before it wrote: {seen:?}");
}
