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

#[test]
fn a_known_organization_is_remembered() {
    let project = Project::of_main(&program(&["get_contact"]));
    assert_eq!(project.audit(&["--fix", "--organization-known"]).code, Some(0));
    let text = project.read("desk-scopes.toml");
    assert!(text.contains("granted = [\n    \"Desk.contacts.READ\",\n]"), "{text}");
    assert!(text.contains("\norganization_known = true\n"), "{text}");
    for arguments in [&["--strict"][..], &["--fix"], &["--organization-known"]] {
        let Ran { code, out, .. } = project.audit(arguments);
        assert!(code == Some(0) && !out.contains("to look for it"), "{arguments:?} {out}");
        assert!(out.contains("Smallest scopes: Desk.contacts.READ\n"), "{out}");
    }
    assert_eq!(project.read("desk-scopes.toml"), text);
    project.write("desk-scopes.toml", &text.replace("organization_known = true\n", ""));
    assert!(project.audit(&[]).out.contains("to look for it"));
    for (to, problem) in [
        ("organization_known = 1", "`organization_known` is neither true nor false"),
        ("organisation_known = true", "`organisation_known` is unknown: there are granted, tests, organization_known"),
    ] {
        project.write("desk-scopes.toml", &text.replace("organization_known = true", to));
        let Ran { code, err, .. } = project.audit(&[]);
        assert!(code == Some(2) && err.contains(problem), "{err}");
    }
}

#[test]
fn a_part_of_a_crate_is_no_crate() {
    let project = workspace();
    project.write("crates/bot/src/main.rs", &format!("mod other; {}", program(&["get_contact"])));
    project.write("crates/bot/src/other.rs", &program(&["get_agents"]));
    assert_eq!(project.audit(&["crates/bot", "--fix"]).code, Some(0));
    let whole = project.read("crates/bot/desk-scopes.toml");
    let of_lock = ["--lock", "crates/bot/desk-scopes.toml"];
    for arguments in [&[][..], &of_lock] {
        // What the file has besides is that of the rest.
        let one = [&["crates/bot/src/other.rs"][..], arguments].concat();
        let Ran { code, out, err } = project.audit(&[&one[..], &["--strict"]].concat());
        assert!(code == Some(0) && !out.contains("Gone") && !out.contains("Not needed"), "{out}{err}");
        assert!(out.contains("desk-scopes.toml says, as far as these files go."), "{out}");
        let Ran { code, err, .. } = project.audit(&[&one[..], &["--fix"]].concat());
        assert!(code == Some(2) && err.contains("`desk scopes audit crates/bot --fix`"), "{err}");
        assert_eq!(project.read("crates/bot/desk-scopes.toml"), whole);
    }
    // What is new in the part is told.
    project.write("crates/bot/src/other.rs", &program(&["get_agents", "get_ticket"]));
    let Ran { code, out, .. } = project.audit(&["crates/bot/src/other.rs"]);
    assert!(code == Some(1) && out.contains("New (1):\n    get_ticket"), "{out}");
    assert!(out.contains("`desk scopes audit crates/bot --fix` writes it anew"), "{out}");
    // A file of its own is for just that.
    assert_eq!(project.audit(&["crates/bot/src/other.rs", "--fix", "--lock", "other.toml"]).code, Some(0));
    assert!(project.read("other.toml").contains("get_ticket") && !project.read("other.toml").contains("get_contact"));
    // Folders are audited as a whole, even if a file of theirs is named as well; others' files are not.
    assert_eq!(
        project.operations(&["crates/bot/src/other.rs", "crates/bot"]),
        ["get_agents", "get_contact", "get_ticket"]
    );
    let Ran { code, out, .. } = project.audit(&["crates/bot/src/other.rs", "crates/report/Cargo.toml"]);
    assert!(code == Some(2) && out.contains("other.rs: is a file, and folders are named as well"), "{out}");
}

#[test]
fn files_without_a_crate_share_the_file_of_their_folder() {
    let (one, two) = (program(&["get_contact"]), program(&["get_agents"]));
    let project = Project::new(&[("one.rs", &one), ("two.rs", &two)]);
    let Ran { code, err, .. } = project.audit(&["one.rs", "--fix"]);
    assert!(code == Some(2) && err.contains("`desk scopes audit . --fix`"), "{err}");
    assert!(!project.file("desk-scopes.toml").exists());
    assert_eq!(project.audit(&["one.rs", "two.rs", "--fix"]).code, Some(0));
    assert_eq!(project.audit(&["."]).code, Some(0));
    let alone = Project::new(&[("one.rs", &one)]);
    assert_eq!(alone.audit(&["one.rs", "--fix"]).code, Some(0));
}
