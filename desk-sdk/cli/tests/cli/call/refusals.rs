//! What is wrong is said before anything is sent, with what to do.

use crate::common::{Desk, bare, ran};

#[test]
fn words_that_cannot_be_understood_are_told() {
    let desk = Desk::start();
    for (words, parts) in [
        (&[][..], &["Usage: desk call <OPERATION>"][..]),
        (&["get_tikets"], &["there is no operation 'get_tikets' (did you mean get_tickets?)", "desk find"]),
        (
            &["get_tickets", "--limti", "5"],
            &["get_tickets has no option '--limti'; did you mean --limit?", "--sort-by"],
        ),
        (&["get_tickets", "--xyzzyxyzzy", "5"], &["has no option '--xyzzyxyzzy'. It has --"]),
        (&["create_ticket", "--clear", "xyzzyxyzzy", "--show"], &["has no field 'xyzzyxyzzy'. It has "]),
        (&["get_tickets", "--outptu", "csv"], &["did you mean --output?"]),
        (&["get_tickets", "--limit"], &["a value is required for '--limit <NUMBER>'"]),
        (&["get_tickets", "--limit", "1", "--limit", "2"], &["cannot be used multiple times"]),
        (&["get_tickets", "--limit", "500"], &["limit must be at most 100, but is 500; no request was made"]),
        (&["get_tickets", "--limit", "many"], &["limit must be a whole number"]),
        (&["get_tickets", "--output", "xml"], &["invalid value 'xml'", "table, json, jsonl, csv"]),
        (&["get_tickets", "7"], &["get_tickets has no place for '7'", "--department-ids 7"]),
        (&["delete_ticket", "7"], &["delete_ticket has no place for '7'", "--ticket-ids 7"]),
        (&["get_tickets", "--limit", "0"], &["limit must be at least 1", "--all"]),
        (&["get_tickets", "--limit", "-1"], &["limit must be at least 1", "but is -1"]),
        (&["get_tickets", "--json", "{\"limit\": 0}"], &["limit must be at least 1"]),
        (&["get_tickets", "--from", "-1"], &["from must be at least 0"]),
        (
            &["update_ticket", "7", "--due-date", "tomorrow"],
            &["dueDate must be a time such as 2024-05-14T09:30:00.000Z"],
        ),
        (&["search_tickets", "--created-time-range", "tomorrow"], &["createdTimeRange must be two date-times"]),
        (&["get_tickets", "--at-most", "3"], &["--at-most 3 is the total", "add --all"]),
        (&["get_tickets", "--all", "--at-most", "0"], &["write a whole number from 1 on"]),
        (&["create_ticket_attachment", "7", "--cf-x", "1"], &["has no option '--cf-x'"]),
        (&["get_tickets", "--organization", "x"], &["organization's id must consist of digits"]),
        (&["get_ticket"], &["ticketId is required"]),
        (&["get_ticket", "7", "8"], &["unexpected value '8'"]),
        (&["get_ticket", "7", "--ticket-id", "8"], &["'7' is more than the path has room for"]),
        (&["get_ticket", "seven"], &["ticketId must be an id"]),
        (&["get_ticket", "7", "--all"], &["does not answer with a list"]),
        (&["get_ticket", "7", "--at-most", "3"], &["--all"]),
        (&["get_ticket", "7", "--save", "a.txt"], &["does not answer with a file"]),
        (&["get_tickets", "--json", "[1]"], &["--json is not a JSON object"]),
        (&["get_tickets", "--json", "{"], &["--json: it is not JSON"]),
        (&["get_tickets", "--json", "@missing.json"], &["cannot read missing.json"]),
        (&["get_tickets", "--json", "{\"limti\": 5}"], &["has no argument \"limti\"", "did you mean \"limit\"?"]),
        (&["get_tickets", "--query", "limit=5"], &["so it has an option of its own: --limit 5", "--unchecked"]),
        (&["update_ticket", "7", "--priority", "High"], &["update_ticket is write", "--max-risk write"]),
        (&["update_ticket", "7", "--contact.emial", "a", "--show"], &["has no field", "emial"]),
        (&["create_ticket", "--contact.emial", "a", "--show"], &["contact has no field 'emial'; did you mean email?"]),
        (&["create_ticket", "--subject.x", "a", "--show"], &["subject is text, which has no fields"]),
        (&["create_ticket", "--contact", "x", "--show"], &["--contact: it is not JSON"]),
        (&["create_ticket", "--clear", "subjct", "--show"], &["has no field 'subjct'; did you mean subject?"]),
        (&["create_ticket", "--subject", "a", "--clear", "subject"], &["contradict each other"]),
        (&["create_ticket_attachment", "7", "--file", "a.txt", "--show"], &["write --file @a.txt"]),
        (&["create_ticket_attachment", "7", "--file", "@a.txt", "--show"], &["cannot read a.txt"]),
        (&["get_pin_removal", "--max-risk", "destructive"], &["no terminal to ask at", "--yes"]),
        (&["get_pin_removal", "--max-risk", "huge"], &["invalid value 'huge'"]),
    ] {
        let ran = desk.ran(&[&["call"], words].concat());
        assert_eq!(ran.code, Some(2), "{words:?}: {ran:?}");
        let said = format!("{}{}", ran.out, ran.err);
        for part in parts {
            assert!(said.contains(part), "{words:?}: {part:?} is not in {said}");
        }
        assert!(!said.contains("panicked") && !said.contains(&desk.token), "{said}");
    }
}

#[test]
fn no_token_travels_unencrypted() {
    for (address, part) in [
        ("http://desk.example", "--against starts with http:// and leads to desk.example"),
        ("http://person:hidden@10.0.0.1:80/", "leads to 10.0.0.1"),
        ("desk.example", "--against is no address, such as https://desk.example"),
        ("", "--against is no address"),
    ] {
        for words in [&["call", "get_tickets"][..], &["request", "GET", "/api/v1/tickets"], &["orgs"], &["mcp"]] {
            let refused = ran(bare().args(words).args(["--against", address]).env("DESK_TOKEN", "x"));
            assert!(refused.code == Some(2) && refused.err.contains(part), "{words:?} {address}: {refused:?}");
            assert!(!refused.err.contains("hidden") && !refused.err.contains("allow_plain_http"), "{refused:?}");
        }
    }
}

/// What a program would do with methods, a person does with options.
#[test]
fn errors_name_options_and_nothing_of_the_library() {
    let desk = Desk::start();
    let said = |mut command: std::process::Command| ran(&mut command).err;
    let mut texts = vec![
        desk.ran(&["request", "GET", "/api/v1/tickets#x"]).err,
        desk.ran(&["request", "GET", "/api/v1/tickets", "--query", "orgId=7"]).err,
    ];
    let mut lacking = desk.desk(&["call", "get_tickets"]);
    lacking.env("DESK_SCOPES", "Desk.contacts.READ");
    texts.push(said(lacking));
    assert!(texts[2].ends_with(": `desk login --for get_tickets` asks for it\n"), "{}", texts[2]);
    desk.server.fault("get_organizations", desk_mock::Fault::Malformed);
    texts.push(desk.ran(&["call", "get_organizations"]).err);
    desk.server.set_credits(0);
    texts.push(desk.ran(&["call", "get_tickets"]).err);
    for text in texts {
        assert!(text.starts_with("error: "), "{text}");
        for word in
            ["`query`", "setter", "builder", "Decoding", "wait_for_credits", "for_organization", ".organization("]
        {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

#[test]
fn tokens_in_arguments_are_refused_and_not_repeated() {
    let token = format!("1000.{}.{}", "a1".repeat(16), "b2".repeat(16));
    for words in
        [&["call", "get_tickets", "--query", &format!("t={token}")], &["request", "GET", "/api/v1/tickets", &token]]
    {
        let refused = ran(bare().args(words));
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(!refused.err.contains("a1a1"), "{refused:?}");
    }
}

#[test]
fn nobody_listens_is_told_with_the_address() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("http://127.0.0.1:{port}");
    let folder = tempfile::tempdir().unwrap();
    // It is tried several times, which takes a while.
    let all = [
        &["call", "get_tickets", "--organization", "7"][..],
        &["call", "get_tickets", "--organization", "7", "--all"],
        &["request", "GET", "/api/v1/tickets", "--organization", "7"],
        &["orgs"],
        &["whoami"],
        &["export", "--to", "exported", "--resources", "agents", "--organization", "7"],
        &["snapshot", "--to", "figures", "--metrics", "ticket_count", "--organization", "7"],
    ];
    let told = |words: &[&str]| {
        let lost =
            ran(bare().current_dir(folder.path()).args(words).args(["--against", &address]).env("DESK_TOKEN", "x"));
        assert!(lost.code == Some(1) && lost.out.is_empty(), "{lost:?}");
        assert!(lost.err.contains(&format!("nothing listens at {address}: is `desk mock` running?")), "{lost:?}");
    };
    std::thread::scope(|scope| {
        for words in all {
            scope.spawn(move || told(words));
        }
    });
}

#[test]
fn a_file_that_holds_no_token_is_left_as_it_is() {
    let desk = Desk::start();
    let path = desk.folder.path().join("package.json");
    for content in ["{\"name\": \"app\"}", "{}", "[]", "not JSON", "\u{fffd}"] {
        std::fs::write(&path, content).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        let mut command = bare();
        command.args(["call", "get_tickets", "--against", desk.server.url(), "--token-store"]).arg(&path);
        command.env("DESK_CLIENT_ID", "1000.A").env("DESK_CLIENT_SECRET", "b").env("DESK_REFRESH_TOKEN", "1000.c");
        let refused = ran(&mut command);
        assert!(refused.code != Some(0) && refused.err.contains("package.json is not a token store"), "{refused:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions()) & 0o777, 0o644);
        assert_eq!(std::fs::read_dir(desk.folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}

#[test]
fn exit_codes_tell_scripts_what_happened() {
    let desk = Desk::start();
    let missing = ran(bare().args(["call", "get_tickets"]));
    assert!(missing.code == Some(3) && missing.err.contains("DESK_TOKEN"), "{missing:?}");
    let refused = ran(desk.desk(&["call", "get_tickets"]).env("DESK_TOKEN", "another"));
    assert_eq!(refused.code, Some(3), "{refused:?}");
    let scopes = ran(desk.desk(&["call", "get_tickets"]).env("DESK_SCOPES", "Desk.contacts.READ"));
    assert!(scopes.code == Some(3) && scopes.err.contains("Desk.tickets.READ"), "{scopes:?}");
    assert!(scopes.err.contains("`desk login --for get_"), "{scopes:?}");
    let gone = desk.ran(&["call", "get_ticket", "7"]);
    assert_eq!(gone.code, Some(1), "{gone:?}");
    let lost = ran(desk.desk(&["call", "get_tickets", "--organization", "7"]).env("DESK_TOKEN", "x"));
    assert!(matches!(lost.code, Some(1 | 3)), "{lost:?}");
    desk.server.set_credits(0);
    let spent = desk.ran(&["call", "get_tickets"]);
    assert_eq!(spent.code, Some(4), "{spent:?}");
}
