//! Whatever is wrong is said clearly, with what to do, and what was there stays.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::common::{Desk, Ran, bare, ids, ran};
use desk_mock::Fault;
use serde_json::{Value, json};

/// The text of an error, with the exit code.
#[track_caller]
fn assert_told(ran: &Ran, code: i32, parts: &[&str]) {
    assert_eq!(ran.code, Some(code), "{ran:#?}");
    for part in parts {
        assert!(ran.err.contains(part), "{part:?} is not in {}", ran.err);
    }
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}

/// Everything below a folder, with its content.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(content(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_not_known_is_refused_with_the_likely_name() {
    let desk = Desk::start();
    assert_told(&desk.export(&["--resources", "ticket"]), 2, &["no resource \"ticket\"", "did you mean tickets?"]);
    let children = desk.export(&["--resources", "tickets", "--children", "thread"]);
    assert_told(&children, 2, &["did you mean threads?"]);
    assert_told(&desk.export(&["--operation", "get_tikets"]), 2, &["get_tickets"]);
    let argument = desk.export(&["--operation", "get_agents", "--arguments", "{\"stauts\": \"ACTIVE\"}"]);
    assert_told(&argument, 2, &["stauts", "did you mean \"status\""]);
    assert_told(&desk.export(&["--operation", "get_agents", "--arguments", "[1]"]), 2, &["not a JSON object"]);
    assert_told(&desk.export(&["--operation", "get_agents", "--arguments", "{"]), 2, &["--arguments is not JSON"]);
    assert_told(&desk.export(&["--operation", "get_pin_removal"]), 2, &["may change something"]);
    assert_told(
        &desk.export(&["--operation", "get_ticket", "--arguments", "{\"ticketId\": \"1\"}"]),
        2,
        &["get_ticket does not answer with a list"],
    );
    assert_told(&desk.export(&["--format", "xlsx"]), 2, &["write parquet, csv or jsonl"]);
    assert_told(&desk.export(&["--since", "yesterday"]), 2, &["it is not a time"]);
    assert_told(&desk.export(&["--resources", "roles", "--files"]), 2, &["no attachments with files of roles"]);
    let with = "Resources with files: ";
    let files = ["--resources", "contacts", "--children", "attachments", "--files"];
    assert_told(&desk.export(&files), 2, &["there are no files of contacts_attachments", with, "tickets"]);
    assert_told(&desk.export(&["--resources", "tickets", "--files"]), 2, &["add that", with]);
    let query = desk.export(&["--operation", "get_views", "--arguments", "{\"departmentId\": \"7\"}"]);
    assert_told(&query, 2, &["get_views needs module", "--arguments '{\"departmentId\":\"7\",\"module\":\"…\"}'"]);
    assert_told(&desk.export(&["--operation", "get_ticket"]), 2, &["get_ticket does not answer with a list"]);
    assert_told(&desk.export(&["--resources", "tickets,,contacts"]), 2, &["has an empty name"]);
    let words = desk.export(&["--resources", "tickets contacts"]);
    assert_told(&words, 2, &["use commas: --resources tickets,contacts"]);
    assert_told(&ran(bare().arg("export")), 2, &["--to"]);
    assert!(!desk.to().exists() || content(&desk.to()).iter().all(|(_, bytes)| bytes.len() < 10_000));
}

#[test]
fn folders_that_cannot_be_used_are_told() {
    let desk = Desk::start();
    fs::write(desk.to(), "mine").unwrap();
    let to = desk.to().display().to_string();
    assert_told(
        &desk.export(&["--resources", "roles"]),
        2,
        &[&to, "is a file, not a folder; move it away, or choose another folder"],
    );
    assert_eq!(fs::read(desk.to()).unwrap(), b"mine");
    let below = desk.to().join("export");
    let command = &mut desk.command(&["--resources", "roles"]);
    assert_told(&ran(command.arg("--to").arg(&below)), 2, &[&to]);
    // Root may write anywhere but here.
    if cfg!(target_os = "linux") {
        let command = &mut desk.command(&["--resources", "roles"]);
        let refused = ran(command.args(["--to", "/proc/export"]));
        assert!(matches!(refused.code, Some(1 | 2)) && refused.err.contains("/proc/export"), "{refused:?}");
    }
}

#[test]
fn manifests_that_do_not_fit_are_told_and_stay() {
    let desk = Desk::start();
    desk.exported(&["--resources", "tickets"]);
    let path = desk.to().join("manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    let before = content(&desk.to());
    let manifest: Value = serde_json::from_str(&text).unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut manifest = manifest.clone();
        change(&mut manifest);
        manifest.to_string()
    };
    let other = |operation: &str| {
        changed(&|manifest| {
            let tickets = &mut manifest["resources"]["tickets"];
            tickets["finished"] = json!(false);
            tickets["position"]["call"] = json!(0);
            tickets["position"]["position"]["operation"] = json!(operation);
        })
    };
    let cases: [(String, &[&str]); 8] = [
        (changed(&|manifest| manifest["owner"]["organization"] = json!("7")), &["organization 7", "another folder"]),
        (changed(&|manifest| manifest["owner"]["address"] = json!("https://desk.zoho.eu")), &["https://desk.zoho.eu"]),
        (changed(&|manifest| manifest["version"] = json!(99)), &["its format is 99", "newer version"]),
        (text[..text.len() / 2].to_owned(), &["it is not JSON", "restore it from a copy"]),
        ("{}".to_owned(), &["no version"]),
        (changed(&|manifest| manifest["resources"]["tickets"]["position"] = json!(7)), &["position of tickets"]),
        (other("search_contacts"), &["the position belongs to search_contacts"]),
        (
            changed(&|manifest| manifest["resources"]["tickets"]["operation"] = json!("get_agents")),
            &["tickets was exported with get_agents"],
        ),
    ];
    for (manifest, parts) in cases {
        fs::write(&path, &manifest).unwrap();
        for option in ["--resume", "--since=last"] {
            // A position that is not finished cannot be asked for changes.
            if option == "--resume" || !manifest.contains("\"finished\":false") {
                assert_told(&desk.export(&["--resources", "tickets", option]), 2, parts);
                assert_eq!(fs::read_to_string(&path).unwrap(), manifest);
            }
        }
    }
    fs::write(&path, &text).unwrap();
    let after: Vec<_> = content(&desk.to());
    assert_eq!(before, after);
    assert_told(
        &desk.export(&["--resources", "tickets", "--format", "csv", "--resume"]),
        2,
        &["as parquet, not as csv: --format parquet goes on with it"],
    );
    assert_told(&desk.export(&["--resources", "tickets"]), 2, &["exported to", "already", "--since last"]);
    let file = desk.to().join(manifest["resources"]["tickets"]["files"][0]["path"].as_str().unwrap());
    fs::remove_file(&file).unwrap();
    assert_told(&desk.export(&["--resources", "tickets", "--resume"]), 2, &["which is missing"]);
}

#[test]
fn what_is_not_finished_needs_to_be_resumed() {
    let desk = Desk::start();
    desk.exported(&["--resources", "tickets", "--limit", "3"]);
    assert_told(&desk.export(&["--resources", "tickets"]), 2, &["is not finished", "--resume"]);
    assert_told(&desk.export(&["--resources", "tickets", "--since", "last"]), 2, &["is not finished", "--resume"]);
    assert_eq!(desk.rows("tickets").len(), 3);
}

#[test]
fn tokens_that_are_refused_are_told_without_showing_them() {
    let desk = Desk::start();
    let mut command = desk.command(&["--resources", "tickets"]);
    let secret = "1000.0123456789abcdef0123456789abcdef.fedcba9876543210";
    let refused = ran(command.arg("--to").arg(desk.to()).env("DESK_TOKEN", secret));
    assert_told(&refused, 3, &["INVALID_OAUTH"]);
    assert!(!refused.err.contains(secret) && !refused.out.contains(secret));
    let none = ran(desk.command(&["--resources", "tickets"]).arg("--to").arg(desk.to()).env_remove("DESK_TOKEN"));
    assert_told(&none, 2, &["set DESK_TOKEN", "--token-store"]);
    let store = desk.folder.path().join("token.json");
    let mut command = desk.command(&["--resources", "tickets", "--token-store"]);
    let no_client = ran(command.arg(&store).arg("--to").arg(desk.to()).env_remove("DESK_TOKEN"));
    assert_told(&no_client, 2, &["set DESK_CLIENT_ID"]);
}

#[test]
fn a_token_store_gives_tokens_that_renew_themselves() {
    let desk = Desk::start();
    let client = desk.server.register_client();
    let refresh = desk.server.refresh_token(&client, desk.server.every_scope());
    let store = desk.folder.path().join("token.json");
    for first in [true, false] {
        let mut command = desk.command(&["--resources", "roles", "--resume", "--token-store"]);
        command.arg(&store).arg("--to").arg(desk.to()).env_remove("DESK_TOKEN").env_remove("DESK_SCOPES");
        command.env("DESK_CLIENT_ID", &client.id).env("DESK_CLIENT_SECRET", &client.secret);
        if first {
            command.env("DESK_REFRESH_TOKEN", &refresh);
        }
        let ran = ran(&mut command);
        assert_eq!(ran.code, Some(0), "{ran:#?}");
        assert!(!format!("{ran:?}").contains(&refresh) && !format!("{ran:?}").contains(&client.secret));
    }
    assert!(desk.server.refreshes() > 0);
}

#[test]
fn missing_scopes_are_told_before_anything_is_read() {
    let desk = Desk::start();
    let with = |scopes: &str, arguments: &[&str]| {
        let mut command = desk.command(&["--resources", "tickets,contacts", "--organization"]);
        command.arg(desk.server.organization()).args(arguments).arg("--to").arg(desk.to());
        ran(command.env("DESK_SCOPES", scopes))
    };
    let calls = desk.server.requests().len();
    let refused = with("Desk.tickets.READ,Desk.search.READ", &[]);
    assert_told(&refused, 3, &["contacts: get_contacts needs Desk.contacts.READ\n", "--where-known"]);
    assert_eq!((desk.server.requests().len(), desk.to().exists()), (calls, false));
    let both = with("Desk.tickets.READ", &[]);
    let needs =
        "contacts: get_contacts needs Desk.contacts.READ, and Desk.search.READ for more than some 5,000 records";
    assert_told(&both, 3, &[needs]);
    let skipped = with("Desk.tickets.READ", &["--where-known"]);
    assert_told(&skipped, 0, &["contacts: skipped", "needs Desk.contacts.READ", "export with get_tickets, by index"]);
    assert!(skipped.err.contains("needs Desk.search.READ"), "{skipped:?}");
    assert!(
        skipped.err.contains("complete: 1 resource is in ") && skipped.err.contains("; 1 was skipped"),
        "{skipped:?}"
    );
    assert_eq!(ids(&desk.rows("tickets")), ids(&desk.server.records("tickets")));
    // Scopes that only the server knows to be missing.
    let token = desk.server.token(["Desk.tickets.READ", "Desk.search.READ"]);
    let mut command = desk.command(&["--resources", "tickets,contacts", "--resume", "--organization"]);
    command.arg(desk.server.organization()).arg("--to").arg(desk.to()).env("DESK_TOKEN", &token);
    assert_told(&ran(&mut command), 3, &["contacts", "SCOPE_MISMATCH"]);
    assert_told(&ran(command.arg("--where-known")), 0, &["contacts: skipped"]);
}

#[test]
fn a_list_that_is_too_long_says_what_reads_all_of_it() {
    let desk = Desk::start();
    desk.server.fill("tickets", 5_300);
    let with = |scopes: &str, arguments: &[&str]| {
        let mut command = desk.command(&["--resources", "tickets", "--organization", desk.server.organization()]);
        command.args(arguments).arg("--to").arg(desk.to());
        ran(command.env("DESK_SCOPES", scopes))
    };
    let way =
        "get_tickets gives at most some 5,000 records; search_tickets reads any number and needs Desk.search.READ";
    let dry = with("Desk.tickets.READ", &["--dry-run"]);
    assert_told(&dry, 0, &[&format!("warning: tickets: {way}")]);
    let short = with("Desk.tickets.READ", &["--file-rows", "1000"]);
    assert_told(&short, 2, &["tickets cannot be read further", way, "to a new folder"]);
    let rows = desk.rows("tickets").len();
    assert!(rows > 4_900 && rows < 5_300, "{rows}");
    desk.assert_whole();
    let calls = desk.server.requests().len();
    // More scopes do not change how it was begun.
    for scopes in ["Desk.tickets.READ", "Desk.tickets.READ Desk.search.READ"] {
        assert_told(&with(scopes, &["--resume"]), 2, &["tickets cannot be read further", way, "to a new folder"]);
    }
    assert_eq!((desk.server.requests().len(), desk.rows("tickets").len()), (calls, rows));
    let operation = ["--operation", "get_tickets", "--to"];
    let other = ran(desk.command(&operation).arg(desk.to().join("other")));
    assert_told(&other, 2, &["export --resources tickets to a new folder"]);
}

#[test]
fn scopes_that_are_not_known_are_told_once() {
    let desk = Desk::start();
    let with = |scopes: &str, arguments: &[&str]| {
        let mut command = desk.command(&["--resources", "roles,departments,teams", "--dry-run"]);
        ran(command.args(arguments).env("DESK_SCOPES", scopes).arg("--to").arg(desk.to()))
    };
    let unknown = with("", &[]);
    assert_told(&unknown, 0, &["set DESK_SCOPES"]);
    assert_eq!(unknown.err.matches("scopes are not known").count(), 1, "{unknown:?}");
    let scopes = "Desk.permissions.READ Desk.departments.READ Desk.teams.READ";
    let organization = with(scopes, &[]);
    assert_told(&organization, 3, &["an organization", "name it with --organization ID"]);
    assert!(!organization.err.contains(".organization("), "{organization:?}");
    assert_told(&with(scopes, &["--organization", desk.server.organization()]), 0, &["teams"]);
}

#[test]
fn credits_that_are_spent_end_an_export_that_can_be_continued() {
    let desk = Desk::start();
    desk.server.fill("tickets", 1_500);
    desk.server.count_credits(true);
    desk.server.set_credits(40);
    let floor = desk.export(&["--resources", "tickets", "--credit-floor", "15"]);
    assert_told(&floor, 4, &["15 in reserve", "--resume"]);
    let some = desk.rows("tickets").len();
    assert!(some > 0 && some < 1_500, "{some}");
    desk.assert_whole();
    let spent = desk.export(&["--resources", "tickets", "--resume"]);
    assert_told(&spent, 4, &["credits are spent", "--resume"]);
    let more = desk.rows("tickets").len();
    assert!(more > some && more < 1_500, "{more}");
    desk.server.set_credits(10_000);
    desk.exported(&["--resources", "tickets", "--resume"]);
    assert_eq!(ids(&desk.rows("tickets")), ids(&desk.server.records("tickets")));
}

#[test]
fn a_server_that_fails_ends_an_export_that_can_be_continued() {
    let desk = Desk::start();
    desk.server.fill("tickets", 500);
    desk.exported(&["--resources", "tickets", "--limit", "100"]);
    desk.server.fault_times("search_tickets", 1, Fault::Status(400));
    let failed = desk.export(&["--resources", "tickets", "--resume"]);
    assert_told(&failed, 1, &["cannot read tickets", "400"]);
    assert_eq!(desk.rows("tickets").len(), 100);
    desk.exported(&["--resources", "tickets", "--resume"]);
    assert_eq!(ids(&desk.rows("tickets")), ids(&desk.server.records("tickets")));
}

#[test]
fn a_server_that_is_gone_is_told() {
    let desk = Desk::start();
    desk.exported(&["--resources", "tickets", "--limit", "5"]);
    let mut command = desk.command(&["--resources", "tickets", "--resume", "--organization"]);
    command.arg(desk.server.organization()).arg("--to").arg(desk.to());
    let before = content(&desk.to());
    let to = desk.to();
    let _folder = desk.stop();
    let gone = ran(&mut command);
    assert_told(&gone, 1, &["got no answer"]);
    assert_eq!(before, content(&to));
}

#[test]
fn an_export_keeps_others_out_of_its_folder() {
    let desk = Desk::start();
    desk.server.fill("tickets", 1_000);
    let mut command = desk.command(&["--resources", "tickets"]);
    let mut first = command.arg("--to").arg(desk.to()).stderr(std::process::Stdio::null()).spawn().unwrap();
    while !desk.to().join("manifest.json").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_told(&desk.export(&["--resources", "roles"]), 2, &["another export is writing"]);
    assert!(first.wait().unwrap().success());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_what_was_there_stays() {
    let desk = Desk::start();
    desk.server.fill("tickets", 800);
    desk.exported(&["--resources", "tickets", "--limit", "200", "--file-rows", "100", "--format", "jsonl"]);
    let before = content(&desk.to());
    // Files may not grow beyond 200 blocks of 512 bytes; writing more fails, as on a full disk.
    let inner = desk.command(&["--resources", "tickets", "--resume", "--format", "jsonl"]);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$@\"", "sh"]).arg(inner.get_program());
    command.args(inner.get_args()).arg("--to").arg(desk.to());
    command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let full = ran(&mut command);
    assert_told(&full, 1, &["cannot write", "tickets-0000"]);
    let after: Vec<_> = content(&desk.to());
    assert!(before.iter().filter(|(path, _)| !path.ends_with("manifest.json")).all(|file| after.contains(file)));
    desk.assert_whole();
    assert_eq!(desk.rows("tickets").len(), 200);
    desk.exported(&["--resources", "tickets", "--resume", "--format", "jsonl"]);
    assert_eq!(ids(&desk.rows("tickets")), ids(&desk.server.records("tickets")));
}
