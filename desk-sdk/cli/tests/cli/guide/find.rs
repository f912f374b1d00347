//! `desk find`.

use serde_json::Value;

use crate::common::{Ran, bare, ran};

fn find(words: &[&str]) -> Ran {
    ran(bare().arg("find").args(words))
}

#[test]
fn operations_are_found_by_words() {
    let found = find(&["search", "tickets"]);
    assert_eq!(found.code, Some(0), "{found:?}");
    let lines: Vec<&str> = found.out.lines().collect();
    assert!(lines[0].starts_with("operation ") && lines[0].contains(" what it does"), "{}", found.out);
    assert!(
        lines[1].starts_with("search_tickets ") && lines[1].contains("GET /api/v1/tickets/search"),
        "{}",
        found.out
    );
    let more = find(&["ticket"]);
    assert!(more.out.lines().count() == 16 && more.err.contains("another word narrows the search"), "{more:?}");
    let all: Value = serde_json::from_str(&find(&["ticket", "--json"]).out).unwrap();
    assert!(all.as_array().unwrap().len() > 100);
    assert_eq!(all[0]["family"], "tickets");
    assert_eq!(find(&["ticket", "--at-most", "1000"]).out.lines().count(), all.as_array().unwrap().len() + 1);
}

#[test]
fn nothing_found_says_what_was_likely_meant() {
    for (words, said) in [
        (&["serach"][..], "error: no operation matches serach; did you mean search?\n"),
        (&["ticket", "penguinology"], "error: no operation matches penguinology\n"),
        (&["--"], "required"),
    ] {
        let found = find(words);
        assert!(found.code == Some(2) && found.err.contains(said), "{found:?}");
    }
    let hostile = find(&["\u{1b}[2Jx"]);
    assert!(!hostile.err.contains('\u{1b}'), "{hostile:?}");
}
