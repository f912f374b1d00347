//! What a person at a terminal sees and is asked.

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use crate::common::{Desk, id};

/// Nobody waits that long, unless something is wrong.
const PATIENCE: Option<u64> = Some(120_000);

fn at_terminal(desk: &Desk, words: &[&str]) -> PtySession {
    let mut command = desk.desk(words);
    command.stdin(std::process::Stdio::inherit());
    spawn_command(command, PATIENCE).unwrap()
}

#[track_caller]
fn assert_ended(session: &PtySession, code: i32) {
    let ended = session.process().wait().unwrap();
    assert!(matches!(ended, WaitStatus::Exited(_, ended) if ended == code), "{ended:?}");
}

#[test]
fn a_terminal_gets_a_table_without_what_could_change_it() {
    let desk = Desk::start();
    let ticket = id(&desk.get("/api/v1/tickets?limit=1")["data"][0]);
    let subject = "red \u{1b}[31m \u{202e}text 日本語";
    let renamed = desk.ran(&["call", "update_ticket", &ticket, "--subject", subject, "--max-risk", "write"]);
    assert_eq!(renamed.code, Some(0), "{renamed:?}");
    let mut session = at_terminal(&desk, &["call", "get_tickets", "--limit", "2"]);
    let seen = session.exp_eof().unwrap();
    assert!(seen.contains("ticketNumber") && seen.contains("日本語"), "{seen}");
    assert!(!seen.contains('\u{1b}') && !seen.contains('\u{202e}'), "{seen:?}");
    assert!(seen.contains("2 records are shown; --all reads the whole list"), "{seen}");
    assert_ended(&session, 0);
}

#[test]
fn what_cannot_be_taken_back_is_asked() {
    let desk = Desk::start();
    let words = ["call", "get_pin_removal", "--max-risk", "destructive"];
    for (answer, code) in [("", 2), ("n", 2), ("yes please", 2), ("Y", 0)] {
        desk.server.reset_requests();
        let mut session = at_terminal(&desk, &words);
        let before = session.exp_string("Make this call, y or n [n]: ").unwrap();
        assert!(before.contains("GET ") && before.contains("get_pin_removal is destructive"), "{before}");
        assert!(!before.contains(&desk.token));
        assert!(desk.server.requests().is_empty(), "nothing is sent before the answer");
        session.send_line(answer).unwrap();
        let rest = session.exp_eof().unwrap();
        assert_eq!(rest.contains("not confirmed; nothing was sent"), code == 2, "{rest}");
        assert_ended(&session, code);
        assert_eq!(desk.server.requests().is_empty(), code == 2);
    }
    let mut sure = at_terminal(&desk, &[&words[..], &["--yes"]].concat());
    assert!(!sure.exp_eof().unwrap().contains("y or n"));
    assert_ended(&sure, 0);
}

#[test]
fn bytes_are_not_printed_to_a_terminal() {
    let desk = Desk::start();
    let mut session = at_terminal(&desk, &["call", "view_ticket_attachment", "7", "8"]);
    let said = session.exp_eof().unwrap();
    assert!(said.contains("answers with a file: save it with --save FILE"), "{said}");
    assert_ended(&session, 2);
}
