//! What the answer says where something is wrong, and what code hosts make of it.

use serde_json::Value;

use crate::project::{MANIFEST, Project, Ran};

const PLAIN: &str = "fn f(c: &desk_sdk::Client) { c.get_tickets(desk_sdk::tickets::GetTickets::new()); }";

/// Whether a text looks as people write: no empty lines in a row, no spaces at the ends of lines.
fn is_tidy(text: &str) -> bool {
    !text.contains("\n\n\n") && !text.lines().any(|line| line.ends_with(' '))
}

#[test]
fn a_name_that_no_operation_has_is_wrong() {
    let project = Project::of_main(&PLAIN.replace("}", "c.invoke(\"get_tickts\", x); }"));
    let Ran { code, out, .. } = project.audit(&[]);
    let wrong = "\nWrong (1):\n  src/main.rs:1:85 invoke in app::f: no operation is called `get_tickts` (did you mean get_tickets?)\n";
    assert!(code == Some(1) && out.contains(wrong) && !out.contains("Not to be seen"), "{out}");
    assert_eq!(project.json(&[])["wrong"][0]["line"], 1);
    assert!(project.audit(&["--sarif"]).out.contains("\"wrong-name\""));
}

#[test]
fn what_fails_says_why() {
    let project = Project::of_main(&PLAIN.replace("}", "c.invoke(name(), x); unknown().get_agent(y()); }"));
    let Ran { code, out, .. } = project.audit(&["--strict"]);
    let why = "--strict: this fails, since 1 unsure and 1 not to be seen are left to settle.";
    assert!(code == Some(1) && out.contains(why) && is_tidy(&out), "{out}");
    assert!(!project.audit(&[]).out.contains("--strict"));
    project.write("src/main.rs", "fn f(c: &desk_sdk::Client) { c.call(desk_sdk::tickets::SendReply::new(1)); }");
    project.audit(&["--fix"]);
    let lowered = project
        .read("desk-scopes.toml")
        .replace("\"outbound\"", "\"safe\"")
        .replace("granted = [", "granted = [\"Desk.x.READ\",");
    project.write(
        "desk-scopes.toml",
        &lowered.replace(
            "[operations]",
            "[operations]\nget_agents = []\nget_ticket = { scopes = [\"Desk.tickets.READ\"] }",
        ),
    );
    let Ran { code, out, .. } = project.audit(&["--granted", "Desk.contacts.READ"]);
    assert!(
        code == Some(1) && out.contains("  Riskier now (1):\n    send_reply is outbound now, and was safe\n"),
        "{out}"
    );
    assert!(is_tidy(&out), "{out}");
}

#[test]
fn the_file_is_told_before_what_is_missing() {
    let project = Project::of_main(PLAIN);
    project.audit(&["--fix", "--granted", "Desk.contacts.READ"]);
    let Ran { code, out, .. } = project.audit(&[]);
    assert!(code == Some(1) && is_tidy(&out), "{out}");
    assert!(out.find("As desk-scopes.toml says.") < out.find("Missing:"), "{out}");
    // Whoever looks for its organization needs a scope for that.
    let lookup = "A client without the organization's id also needs Desk.basic.READ or Desk.organization.READ";
    assert!(out.contains(lookup), "{out}");
    assert!(!project.audit(&["--organization-known"]).out.contains(lookup));
}

#[test]
fn nothing_to_find_is_told() {
    let project = Project::of_main(PLAIN);
    let Ran { code, out, .. } = project.audit(&["nowhere"]);
    assert!(code == Some(2) && out.contains("\nNot read (1):\n  nowhere: cannot be read"), "{out}");
    project.write("Cargo.toml", &MANIFEST.replace("desk-sdk", "serde"));
    let Ran { code, out, .. } = project.audit(&[]);
    assert!(code == Some(0) && out.contains("No Cargo.toml here depends on desk-sdk"), "{out}");
    project.write("Cargo.toml", MANIFEST);
    assert!(!project.audit(&[]).out.contains("depends on desk-sdk"));
}

#[test]
fn the_page_says_what_differs_and_may_be_printed() {
    let project = Project::of_main(PLAIN);
    project.audit(&["--fix"]);
    let exact = "Its scopes are exactly what it needs.";
    let Ran { code, out, .. } = project.audit(&["--html", "-"]);
    assert!(code == Some(0) && out.starts_with("<!DOCTYPE html>") && out.contains(exact) && out.ends_with("</html>\n"));
    assert!(!project.file("-").exists());
    let more = project.read("desk-scopes.toml").replace("[operations]", "[operations]\nget_ticket = []");
    project.write("desk-scopes.toml", &more);
    let Ran { code, out, .. } = project.audit(&["--html", "-"]);
    assert!(
        code == Some(1) && !out.contains(exact) && out.contains("Not as desk-scopes.toml says: get_ticket is gone")
    );
    // Of the tickets, only what is used gives its number and its colour.
    let cell = out.lines().find(|line| line.contains("data-family=\"tickets\" data-area=\"Desk.tickets\"")).unwrap();
    let cell = cell.split("<td>").find(|cell| cell.contains("data-area=\"Desk.tickets\"")).unwrap();
    assert!(cell.contains("class=\"safe used\"") && cell.contains(">1</button>"), "{cell}");
    assert!(cell.contains("var(--safe) 0% 100%") && !cell.contains("destructive"), "{cell}");
    let Ran { code, err, .. } = project.audit(&["--html", "-", "--json"]);
    assert!(code == Some(2) && err.contains("name a file"), "{err}");
}

#[test]
fn code_hosts_get_paths_of_the_repository_and_only_what_is_to_do() {
    let project = Project::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
        ("crates/bot/Cargo.toml", &format!("{MANIFEST}lib = {{ path = \"../lib\" }}\n")),
        ("crates/bot/src/main.rs", &format!("{PLAIN} fn g(c: &desk_sdk::Client) {{ c.invoke(name(), x); }}")),
        ("crates/lib/Cargo.toml", &MANIFEST.replace("app", "lib")),
        ("crates/lib/src/lib.rs", "pub fn h(c: &desk_sdk::Client) { c.get_agents(x); }"),
    ]);
    project.audit(&["crates/bot", "--fix"]);
    let known = project.read("crates/bot/desk-scopes.toml").replace("get_agents = {", "get_agent = {");
    project.write("crates/bot/desk-scopes.toml", &known);
    let log: Value = serde_json::from_str(&project.audit(&["crates/bot", "--sarif", "--granted", ""]).out).unwrap();
    let run = &log["runs"][0];
    assert!(run["originalUriBaseIds"]["%SRCROOT%"].is_object());
    let results = run["results"].as_array().unwrap();
    let mut uris: Vec<&str> = Vec::new();
    for result in results {
        let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(artifact["uriBaseId"], "%SRCROOT%");
        uris.push(artifact["uri"].as_str().unwrap());
        let rule = result["ruleId"].as_str().unwrap();
        let to_do = !["operation", "organization-lookup", "unneeded-scope", "broader-scope"].contains(&rule);
        let level = result["level"].as_str().unwrap();
        assert_eq!(["warning", "error"].contains(&level), to_do, "{rule}: {level}");
        let kind = if rule == "operation" { ("none", "informational") } else { (level, "fail") };
        assert_eq!((level, result["kind"].as_str().unwrap()), kind, "{rule}");
    }
    uris.sort_unstable();
    uris.dedup();
    assert_eq!(uris, ["crates/bot/desk-scopes.toml", "crates/bot/src/main.rs", "crates/lib/src/lib.rs"]);
}
