//! `desk-scopes.toml`: what is kept in it, and whose file it is.

use crate::project::{MANIFEST, Project, Ran};

/// A program that calls some operations.
fn program(calls: &[&str]) -> String {
    let calls: String = calls.iter().map(|name| format!("c.{name}(p).await; ")).collect();
    format!("async fn f(c: &desk_sdk::Client) {{ {calls}}}")
}

fn workspace() -> Project {
    let member = |name: &str| MANIFEST.replace("app", name);
    Project::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
        ("crates/bot/Cargo.toml", &member("bot")),
        ("crates/bot/src/main.rs", &program(&["get_contact"])),
        ("crates/report/Cargo.toml", &member("report")),
        ("crates/report/src/main.rs", &program(&["get_agents"])),
    ])
}

#[test]
fn what_is_granted_changes_only_if_it_is_said() {
    let project = Project::of_main(&program(&["get_contact"]));
    assert_eq!(project.audit(&["--fix"]).code, Some(0));
    let granted = "granted = [\n    \"Desk.contacts.READ\",\n    \"Desk.organization.READ\",\n]";
    assert!(project.read("desk-scopes.toml").contains(granted), "{}", project.read("desk-scopes.toml"));
    project.write("src/main.rs", &program(&["get_contact", "delete_contact"]));
    for arguments in [&[][..], &["--fix"]] {
        let Ran { code, out, .. } = project.audit(arguments);
        let missing = "Missing:\n  delete_contact needs Desk.contacts.DELETE";
        assert!(code == Some(1) && out.contains(missing), "{out}");
    }
    let text = project.read("desk-scopes.toml");
    assert!(text.contains(granted) && text.contains("delete_contact = {"), "{text}");
    let more = ["--fix", "--granted", "Desk.contacts.ALL Desk.basic.READ"];
    assert_eq!(project.audit(&more).code, Some(0));
    assert!(project.read("desk-scopes.toml").contains("\"Desk.contacts.ALL\","));
}

#[test]
fn a_file_may_have_only_what_people_accept() {
    let project = Project::of_main(&program(&["get_contact"]));
    let allow = "[[allow]]\nfile = \"src/main.rs\"\ncall = \"invoke\"\noperations = [\"get_agents\"]\nreason = \"x\"\n";
    project.write("src/main.rs", "fn f(c: &desk_sdk::Client, name: &str) { c.invoke(name, x); }");
    project.write("desk-scopes.toml", allow);
    let Ran { code, out, err } = project.audit(&[]);
    assert!(code == Some(1) && out.contains("New (1):\n    get_agents"), "{out}{err}");
    assert_eq!(project.audit(&["--fix"]).code, Some(0));
    assert_eq!(project.audit(&["--strict"]).code, Some(0));
    project.write("desk-scopes.toml", "[package]\nname = \"x\"\n");
    let Ran { code, err, .. } = project.audit(&[]);
    assert!(code == Some(2) && err.contains("no table `operations`"), "{err}");
    project.write("desk-scopes.toml", "granted = []\n\n[operations]\nget = [\n  = 7\n");
    let Ran { code, err, .. } = project.audit(&[]);
    assert!(code == Some(2) && err.contains("line 5, column 3 is not TOML") && !err.contains("\\n"), "{err}");
}

#[test]
fn tests_that_count_are_remembered() {
    let project = Project::of_main(&program(&["get_contact"]));
    project.write("tests/one.rs", &program(&["get_agents"]));
    assert_eq!(project.audit(&["--fix", "--tests"]).code, Some(0));
    assert!(project.read("desk-scopes.toml").contains("\ntests = true\n"));
    for arguments in [&[][..], &["--fix"], &["--tests"]] {
        let Ran { code, out, .. } = project.audit(arguments);
        assert!(code == Some(0) && out.contains("get_agents (safe)"), "{arguments:?} {out}");
    }
    let text = project.read("desk-scopes.toml").replace("tests = true", "tests = 1");
    project.write("desk-scopes.toml", &text);
    let Ran { code, err, .. } = project.audit(&[]);
    assert!(code == Some(2) && err.contains("`tests` is neither true nor false"), "{err}");
}

#[test]
fn a_member_is_compared_with_its_own_file() {
    let project = workspace();
    assert_eq!(project.audit(&["crates/bot", "--fix"]).code, Some(0));
    let own = project.read("crates/bot/desk-scopes.toml");
    assert!(own.contains("get_contact") && !own.contains("get_agents"), "{own}");
    let Ran { code, out, .. } = project.audit(&[]);
    assert!(code == Some(0) && out.contains("\nAs crates/bot/desk-scopes.toml says.\n"), "{out}");
    assert_eq!(project.audit(&["--fix"]).code, Some(0));
    project.write("crates/bot/src/main.rs", &program(&["get_contact", "get_agents"]));
    // All of the workspace needs no more than before, but the member does.
    let Ran { code, out, .. } = project.audit(&[]);
    for part in [
        "\nAs desk-scopes.toml says.\n",
        "\nNot as crates/bot/desk-scopes.toml says; `desk scopes audit crates/bot --fix` writes it anew:\n  New (1):",
        "\nAgainst what crates/bot/desk-scopes.toml grants: 1 of 2 operations covered.",
    ] {
        assert!(code == Some(1) && out.contains(part), "{part}\n{out}");
    }
    let verdict = project.json(&[]);
    assert_eq!((&verdict["fails"], &verdict["members"][0]["fails"]), (&true.into(), &true.into()));
    assert_eq!(verdict["members"][0]["lock"]["changes"]["added"][0]["operation"], "get_agents");
    assert!(project.audit(&["--sarif"]).out.contains("\"operation-new\""));
    assert_eq!(project.read("crates/bot/desk-scopes.toml"), own);
}

#[test]
fn several_crates_share_no_file() {
    let project = workspace();
    assert_eq!(project.audit(&["crates/bot", "--fix"]).code, Some(0));
    let own = project.read("crates/bot/desk-scopes.toml");
    let both = ["crates/bot", "crates/report"];
    let Ran { code, err, .. } = project.audit(&[&both[..], &["--fix"]].concat());
    for part in ["`desk scopes audit crates/bot --fix` and `desk scopes audit crates/report --fix`", "--lock"] {
        assert!(code == Some(2) && err.contains(part), "{err}");
    }
    assert_eq!(project.read("crates/bot/desk-scopes.toml"), own);
    assert_eq!(project.audit(&both).code, Some(0));
    assert_eq!(project.audit(&[&both[..], &["--fix", "--lock", "both.toml"]].concat()).code, Some(0));
    assert!(project.read("both.toml").contains("get_agents") && project.read("both.toml").contains("get_contact"));
}
