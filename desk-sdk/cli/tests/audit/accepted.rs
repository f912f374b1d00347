//! What people accept in `desk-scopes.toml`: no more calls than they say, and each with its place.

use serde_json::Value;

use crate::project::{Project, Ran};

/// A function with these calls, each on a line of its own.
fn program(calls: &[&str]) -> String {
    let calls: String = calls.iter().map(|call| format!("    {call};\n")).collect();
    format!("fn run(c: &desk_sdk::Client, name: &str) {{\n{calls}}}\n")
}

fn allow(more: &str) -> String {
    format!(
        "[[allow]]\nfile = \"src/main.rs\"\nfunction = \"app::run\"\ncall = \"invoke\"\n{more}operations = \
         [\"get_agents\"]\nreason = \"a list is checked\"\n"
    )
}

const KNOWN: &str = "c.invoke(name, x)";
const FURTHER: &str = "c.invoke(&std::env::var(\"OTHER\").unwrap(), x)";

/// A project in which so many calls are accepted.
fn accepted(calls: &[&str], more: &str) -> Project {
    let project = Project::of_main(&program(calls));
    project.write("desk-scopes.toml", &allow(more));
    project.audit(&["--fix"]);
    project
}

#[test]
fn one_call_more_than_is_accepted_fails() {
    let project = accepted(&[KNOWN], "");
    let text = project.read("desk-scopes.toml");
    assert!(!text.lines().any(|line| line.starts_with("count")), "{text}");
    assert_eq!(project.audit(&["--strict"]).code, Some(0));
    // Wherever it stands, and also in a closure of the same function.
    for calls in [&[KNOWN, FURTHER][..], &[FURTHER, KNOWN], &[KNOWN, "let _ = || c.invoke(&name[1..], x)"]] {
        project.write("src/main.rs", &program(calls));
        let Ran { code, out, .. } = project.audit(&["--strict"]);
        for part in [
            "\nUnseen (1):\n  src/main.rs:3:",
            "[[allow]] for invoke in src/main.rs app::run accepts 1 call, and 2 are there",
            "    call = \"invoke\"\n    count = 2\n    operations = [\"get_agents\"]\n",
            "1 allow-count",
        ] {
            assert!(code == Some(1) && out.contains(part), "{part}\n{out}");
        }
        assert_eq!(project.audit(&[]).code, Some(0));
        let json = project.json(&["--strict"]);
        let one = &json["lock"]["miscounted"][0];
        assert_eq!((&one["accepts"], &one["found"]), (&1.into(), &2.into()));
        assert!(one["meant"].as_str().unwrap().contains("count = 2"));
        let notice = json["notices"].as_array().unwrap().iter().find(|one| one["rule"] == "allow-count").unwrap();
        assert_eq!((&notice["level"], &notice["places"][0]["line"]), (&"error".into(), &3.into()));
    }
}

#[test]
fn so_many_calls_are_accepted_as_it_says() {
    let project = accepted(&[KNOWN, FURTHER], "count = 2\n");
    assert!(project.read("desk-scopes.toml").contains("\ncount = 2\n"));
    let Ran { code, out, .. } = project.audit(&["--strict"]);
    assert!(code == Some(0), "{out}");
    project.write("src/main.rs", &program(&[KNOWN, FURTHER, FURTHER]));
    assert_eq!(project.audit(&["--strict"]).code, Some(1));
    // With fewer, a later one would be accepted unseen.
    project.write("src/main.rs", &program(&[KNOWN]));
    let Ran { code, out, .. } = project.audit(&["--strict"]);
    let fewer = "accepts 2 calls, and 1 is there; if all that is there is meant, remove its count";
    assert!(code == Some(1) && out.contains(fewer), "{out}");
    for count in ["0", "-1", "\"2\"", "1.5"] {
        project.write("desk-scopes.toml", &allow(&format!("count = {count}\n")));
        let Ran { code, err, .. } = project.audit(&[]);
        let problem = "[[allow]] number 1: `count` is not a number of calls from 1 on";
        assert!(code == Some(2) && err.contains(problem), "{err}");
    }
    project.write("desk-scopes.toml", &allow("").replace("\"app::run\"", "1"));
    assert!(project.audit(&[]).err.contains("`function` is no text"));
}

#[test]
fn entries_add_up_and_tests_that_do_not_count_take_none() {
    let project = Project::of_main("");
    // Two entries of one call each accept two.
    project.write("src/main.rs", &program(&[KNOWN, FURTHER]));
    project.write("desk-scopes.toml", &(allow("") + &allow("")));
    project.audit(&["--fix"]);
    assert_eq!(project.audit(&["--strict"]).code, Some(0));
    project.write("src/main.rs", &program(&[KNOWN, FURTHER, KNOWN]));
    assert_eq!(project.audit(&["--strict"]).code, Some(1));
    // Tests that do not count take none of them away.
    project.write("desk-scopes.toml", &allow("").replace("function = \"app::run\"\n", ""));
    project.write("src/main.rs", &format!("#[cfg(test)] mod tests {{ {} }} {}", program(&[KNOWN]), program(&[KNOWN])));
    project.audit(&["--fix"]);
    assert_eq!(project.audit(&["--strict"]).code, Some(0));
    let Ran { code, out, .. } = project.audit(&["--strict", "--tests"]);
    assert!(code == Some(1) && out.contains("accepts 1 call, and 2 are there"), "{out}");
}

#[test]
fn an_operation_that_is_only_accepted_has_the_place_of_its_call() {
    let project = accepted(&[KNOWN], "");
    let Ran { out, .. } = project.audit(&[]);
    assert!(out.contains("\n  accepted for src/main.rs:2:7, invoke in app::run\n"), "{out}");
    let call = &project.json(&[])["operations"][0]["accepted"][0];
    assert_eq!((&call["line"], &call["written"]), (&2.into(), &"invoke".into()));
    let log: Value = serde_json::from_str(&project.audit(&["--sarif"]).out).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "src/main.rs");
    assert_eq!(place["region"]["startLine"], 2);
    assert!(project.audit(&["--html", "-"]).out.contains("src/main.rs:2:7"));
}

#[test]
fn what_belongs_to_nothing_is_told_apart_and_fails_strictly() {
    let project = accepted(&[KNOWN], "");
    project.write("src/main.rs", &program(&["c.get_agents(x)"]));
    let Ran { code, out, .. } = project.audit(&[]);
    let stale = "\nAccepted by desk-scopes.toml, and otherwise here (1):\n  [[allow]] for invoke in src/main.rs app::run \
                 belongs to nothing: remove it by hand\n";
    assert!(code == Some(0) && out.contains("\nAs desk-scopes.toml says.\n") && out.contains(stale), "{out}");
    let Ran { code, out, .. } = project.audit(&["--strict"]);
    assert!(code == Some(1) && out.contains("This fails (exit code 1): 1 stale-allow."), "{out}");
    assert!(project.audit(&["--sarif"]).out.contains("belongs to nothing: remove it by hand."));
}

#[test]
fn what_is_left_to_settle_is_proposed() {
    let project = Project::of_main(&program(&[KNOWN, FURTHER, "unknown().get_contact(x())"]));
    let Ran { code, err, .. } = project.audit(&["--fix"]);
    let entry = "[[allow]]\nfile = \"src/main.rs\"\nfunction = \"app::run\"\ncall = \"invoke\"\ncount = 2\n\
                 operations = []\nreason = \"\"\n";
    assert!(code == Some(0) && err.contains(entry) && err.contains("add an entry to desk-scopes.toml"), "{err}");
    let entries = &err[err.find("[[allow]]\n").unwrap()..];
    assert!(entries.contains("call = \"get_contact\"\noperations = [\"get_contact\"]\n"), "{entries}");
    // Nobody forgets the reason; with it, all is settled, and nothing is proposed.
    let text = project.read("desk-scopes.toml");
    project.write("desk-scopes.toml", &format!("{text}\n{entries}"));
    let Ran { code, err, .. } = project.audit(&[]);
    assert!(code == Some(2) && err.contains("[[allow]] number 1: has no `reason`"), "{err}");
    project.write("desk-scopes.toml", &format!("{text}\n{}", entries.replace("\"\"", "\"checked\"")));
    let Ran { code, err, .. } = project.audit(&["--fix", "--granted", "Desk.contacts.READ Desk.basic.READ"]);
    assert!(code == Some(0) && !err.contains("[[allow]]"), "{err}");
    assert_eq!(project.audit(&["--strict"]).code, Some(0));
}
