//! What comes of flags and of typed answers.

use clap::Parser;
use desk_codegen::Files;
use desk_codegen::load::{self, Loaded};
use serde_json::{Value, json};

use super::Given;
use super::interview::Interview;

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    given: Given,
}

/// A spec of two modules.
fn loaded() -> Loaded {
    let get = json!({
        "id": "get_tickets", "method": "GET", "path": "/api/v1/tickets", "summary": "List tickets.",
        "scopes": [["Desk.tickets.READ"]], "risk": "safe", "organization": true, "answers": {"200": {"json": "any"}},
    });
    let families = json!({"families": [{"name": "tickets", "about": "Tickets.", "modules": ["ticket"]}]});
    let files = Files::from([
        ("spec/upstream/ticket.json".to_owned(), json!({"module": "ticket", "operations": [get]}).to_string()),
        ("spec/local/families.json".to_owned(), families.to_string()),
        ("spec/local/api.json".to_owned(), include_str!("../../../spec/local/api.json").to_owned()),
    ]);
    load::load(&files).unwrap()
}

/// What comes of flags and typed lines: the file or the error, and what was shown.
fn interview(flags: &[&str], typed: &str) -> (Result<String, String>, String) {
    let given = Line::parse_from([&["xtask"], flags].concat()).given;
    let (mut input, mut output) = (typed.as_bytes(), Vec::new());
    let loaded = loaded();
    let interview =
        Interview { given: &given, input: &mut input, output: &mut output, typed: false, answered: Vec::new() };
    let made = interview.of(&loaded).map(|draft| draft.written("{}").unwrap());
    (made.map_err(|error| error.to_string()), String::from_utf8(output).unwrap())
}

fn operation(file: &str) -> Value {
    serde_json::from_str::<Value>(file).unwrap()["operations"][0].clone()
}

const ENOUGH: [&str; 14] = [
    "--method",
    "post",
    "--path",
    "/api/v1/tickets/{ticketId}/weather",
    "--summary",
    "Tell the weather.",
    "--scopes",
    "Desk.tickets.UPDATE+Desk.search.READ Desk.basic.UPDATE",
    "--why",
    "a guide",
    "--evidence",
    "observed",
    "--strength",
    "many",
];

#[test]
fn flags_that_say_enough_are_followed_by_no_question() {
    let (made, shown) = interview(&ENOUGH, "");
    let made = operation(&made.unwrap());
    assert_eq!(shown, "");
    assert_eq!((&made["module"], &made["strength"]), (&json!("ticket"), &json!("many")));
    let expected = json!({
        "id": "create_tickets_weather", "method": "POST", "path": "/api/v1/tickets/{ticketId}/weather",
        "summary": "Tell the weather.", "risk": "write", "organization": true,
        "scopes": [["Desk.tickets.UPDATE", "Desk.search.READ"], ["Desk.basic.UPDATE"]],
        "parameters": [{"name": "ticketId", "in": "path", "required": true, "type": "id"}],
        "answers": {"200": {"json": "any"}},
    });
    assert_eq!(made["operation"], expected);
}

#[test]
fn what_is_not_given_is_asked_until_it_is_legal() {
    let typed = [
        "FETCH",
        "get",
        "/api/v1/tickets",
        "/api/v1/tickets/weather",
        "",
        "tickets",
        "ticket",
        "Tell the weather.",
        "Desk.tickets",
        "none",
        "",
        "",
        "limit query integer",
        "day query required dat",
        "day query required date",
        "",
        "",
        "200 text",
        "204 empty",
        "",
        "a guide",
        "inferred",
    ];
    let (made, shown) = interview(&[], &(typed.join("\n") + "\n"));
    let made = operation(&made.unwrap());
    for part in [
        "unknown variant `FETCH`",
        "that is get_tickets",
        "[get_tickets_weather]",
        "did you mean ticket?",
        "is not a scope; did you mean Desk.tickets.READ?",
        "[safe]",
        "unknown type \"dat\"",
        "[200 any]",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!(
        made["operation"]["parameters"][1],
        json!({"name": "day", "in": "query", "required": true, "type": "date"})
    );
    assert_eq!(made["operation"]["answers"], json!({"200": {"json": "text"}, "204": "empty"}));
}

#[test]
fn all_wrong_flags_are_told_at_once() {
    let mut flags = ENOUGH;
    (flags[3], flags[7]) = ("tickets", "Desk.ticket");
    let told = interview(&flags, "").0.unwrap_err();
    assert!(told.contains("--path: a path starts with /") && told.contains("--scopes: \"Desk.ticket\""), "{told}");
    assert!(told.contains("help: a space means or") && told.ends_with("nothing was written"), "{told}");
}

#[test]
fn without_an_answer_nothing_comes_of_it() {
    let told = interview(&ENOUGH[..12], "").0.unwrap_err();
    assert!(told.contains("Who observed it? there is no answer; nothing was written"), "{told}");
    assert!(told.contains("--strength: live"), "{told}");
    // What was answered is not lost.
    let told = interview(&[], "get\n/api/v1/tickets/weather\n\n\nWhat's the weather?\n").0.unwrap_err();
    assert!(
        told.ends_with(
            "so far: --method get --path /api/v1/tickets/weather --id get_tickets_weather --module ticket --summary \
             'What'\\''s the weather?'"
        ),
        "{told}"
    );
}

#[test]
fn a_flag_that_does_not_belong_to_the_others_is_told() {
    let mut flags = ENOUGH;
    flags[11] = "documented";
    let told = interview(&flags, "").0.unwrap_err();
    assert!(told.contains("--strength: only what is observed has it, and the evidence is documented"), "{told}");
}

#[test]
fn answers_that_are_piped_are_shown_on_lines_of_their_own() {
    let shown = interview(&[], "FETCH\nget\n").1;
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].ends_with(" FETCH") && lines[1].starts_with("  ") && lines[2].ends_with(" get"), "{shown}");
}

#[test]
fn a_word_that_is_almost_required_is_no_type() {
    let told = interview(&[&ENOUGH[..], &["--parameter", "day query requird date"]].concat(), "").0.unwrap_err();
    assert!(told.contains("--parameter: ") && told.contains("did you mean required?"), "{told}");
    let told = interview(&[&ENOUGH[..], &["--parameter", "day query requird.date"]].concat(), "").0.unwrap_err();
    assert!(told.contains("there is no type requird.date"), "{told}");
}
