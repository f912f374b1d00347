//! The command: its answers, its exit codes, and `desk-scopes.toml`.

use crate::project::{MANIFEST, Project, Ran};

const MAIN: &str = r#"
use desk_sdk::tickets::{DeleteAttachment, GetTickets};
use desk_sdk::Client;

async fn run(client: &Client, name: &str) -> desk_sdk::Result<()> {
    client.get_tickets(GetTickets::new()).await?;
    client.invoke(name, serde_json::json!({})).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    fn removed(client: &desk_sdk::Client) {
        client.delete_attachment(super::DeleteAttachment::new("1", "2", "3"));
    }
}
"#;

/// The same without what cannot be seen.
const PLAIN: &str = "fn f(c: &desk_sdk::Client) { c.get_tickets(desk_sdk::tickets::GetTickets::new()); }";

#[test]
fn the_answer_has_places_scopes_and_what_is_not_settled() {
    let project = Project::of_main(MAIN);
    let Ran { code, out, err } = project.audit(&[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for part in [
        "1 operation in 1 file; highest risk: safe.",
        "get_tickets (safe) needs Desk.tickets.READ\n  src/main.rs:6:12 method in app::run\n",
        "Only in tests, examples and benchmarks (--tests counts them): delete_attachment",
        "Unseen (1):\n  src/main.rs:7:12 invoke in app::run: the operation's name is made at run time, from `name`",
        "Smallest scopes: Desk.organization.READ Desk.tickets.READ\n",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    let known = project.audit(&["--organization-known"]).out;
    assert!(known.contains("Smallest scopes: Desk.tickets.READ\n"), "{known}");
    let tests = project.json(&["--tests"]);
    assert_eq!(tests["highest_risk"], "destructive");
    assert_eq!(tests["operations"][0]["places"][0]["test"], true);
    assert_eq!(project.audit(&["--strict"]).code, Some(1));
}

#[test]
fn what_is_missing_or_too_much_is_told() {
    let project = Project::of_main(PLAIN);
    for (granted, code, part) in [
        ("Desk.tickets.READ Desk.basic.READ", 0, "1 of 1 operation covered."),
        ("Desk.contacts.ALL", 1, "get_tickets needs Desk.tickets.READ"),
        ("Desk.tickets.ALL", 0, "Desk.tickets.ALL: Desk.tickets.READ is enough"),
    ] {
        let Ran { code: got, out, .. } = project.audit(&["--granted", granted]);
        assert!(got == Some(code) && out.contains(part), "{granted}: {got:?} {out}");
    }
    assert_eq!(project.json(&["--granted", "Desk.contacts.ALL"])["check"]["unneeded"][0], "Desk.contacts.ALL");
}

#[test]
fn the_file_is_written_and_compared_with() {
    let project = Project::of_main(PLAIN);
    let Ran { code, err, .. } = project.audit(&["--fix"]);
    assert!(code == Some(0) && err.contains("is written"), "{err}");
    let text = project.read("desk-scopes.toml");
    assert!(text.contains("get_tickets = { scopes = [\"Desk.tickets.READ\"], risk = \"safe\" }"), "{text}");
    assert!(project.audit(&[]).out.contains("As desk-scopes.toml says."));
    // Nothing is written that is there.
    assert!(project.audit(&["--fix"]).err.contains("is as it should be"));
    assert_eq!(project.read("desk-scopes.toml"), text);

    // Another operation, which needs other scopes.
    project.write(
        "src/main.rs",
        "fn f(c: &desk_sdk::Client) { c.update_ticket(desk_sdk::tickets::UpdateTicket::new(1)); }",
    );
    let Ran { code, out, .. } = project.audit(&[]);
    assert_eq!(code, Some(1));
    for part in [
        "New (1):\n    update_ticket: Desk.tickets.UPDATE",
        "Gone (1):\n    get_tickets",
        "update_ticket needs Desk.tickets.UPDATE",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    // What it needed, and how risky it was, may have been otherwise.
    project.write("src/main.rs", PLAIN);
    for (from, to, part) in [
        ("scopes = [\"Desk.tickets.READ\"]", "scopes = [\"Desk.tickets.UPDATE\"]", "May need other scopes now (1):"),
        (
            "scopes = [\"Desk.tickets.READ\"]",
            "scopes = [\"Desk.tickets.READ + Desk.basic.READ\"]",
            "Accept more scopes now (1):",
        ),
        ("risk = \"safe\"", "risk = \"destructive\"", ""),
    ] {
        project.write("desk-scopes.toml", &text.replace(from, to));
        let Ran { code, out, .. } = project.audit(&[]);
        assert_eq!((code, out.contains(part)), (Some(if part.is_empty() { 0 } else { 1 }), true), "{out}");
    }
    project.write("src/main.rs", "fn f(c: &desk_sdk::Client) { c.call(desk_sdk::tickets::SendReply::new(1)); }");
    project.audit(&["--fix"]);
    let lowered = project.read("desk-scopes.toml").replace("risk = \"outbound\"", "risk = \"write\"");
    project.write("desk-scopes.toml", &lowered);
    let Ran { code, out, .. } = project.audit(&[]);
    assert!(code == Some(1) && out.contains("send_reply is outbound now, and was write"), "{out}");
}

#[test]
fn people_accept_what_cannot_be_seen() {
    let project = Project::of_main(MAIN);
    let allow = |operations: &str| {
        format!(
            "[operations]\n\n[[allow]]\nfile = \"src/main.rs\"\nfunction = \"app::run\"\ncall = \"invoke\"\n\
             operations = {operations}\nreason = \"a \\\"list\\\" is checked\"\n"
        )
    };
    project.write("desk-scopes.toml", &allow("[\"get_agents\", \"getContacts\"]"));
    assert!(project.audit(&[]).err.contains("did you mean get_contacts?"));
    project.write("desk-scopes.toml", &allow("[\"get_agents\"]"));
    assert_eq!(project.audit(&["--fix"]).code, Some(0));
    assert_eq!(project.audit(&["--strict"]).code, Some(0));
    assert_eq!(project.operations(&[]), ["get_agents", "get_tickets"]);
    let text = project.read("desk-scopes.toml");
    assert!(text.contains("function = \"app::run\"") && text.contains("is checked"), "{text}");
    // Where nothing is any longer, the entry is told.
    project.write("src/main.rs", PLAIN);
    assert!(project.audit(&[]).out.contains("[[allow]] for invoke in src/main.rs app::run belongs to nothing"));
    for (from, to, part) in [
        ("reason = ", "because = ", "`because` is unknown"),
        ("call = \"invoke\"", "", "has no `call`"),
        ("operations = [\"get_agents\"]", "", "has no `operations`"),
        ("[[allow]]", "[allow]", "`allow` is not a list of tables"),
    ] {
        project.write("desk-scopes.toml", &text.replace(from, to));
        let Ran { code, err, .. } = project.audit(&[]);
        assert!(code == Some(2) && err.contains(part), "{part}: {err}");
    }
}

#[test]
fn what_is_unsure_adds_no_scope_until_it_is_accepted() {
    let project = Project::of_main(&format!(
        "{PLAIN}\nfn g() {{ unknown().get_agent(argument()); }} fn h(c: &desk_sdk::Client) {{}}"
    ));
    let verdict = project.json(&[]);
    assert_eq!(
        (verdict["unsure"][0]["operation"].as_str(), verdict["operations"].as_array().unwrap().len()),
        (Some("get_agent"), 1)
    );
    assert_eq!(verdict["smallest_scopes"].as_array().unwrap().len(), 2);
    let allow =
        "[operations]\n[[allow]]\nfile = \"src/main.rs\"\ncall = \"get_agent\"\noperations = []\nreason = \"no\"\n";
    project.write("desk-scopes.toml", allow);
    assert_eq!(project.json(&[])["unsure"].as_array().unwrap().len(), 0);
    assert_eq!(project.operations(&[]), ["get_tickets"]);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_audited() {
    let project = Project::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\", \"gone\"]\n"),
        ("crates/a/Cargo.toml", MANIFEST),
        ("crates/a/src/main.rs", &format!("mod broken;\nmod missing;\n{PLAIN}")),
        ("crates/a/src/broken.rs", "fn f( {\n"),
        ("crates/b/Cargo.toml", "[package\nname = 1\n"),
        ("crates/a/src/nobody.rs", PLAIN),
    ]);
    let Ran { code, out, .. } = project.audit(&[]);
    assert_eq!(code, Some(2));
    for part in [
        "get_tickets (safe)",
        "crates/a/src/broken.rs:1:7: is not Rust that can be read",
        "crates/a/src/main.rs:2:5: the module `missing` has no file",
        "crates/b/Cargo.toml:1:9: is not TOML",
        "names the member `gone`, which has no Cargo.toml",
        "No target leads to 1 other file.",
    ] {
        assert!(out.contains(part), "{part}\n{out}");
    }
    let Ran { code, err, .. } = project.audit(&["--fix"]);
    assert!(code == Some(2) && err.contains("is not written"), "{err}");
    assert!(!project.file("desk-scopes.toml").exists());
    let Ran { code, out, .. } = project.audit(&["nowhere"]);
    assert!(code == Some(2) && out.contains("nowhere: cannot be read"), "{out}");
}

#[test]
fn manifests_say_what_is_built_and_how_the_sdk_is_called() {
    let call = |name: &str, operation: &str, parameters: &str| {
        format!("fn f(c: &{name}::Client) {{ c.{operation}({name}::tickets::{parameters}::new(1)); }}")
    };
    let project = Project::new(&[
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"apps/*\", \"lib\"]\nexclude = [\"apps/old\"]\n\
             [workspace.dependencies]\nzoho = { package = \"desk-sdk\", version = \"0.1\", features = [\"data\"] }\n\
             own = { path = \"lib\", package = \"own-lib\" }\n",
        ),
        (
            "lib/Cargo.toml",
            "[package]\nname = \"own-lib\"\n[lib]\nname = \"kept\"\npath = \"code/root.rs\"\n[dependencies]\nzoho.workspace = true\n",
        ),
        ("lib/code/root.rs", "pub use zoho as sdk;\npub mod inner;\n"),
        ("lib/code/inner.rs", "pub type Desk = super::sdk::Client;"),
        (
            "apps/a/Cargo.toml",
            "[package]\nname = \"a\"\n[target.'cfg(unix)'.dependencies]\nown.workspace = true\n[[bin]]\nname = \"x\"\npath = \"other.rs\"\n",
        ),
        ("apps/a/other.rs", "fn f(c: own::inner::Desk) { c.get_ticket(own::sdk::tickets::GetTicket::new(1)); }"),
        ("apps/a/src/bin/y/main.rs", "use own::inner::*; fn f(c: Desk) { c.move_ticket(p); }"),
        ("apps/a/examples/z.rs", "fn f(c: own::inner::Desk) { c.get_threads(p); }"),
        ("apps/a/build.rs", "fn f(c: own::inner::Desk) { c.get_ticket_history(p); }"),
        ("apps/old/Cargo.toml", MANIFEST),
        ("apps/old/src/main.rs", &call("desk_sdk", "delete_ticket_comment", "DeleteTicketComment")),
        ("apps/b/Cargo.toml", "[package]\nname = \"b\"\n[dependencies]\nother = \"1\"\n"),
        (
            "apps/b/src/main.rs",
            "fn f() { client.get_agent(x); thing().get_agents(y()); other::Client::get_agents(z()); }",
        ),
        ("target/debug/x.rs", &call("desk_sdk", "get_ticket", "GetTicket")),
    ]);
    assert_eq!(project.operations(&[]), ["get_ticket", "get_ticket_history", "move_ticket"]);
    let verdict = project.json(&["--tests"]);
    assert_eq!(verdict["operations"].as_array().unwrap().len(), 4);
    assert_eq!((verdict["problems"].as_array().unwrap().len(), verdict["unsure"].as_array().unwrap().len()), (0, 0));
    // Only one file of it, and only one crate.
    assert_eq!(project.operations(&["apps/a/build.rs"]), ["get_ticket_history"]);
    assert_eq!(project.operations(&["apps/b", "lib/Cargo.toml"]), [""; 0]);
}
