//! The picture of a terminal at the top of the README is what the program prints.
//!
//! `SNAPSHOTS=overwrite cargo test -p desk-cli --test cli picture` draws it anew.

use std::fmt::Write as _;

use crate::common::Desk;

/// What a person types, in the order in which they would.
const TYPED: [&str; 3] = [
    "call get_tickets --limit 4 --columns ticketNumber,subject,status,priority",
    "call update_ticket 4000000008001 --status Closed",
    "scopes check --granted Desk.tickets.READ --operations get_tickets,send_reply --organization-known",
];

#[test]
fn the_readme_shows_what_the_program_prints() {
    let desk = Desk::start();
    let mut screen = String::new();
    for typed in TYPED {
        writeln!(screen, "\u{1b}[1;32m$\u{1b}[0m \u{1b}[1mdesk {typed}\u{1b}[0m").unwrap();
        let words: Vec<&str> = typed.split(' ').collect();
        let ran = match words[0] {
            "call" => desk.ran(&[&words[..], &["--output", "table"]].concat()),
            _ => crate::common::ran(crate::common::bare().args(&words)),
        };
        writeln!(screen, "{}{}", ran.out, ran.err).unwrap();
    }
    snapbox::assert_data_eq!(screen, snapbox::file!["../../docs/desk.term.svg"]);
}
