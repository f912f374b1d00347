//! `desk login` without a terminal.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStderr, Stdio};

use desk_mock::TokenFault;
use snapbox::{assert_data_eq, str};

use super::{Person, finished, given, is_private, visit};
use crate::common::{Ran, ran};

/// The address that a program shows, and the rest of what it says.
fn shown_address(child: &mut Child) -> (String, BufReader<ChildStderr>) {
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    loop {
        let mut line = String::new();
        assert_ne!(errors.read_line(&mut line).unwrap(), 0, "it ended without an address");
        if line.starts_with("http") {
            return (line.trim().to_owned(), errors);
        }
    }
}

/// A sign-in whose browser is elsewhere: what comes back is made of the address.
fn elsewhere(person: &Person, more: &[&str], back: impl FnOnce(&str) -> String) -> Ran {
    let mut child = person.login(&[&["--no-browser"], more].concat());
    let (address, mut errors) = shown_address(&mut child);
    let mut ran = given(child, &back(&address));
    errors.read_to_string(&mut ran.err).unwrap();
    ran
}

#[cfg(target_os = "linux")]
#[test]
fn a_browser_brings_the_code_back() {
    let person = Person::new();
    let child = person.login(&[]);
    let address = person.opened_address();
    assert!(address.contains("code_challenge_method=S256") && address.contains("state="), "{address}");
    let page = visit(&person.desk.server.consent(&address));
    assert!(page.contains("You are signed in"), "{page}");
    let ran = finished(child);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    assert_data_eq!(
        &ran.out,
        str![["
signed in: profile default, organization Zylker (600123456); its secrets are in files in [..]

"]]
    );
    // What is asked for is told before anything is opened.
    let (asks, opens) = (ran.err.find("It asks for 4").unwrap(), ran.err.find("Opening the browser").unwrap());
    assert!(asks < opens && ran.err[asks..opens].contains("Desk.tickets.READ"), "{}", ran.err);
    // The keyring does not answer here.
    assert!(ran.err.contains("keyring") && ran.err.contains("files in"), "{}", ran.err);
    for name in person.files() {
        assert!(is_private(&person.config().join(&name)), "{name}");
    }

    let tells = person.run(&["whoami"]);
    assert_eq!(tells.code, Some(0), "{tells:#?}");
    assert!(tells.out.contains("Desk.tickets.READ") && !tells.out.contains("UPDATE"), "{}", tells.out);

    // The second time, everything is known; the token that nobody has any more is revoked.
    let before = person.file("token-default.json");
    let mut again = person.command(&["login", "--for", "get_tickets"]);
    let child = again.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    visit(&person.desk.server.consent(&person.opened_address()));
    let ran = finished(child);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    let revoked = person.desk.server.token_requests().pop().unwrap();
    assert_eq!((revoked.path.as_str(), &revoked.error), ("/oauth/v2/token/revoke", &None));
    assert!(before.contains(revoked.parameter("token").unwrap()));
    let tells = person.run(&["whoami"]);
    assert!(tells.out.contains("Desk.tickets.READ") && !tells.out.contains("Desk.contacts"), "{}", tells.out);
}

#[test]
fn a_browser_elsewhere_ends_at_an_address() {
    let person = Person::new();
    let ran = elsewhere(&person, &["--for", "tickets"], |address| person.desk.server.consent(address));
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    let code_of = |address: &str| {
        let back = person.desk.server.consent(address);
        back.split("code=").nth(1).unwrap().split('&').next().unwrap().replace("%2E", ".")
    };
    let ran = elsewhere(&person, &["--profile", "other"], |address| code_of(address));
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    assert!(person.file("profiles.toml").contains("[profiles.other]"));
}

#[test]
fn what_comes_back_must_belong_to_the_request() {
    let person = Person::new();
    let server = &person.desk.server;
    for (back, told) in [
        (Box::new(|address: &str| server.refuse_consent(address)) as Box<dyn Fn(&str) -> String>, "access_denied"),
        (Box::new(|address: &str| server.consent(address).replace("state=", "state=x")), "the state differs"),
        (Box::new(|address: &str| server.consent(address).replace("state=", "other=")), "the state differs"),
        (Box::new(|_: &str| "1000.not.granted".to_owned()), "does not recognise the code"),
        (Box::new(|_: &str| "no, thanks".to_owned()), "neither an address nor a code"),
        (Box::new(str::to_owned), "has no code"),
        (Box::new(|_: &str| String::new()), "neither an address nor a code"),
    ] {
        let ran = elsewhere(&person, &[], back);
        assert!(ran.err.contains(told) && matches!(ran.code, Some(1 | 3)), "{told}: {ran:#?}");
        assert_eq!(person.files(), Vec::<String>::new(), "{told}");
    }
}

#[test]
fn a_self_client_gives_its_code_on_the_standard_input() {
    let person = Person::new();
    let ran = person.sign_in(&["--for", "get_tickets"], &["Desk.tickets.READ", "Desk.basic.READ"]);
    assert_eq!(ran.code, Some(0), "{ran:#?}");
    assert!(ran.err.contains("make a code in the API console"), "{}", ran.err);
    // A code can be used once, and one that grants less than was asked for is told.
    let ran = person.sign_in(&["--for", "update_ticket"], &["Desk.tickets.READ", "Desk.basic.READ"]);
    assert!(ran.err.contains("note: not granted: ") && ran.err.contains("Desk.tickets.UPDATE\n"), "{ran:#?}");
    // So is one that grants more.
    let ran = person.sign_in(&["--for", "get_tickets"], &["Desk.tickets.ALL", "Desk.basic.READ", "Desk.contacts.READ"]);
    let told = "may do more than was asked for, with Desk.basic.READ, Desk.contacts.READ, Desk.tickets.ALL. If";
    assert!(ran.code == Some(0) && ran.err.contains(told), "{ran:#?}");
    let ran = given(person.login(&["--self-client"]), "1000.spent.code");
    assert!(ran.code == Some(3) && ran.err.contains("does not recognise the code"), "{ran:#?}");
    let ended = person.login(&["--self-client"]);
    let ran = finished(ended);
    assert!(ran.code == Some(2) && ran.err.contains("the standard input ended"), "{ran:#?}");
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let person = Person::new();
    let arguments = person.login_arguments(&["--self-client"]);
    let lacking = ran(&mut person.command(&arguments));
    assert!(lacking.code == Some(2) && lacking.err.contains("--client-id, or set DESK_CLIENT_ID"), "{lacking:#?}");
    let lacking = ran(person.command(&arguments).env("DESK_CLIENT_ID", "1000.AB"));
    assert!(lacking.code == Some(2) && lacking.err.contains("set DESK_CLIENT_SECRET"), "{lacking:#?}");
    for (more, told) in [
        (&["--for", "tikets"][..], "did you mean tickets?"),
        (&["--for", "get_tickts,contacts"], "did you mean get_tickets?"),
        (&["--scopes", "tickets"], "is not of the form"),
        (&["--scopes", ""], "names none"),
        (&["--profile", "Work"], "lower-case letters"),
        (&["--profile", "../x"], "lower-case letters"),
        (&["--client-id", "a b"], "not a client's id"),
        (&["--data-centre", "mars"], "choose one of us"),
        (&["--store", "memory"], "choose keyring or file"),
        (&["--for", "tickets", "--read-only"], "cannot be used with"),
        (&["--no-browser"], "cannot be used with"),
    ] {
        let child = person.login(&[&["--self-client"], more].concat());
        let ran = finished(child);
        assert!(ran.code == Some(2) && ran.err.contains(told), "{more:?}: {ran:#?}");
    }
    for (name, value, told) in
        [("DESK_PROFILE", "Ä", "is not a profile's name"), ("DESK_CLIENT_ID", "a b", "not a client's id")]
    {
        let ran = ran(person.with_client(&arguments).env(name, value));
        assert!(ran.code == Some(2) && ran.err.contains(told), "{name}: {ran:#?}");
    }
    let ran = ran(person.with_client(&["login", "--self-client"]).env("DESK_DATA_CENTRE", "mars"));
    assert!(ran.code == Some(2) && ran.err.contains("DESK_DATA_CENTRE: \"mars\""), "{ran:#?}");
    let ran = person.run(&["login", "--against", "desk.example", "--self-client"]);
    assert!(ran.code == Some(2) && ran.err.contains("--against is no address"), "{ran:#?}");
    assert_eq!(person.files(), Vec::<String>::new());
}

#[test]
fn the_accounts_server_may_refuse_or_be_away() {
    let person = Person::new();
    for (fault, code, told) in [
        (TokenFault::AccessDenied, 4, "no more access tokens for now"),
        (TokenFault::Status(503), 1, "refused with 503"),
        (TokenFault::Reset, 1, "did not answer"),
    ] {
        person.desk.server.token_fault(fault);
        let ran = person.sign_in(&[], &["Desk.basic.READ"]);
        assert!(ran.code == Some(code) && ran.err.contains(told), "{ran:#?}");
    }
    let arguments = ["login", "--self-client", "--against", "http://127.0.0.1:1"];
    let mut away = person.with_client(&arguments);
    let child = away.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let ran = given(child, "1000.a.b");
    assert!(ran.code == Some(1) && ran.err.contains("the accounts server did not answer"), "{ran:#?}");
    assert_eq!(person.files(), Vec::<String>::new());
}

#[test]
fn several_organizations_are_told_and_one_can_be_named() {
    let person = Person::new();
    let second = person.desk.server.add_organization("Zylker 2");
    let first = person.desk.server.organization().to_owned();
    let all = &["Desk.basic.READ"];
    let ran = person.sign_in(&[], all);
    assert!(ran.code == Some(0) && ran.err.contains("the first is used") && ran.out.contains(&first), "{ran:#?}");
    let ran = person.sign_in(&["--organization", &second, "--profile", "second"], all);
    assert!(ran.code == Some(0) && ran.out.contains(&second), "{ran:#?}");
    assert!(person.file("profiles.toml").contains(&format!("organization = \"{second}\"")));
    let before = person.file("profiles.toml");
    let ran = person.sign_in(&["--organization", "9", "--profile", "third"], all);
    assert!(ran.code == Some(2) && ran.err.contains("not in organization 9, but in Zylker"), "{ran:#?}");
    // The token that nobody keeps is not left behind.
    let last = person.desk.server.token_requests().pop().unwrap();
    assert_eq!((last.path.as_str(), &last.error), ("/oauth/v2/token/revoke", &None));
    assert_eq!(person.file("profiles.toml"), before);
}

#[test]
fn two_who_sign_in_at_once_do_not_mix() {
    let person = Person::new();
    let other = person.desk.server.register_client_at(&person.client.redirect_uri);
    for _ in 0..3 {
        let mut children = Vec::new();
        for client in [&person.client, &other] {
            let code = person.desk.server.console_code(client, ["Desk.basic.READ", "Desk.settings.READ"]);
            let mut command = person.command(&person.login_arguments(&["--self-client"]));
            command.env("DESK_CLIENT_ID", &client.id).env("DESK_CLIENT_SECRET", &client.secret);
            let mut child =
                command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            writeln!(child.stdin.take().unwrap(), "{code}").unwrap();
            children.push(child);
        }
        for child in children {
            let ran = finished(child);
            assert_eq!(ran.code, Some(0), "{ran:#?}");
        }
        // Whoever was last: the client, its secret and the token belong together.
        person.desk.server.expire_tokens();
        let ran = person.run(&["whoami"]);
        assert_eq!(ran.code, Some(0), "{ran:#?}");
    }
}

#[test]
fn a_port_in_use_is_told() {
    let person = Person::new();
    let port = person.client.redirect_uri.trim_end_matches('/').rsplit(':').next().unwrap();
    let _taken = std::net::TcpListener::bind(format!("127.0.0.1:{port}")).unwrap();
    let ran = finished(person.login(&[]));
    assert!(ran.code == Some(1) && ran.err.contains("--redirect-uri") && ran.err.contains(port), "{ran:#?}");
}

#[test]
fn the_keyring_that_was_asked_for_must_answer() {
    let person = Person::new();
    let ran = person.sign_in(&["--store", "keyring"], &["Desk.basic.READ"]);
    if cfg!(target_os = "linux") {
        assert!(ran.code == Some(1) && ran.err.contains("no keyring here that answers"), "{ran:#?}");
        assert!(person.files().is_empty());
    }
}

#[test]
fn settings_that_cannot_be_written_leave_no_token() {
    let person = Person::new();
    // A folder in place of the file cannot be replaced.
    std::fs::create_dir_all(person.config().join("client-secret-default/x")).unwrap();
    let ran = person.sign_in(&[], &["Desk.basic.READ"]);
    assert_eq!(ran.code, Some(1), "{ran:#?}");
    assert!(ran.err.contains("client-secret-default") && ran.err.contains("Nothing was changed"), "{}", ran.err);
    let last = person.desk.server.token_requests().pop().unwrap();
    assert_eq!(last.path, "/oauth/v2/token/revoke");
    assert!(!person.files().contains(&"token-default.json".to_owned()));

    let mut command = person.with_client(&person.login_arguments(&["--self-client"]));
    command.env("DESK_CONFIG_DIR", "/proc/desk").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let code = person.desk.server.console_code(&person.client, ["Desk.basic.READ"]);
    let ran = given(command.spawn().unwrap(), &code);
    assert!(ran.code == Some(1) && ran.err.contains("DESK_CONFIG_DIR names another folder"), "{ran:#?}");
}
