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
    assert!(code == Some(1) && out.contains(wrong) && !out.contains("Unseen ("), "{out}");
    assert_eq!(project.json(&[])["wrong"][0]["line"], 1);
    assert!(project.audit(&["--sarif"]).out.contains("\"wrong-name\""));
}

#[test]
fn a_folder_of_source_belongs_to_its_crate() {
    let project = Project::of_main("mod inner; fn main() {}\n");
    project.write("src/inner/mod.rs", "fn f(c: &desk_sdk::Client) { c.get_agents(x); }\n");
    project.write("samples/a.rs", "fn f(c: &desk_sdk::Client) { c.get_agents(x); }\n");
    for folder in ["src", "src/inner"] {
        let Ran { code, out, err } = project.audit(&[folder]);
        let told = format!("{folder}: is a part of the crate in {}", project.path().canonicalize().unwrap().display());
        assert!(code == Some(2) && format!("{out}{err}").contains(&told), "{out}{err}");
    }
    // What is beside the source need not be compiled with it.
    assert_eq!(project.operations(&["samples"]), ["get_agents"]);
}

#[test]
fn what_fails_says_why() {
    let project = Project::of_main(&PLAIN.replace("}", "c.invoke(name(), x); unknown().get_agent(y()); }"));
    let Ran { code, out, .. } = project.audit(&["--strict"]);
    let why = "--strict: this fails, since 1 unsure and 1 unseen are left to settle.";
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
    // The source names it, which does not compile.
    let undeclared =
        "src/main.rs:1:10: The source of app names desk_sdk, and its Cargo.toml does not depend on desk-sdk";
    assert!(code == Some(1) && out.contains(undeclared) && !out.contains("is this the right folder"), "{out}");
    assert!(project.audit(&["--sarif"]).out.contains("\"ruleId\": \"undeclared-sdk\""));
    project.write("src/main.rs", "mod desk_sdk { pub struct Client; } fn f(c: &desk_sdk::Client) {}");
    let lacks = "No Cargo.toml here depends on desk-sdk";
    for (arguments, expected) in [(&[][..], 0), (&["--strict"], 1)] {
        let Ran { code, out, .. } = project.audit(arguments);
        assert!(code == Some(expected) && out.contains(lacks), "{arguments:?} {out}");
    }
    project.write("src/main.rs", PLAIN);
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

#[test]
fn a_member_that_names_the_sdk_depends_on_it() {
    let member = |name: &str| MANIFEST.replace("app", name);
    let project = Project::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"bot\", \"report\"]\n"),
        ("bot/Cargo.toml", &member("bot")),
        ("bot/src/main.rs", PLAIN),
        ("report/Cargo.toml", "[package]\nname = \"report\"\n"),
        ("report/src/main.rs", "mod inner;"),
        ("report/src/inner.rs", "pub fn f() { c().call(desk_sdk::tickets::GetTicket::new(1)); }"),
    ]);
    let Ran { code, out, .. } = project.audit(&[]);
    assert!(code == Some(1) && out.contains("report/src/inner.rs:1:23: The source of report names desk_sdk"), "{out}");
    // By whatever name it depends on it.
    for dependency in ["desk-sdk = \"0.1\"", "desk_sdk = { package = \"desk-sdk\", version = \"0.1\" }"] {
        project.write("report/Cargo.toml", &format!("[package]\nname = \"report\"\n[dependencies]\n{dependency}\n"));
        let Ran { code, out, .. } = project.audit(&["--strict"]);
        assert!(code == Some(0) && out.contains("get_ticket "), "{out}");
    }
}

#[test]
fn a_path_that_the_client_refuses_is_wrong() {
    let call = |path: &str| format!("fn f(c: &desk_sdk::Client) {{ c.request(desk_sdk::Method::Get, \"{path}\"); }}");
    for (path, rule) in [
        ("/api/v1/tickets/", "it takes a path without a trailing slash"),
        ("/api/v1/tickets?limit=1", "it takes only a path: set parameters with `query`"),
        ("api/v1/tickets", "it takes a path on the service's host"),
        ("/api/v1/../tickets", "it takes a path without parts that are only dots"),
    ] {
        let project = Project::of_main(&call(path));
        let Ran { code, out, .. } = project.audit(&[]);
        let wrong = format!("request in app::f: the client refuses the path `{path}`: {rule}");
        assert!(code == Some(1) && out.contains("\nWrong (1):\n") && out.contains(&wrong), "{out}");
        assert!(!out.contains("no request was made") && !out.contains("Unseen"), "{out}");
        assert!(project.audit(&["--sarif"]).out.contains("\"ruleId\": \"wrong-path\""));
    }
    let Ran { code, out, .. } = Project::of_main(&call("/api/v1/nothing/at/all/there")).audit(&[]);
    assert!(code == Some(0) && out.contains("\nUnseen (1):\n"), "{out}");
}

/// Whatever a part is that is made at run time, what stands around it may be refused.
#[test]
fn a_path_that_can_only_be_refused_is_wrong_even_if_a_part_is_made_at_run_time() {
    for (path, told) in [
        (
            "/api/v1/tickets/{id}/",
            "the client refuses the path `/api/v1/tickets/{}/`: it takes a path without a trailing",
        ),
        ("/api/v1/tickets/{id}?limit=1", "it takes only a path: set parameters with `query`"),
        ("https://desk.zoho.eu/{path}", "it takes a path on the service's host"),
        ("{base}/tickets", "its path is made at run time: {}/tickets, from `{base}/tickets`"),
        ("/api/v1/{path}/at/all", "its path is made at run time: /api/v1/{}/at/all, from `/api/v1/{path}/at/all`"),
    ] {
        let main = format!("fn f(c: &desk_sdk::Client) {{ c.request(desk_sdk::Method::Get, format!(\"{path}\")); }}");
        let Ran { code, out, .. } = Project::of_main(&main).audit(&[]);
        let (is_wrong, is_unseen) = (out.contains("\nWrong (1):\n"), out.contains("\nUnseen (1):\n"));
        assert!(out.contains(told) && is_wrong != is_unseen, "{out}");
        assert_eq!((is_wrong, code), (told.contains("it takes"), Some(i32::from(is_wrong))), "{out}");
    }
}

#[test]
fn what_is_made_at_run_time_is_told_by_its_variable_or_its_pattern() {
    for (argument, told) in [
        ("name", ", from `name`"),
        ("name.trim().to_lowercase().as_str()", ", from `name.trim().to_lowercase().as_str()`"),
        ("&tools.names[0]", ", from `tools.names[…]`"),
        ("&std::env::var(\"A\").unwrap()", ", from `std::env::var(…).unwrap()`"),
        ("&format!(\"get_{name}\")", ", from `get_{name}`"),
        ("&{ let made = format!(\"get_{}\", name); made }", ", as `get_{}`"),
    ] {
        let main = format!("fn f(c: &desk_sdk::Client, name: &str, tools: &Tools) {{ c.invoke({argument}, x); }}");
        let out = Project::of_main(&main).audit(&[]).out;
        assert!(out.contains(&format!("the operation's name is made at run time{told}\n")), "{argument}: {out}");
    }
}

#[test]
fn parts_that_are_none_are_left_out() {
    let Ran { out, .. } = Project::of_main(&PLAIN.replace("}", "c.invoke(name(), x); }")).audit(&["--strict"]);
    assert!(out.contains("--strict: this fails, since 1 unseen is left to settle.") && !out.contains("0 "), "{out}");
}

#[test]
fn files_outside_of_the_folder_have_whole_addresses() {
    let (here, there) = (Project::new(&[]), Project::of_main(PLAIN));
    let log: Value = serde_json::from_str(&here.audit(&[there.path().to_str().unwrap(), "--sarif"]).out).unwrap();
    let artifact = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    let uri = artifact["uri"].as_str().unwrap();
    assert!(uri.starts_with("file:///") && uri.ends_with("/src/main.rs") && artifact["uriBaseId"].is_null(), "{uri}");
}
