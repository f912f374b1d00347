//! What is asked at a terminal.

use std::process::Stdio;

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use super::Person;

/// Nobody waits that long, unless something is wrong.
const PATIENCE: Option<u64> = Some(120_000);

impl Person {
    fn at_terminal(&self, arguments: &[&str]) -> PtySession {
        let mut command = self.command(arguments);
        // Not nothing, but what the terminal gives.
        command.stdin(Stdio::inherit());
        spawn_command(command, PATIENCE).unwrap()
    }
}

fn ended_with(session: &PtySession, code: i32) -> bool {
    matches!(session.process().wait().unwrap(), WaitStatus::Exited(_, ended) if ended == code)
}

#[test]
fn everything_that_is_missing_is_asked_for() {
    let person = Person::new();
    let second = person.desk.server.add_organization("Zylker 2");
    let arguments = person.login_arguments(&["--no-browser", "--for", "get_tickets"]);
    let mut session = person.at_terminal(&arguments);
    session.exp_string("Client id, as the API console shows it: ").unwrap();
    session.send_line(&person.client.id).unwrap();
    session.exp_string("Client secret (it is not shown): ").unwrap();
    session.send_line(&person.client.secret).unwrap();
    // What is asked for comes before the address.
    let before = session.exp_string("Open this address").unwrap();
    assert!(before.contains("Desk.tickets.READ") && !before.contains(&person.client.secret), "{before}");
    session.exp_string("\n").unwrap();
    let (_, address) = session.exp_regex("http://127[^ \r\n]+").unwrap();
    session.exp_string("The address: ").unwrap();
    session.send_line(&person.desk.server.consent(&address)).unwrap();
    session.exp_string("Zylker 2").unwrap();
    session.exp_string("Which organization [1]: ").unwrap();
    session.send_line("5").unwrap();
    session.exp_string("write a number from 1 to 2").unwrap();
    session.exp_string("Which organization [1]: ").unwrap();
    session.send_line("2").unwrap();
    let rest = session.exp_eof().unwrap();
    assert!(rest.contains("signed in: profile default, organization Zylker 2"), "{rest}");
    assert!(!rest.contains(&person.client.secret));
    assert!(ended_with(&session, 0));
    assert!(person.file("profiles.toml").contains(&format!("organization = \"{second}\"")));
}

#[test]
fn the_data_centre_is_asked_for() {
    let person = Person::new();
    let mut session = person.at_terminal(&["login", "--self-client"]);
    session.exp_string("[us]: ").unwrap();
    session.send_line("mars").unwrap();
    session.exp_string("is not a data centre").unwrap();
    session.exp_string("[us]: ").unwrap();
    session.send_line("eu").unwrap();
    session.exp_string("Client id").unwrap();
    // Nothing was kept so far.
    session.send_line("").unwrap();
    let rest = session.exp_eof().unwrap();
    assert!(rest.contains("error: nothing was entered"), "{rest}");
    assert!(ended_with(&session, 2));
    assert!(person.files().is_empty());
}

#[test]
fn who_interrupts_leaves_nothing_behind() {
    let person = Person::new();
    let arguments = person.login_arguments(&["--client-id", &person.client.id]);
    // While the secret is asked for, which is not shown …
    let mut session = person.at_terminal(&arguments);
    session.exp_string("(it is not shown): ").unwrap();
    session.send_control('c').unwrap();
    session.exp_eof().unwrap();
    assert!(!ended_with(&session, 0));
    assert!(person.files().is_empty());
    // … and while the browser is waited for.
    let mut session = person.at_terminal(&arguments);
    session.exp_string("(it is not shown): ").unwrap();
    session.send_line(&person.client.secret).unwrap();
    session.exp_string("Opening the browser").unwrap();
    let address = person.opened_address();
    session.send_control('c').unwrap();
    let rest = session.exp_eof().unwrap();
    assert!(!rest.contains("signed in"), "{rest}");
    assert!(!ended_with(&session, 0));
    assert!(person.files().is_empty());
    // A consent that comes too late changes nothing.
    person.desk.server.consent(&address);
    assert!(person.files().is_empty());
}
