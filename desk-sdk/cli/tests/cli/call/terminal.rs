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
    let subject = "red \u{1b}[31m \u{202e}text";
    let renamed = desk.ran(&["call", "update_ticket", &ticket, "--subject", subject, "--max-risk", "write"]);
    assert_eq!(renamed.code, Some(0), "{renamed:?}");
    let mut session = at_terminal(&desk, &["call", "get_tickets", "--limit", "2"]);
    let seen = session.exp_eof().unwrap();
    assert!(seen.contains("ticketNumber") && seen.contains("red \\u{1b}[31m"), "{seen}");
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

/// A server that answers requests in turn, and the last of them never.
fn answering(answers: Vec<String>) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::{BufRead as _, BufReader, Write as _};
        let mut answers = answers.into_iter();
        let mut open = Vec::new();
        for stream in listener.incoming().map_while(Result::ok) {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            if let Some(answer) = answers.next() {
                (&stream).write_all(answer.as_bytes()).unwrap();
            } else {
                open.push(stream);
            }
        }
    });
    address
}

fn answer(status: &str, header: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\n{header}content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn at_terminal_of(address: &str, words: &[&str]) -> PtySession {
    let mut command = crate::common::bare();
    command.args(words).args(["--against", address, "--organization", "7"]).env("DESK_TOKEN", "x");
    command.stdin(std::process::Stdio::inherit());
    spawn_command(command, PATIENCE).unwrap()
}

#[test]
fn control_c_ends_a_list_and_leaves_nothing_of_its_progress() {
    let records: Vec<String> = (0..100).map(|id| format!("{{\"id\": \"{id}\"}}")).collect();
    let page = answer("200 OK", "", &format!("{{\"data\": [{}]}}", records.join(",")));
    let address = answering(vec![page]);
    let mut session = at_terminal_of(&address, &["call", "get_agents", "--all", "--limit", "100", "--output", "table"]);
    session.exp_string("100 records").unwrap();
    session.send_control('c').unwrap();
    let rest = session.exp_eof().unwrap();
    let (table, last) = rest.rsplit_once("\u{1b}[2K").unwrap();
    assert!(last.trim().ends_with("interrupted") && !last.contains("100 records"), "{table} / {last}");
    assert_ended(&session, 130);
}

#[test]
fn control_c_ends_a_call_that_waits() {
    let address = answering(Vec::new());
    let mut session = at_terminal_of(&address, &["call", "get_agents"]);
    // The call is on its way once nothing else is to be done; a signal before that ends the program as well.
    std::thread::sleep(std::time::Duration::from_millis(500));
    session.send_control('c').unwrap();
    let said = session.exp_eof().unwrap();
    let ended = session.process().wait().unwrap();
    let by_us = matches!(ended, WaitStatus::Exited(_, 130)) && said.contains("interrupted");
    assert!(by_us || matches!(ended, WaitStatus::Signaled(..)), "{ended:?} {said}");
}

#[test]
fn a_pause_before_the_next_attempt_is_told() {
    let busy = answer("429 Too Many Requests", "retry-after: 2\r\n", "{\"errorCode\": \"TOO_MANY_REQUESTS\"}");
    let address = answering(vec![busy, answer("200 OK", "", "{\"data\": []}")]);
    let mut session = at_terminal_of(&address, &["call", "get_agents"]);
    let said = session.exp_eof().unwrap();
    assert!(said.contains("trying again in 2 s") && said.contains("no records"), "{said}");
    assert_ended(&session, 0);
}
