//! A new operation, answer by answer.

use crate::common::{get, loaded, spec_files, upstream};
use desk_codegen::load::Loaded;
use desk_codegen::new_operation::{Draft, Key, QUESTIONS};
use serde_json::{Value, json};

fn spec() -> Loaded {
    let list = get("get_tickets", "/api/v1/tickets", json!({"type": "list", "of": "ticket.ticket"}));
    let one = get("get_tickets_history", "/api/v1/tickets/history", json!("any"));
    let types = json!({"ticket.ticket": {"type": "object", "fields": {"id": "id"}}});
    loaded(&spec_files(&[
        upstream("ticket", &[list, one], types),
        upstream("agent", &[get("a", "/a", json!("any"))], json!({})),
    ]))
}

/// A draft with these answers, all of them legal.
fn draft<'a>(loaded: &'a Loaded, answers: &[(Key, &str)]) -> Draft<'a> {
    let mut draft = Draft::new(loaded);
    for (key, text) in answers {
        draft.answer(*key, text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    }
    draft
}

#[test]
fn an_illegal_answer_is_refused_at_once_and_says_what_would_be_legal() {
    let loaded = spec();
    let mut draft = draft(&loaded, &[(Key::Method, "get"), (Key::Path, "/api/v1/tickets/{id}/notes")]);
    for (key, text, part) in [
        (Key::Method, "FETCH", "expected one of `GET`, `POST`"),
        (Key::Path, "tickets", "starts with /"),
        (Key::Path, "/a?b=c", "has no query"),
        (Key::Path, "/a/{b}c", "literal or a parameter"),
        (Key::Path, "/a/{}", "literal or a parameter"),
        (Key::Path, "/a/{b}/{b}", "{b} is there twice"),
        (Key::Path, "/api/v1/tickets", "get_tickets, which the spec has"),
        (Key::Id, "getTickets", "no name of an operation"),
        (Key::Id, "get_tickets", "there is an operation get_tickets: GET /api/v1/tickets"),
        (Key::Module, "tickets", "did you mean ticket?"),
        (Key::Summary, " ", "in a sentence"),
        (Key::Scopes, "", "say none"),
        (Key::Scopes, "Desk.basic.REED", "did you mean Desk.basic.READ?"),
        (Key::Risk, "none", "expected one of `safe`, `write`, `outbound`, `destructive`"),
        (Key::Organization, "maybe", "neither yes nor no"),
        (Key::Parameter, "id body text", "expected one of `path`, `query`, `header`"),
        (Key::Parameter, "name path text", "the path has no {name}"),
        (Key::Parameter, "from query", "unknown type \"\""),
        (Key::Parameter, "from query {\"type\": \"list\"}", "a list needs `of`"),
        (Key::Body, "xml ticket.ticket", "no kind of body"),
        (Key::Body, "json ticket.tickets", "did you mean ticket.ticket?"),
        (Key::Answer, "404 text", "not a success status"),
        (Key::Answer, "200 {\"type\": 1}", "invalid type"),
        (Key::Why, "", "in a sentence"),
        (Key::Evidence, "sure", "expected one of `documented`, `observed`, `inferred`"),
        (Key::Strength, "all", "expected one of `live`, `many`, `one`"),
    ] {
        let problem = draft.answer(key, text).expect_err(text);
        assert!(problem.contains(part), "{text}: {problem}");
    }
    assert!(QUESTIONS.iter().all(|question| !question.legal.is_empty()));
}

#[test]
fn what_nobody_answers_follows_from_the_rest() {
    let loaded = spec();
    let at = |method: &str, path: &str| draft(&loaded, &[(Key::Method, method), (Key::Path, path)]);
    let table = [
        ("GET", "/api/v1/tickets/{id}/notes", "get_tickets_notes", "safe", "200 any"),
        ("GET", "/api/v1/tickets/{id}/history", "get_tickets_history_2", "safe", "200 any"),
        ("POST", "/api/v1/tickets/moveToTrash", "create_tickets_move_to_trash", "destructive", "200 any"),
        ("DELETE", "/api/v1/tickets/{id}", "delete_tickets", "destructive", "204 empty"),
    ];
    for (method, path, id, risk, answer) in table {
        let draft = at(method, path);
        let usual = [Key::Id, Key::Risk, Key::Answer, Key::Module].map(|key| draft.usual(key).unwrap());
        assert_eq!(usual, [id, risk, answer, "ticket"], "{path}");
    }
    assert_eq!(at("GET", "/api/v1/new").usual(Key::Module), None);
}

#[test]
fn bodies_of_changes_are_partial_and_guesses_are_marked() {
    let loaded = spec();
    let answers = [
        (Key::Method, "PATCH"),
        (Key::Path, "/api/v1/tickets/{ticketId}"),
        (Key::Id, "update_ticket"),
        (Key::Module, "ticket"),
        (Key::Summary, "Change a ticket."),
        (Key::Scopes, "Desk.tickets.UPDATE"),
        (Key::Risk, "write"),
        (Key::Parameter, "ticketId path text"),
        (Key::Parameter, "notify query required boolean"),
        (Key::Body, "json ticket.ticket"),
        (Key::Answer, "200 ticket.ticket"),
        (Key::Answer, "204 empty"),
        (Key::Why, "as the others"),
        (Key::Evidence, "inferred"),
    ];
    let text = draft(&loaded, &answers).written("{\n \"types\": []\n}\n").unwrap();
    let entry = &serde_json::from_str::<Value>(&text).unwrap()["operations"][0];
    assert_eq!(entry["inferred"], json!({"scopes": "as the others"}), "a guess must not block a call");
    let operation = &entry["operation"];
    assert_eq!(operation["body"], json!({"partial": true, "json": "ticket.ticket"}));
    let parameters = json!([
        {"name": "ticketId", "in": "path", "required": true, "type": "text"},
        {"name": "notify", "in": "query", "required": true, "type": "boolean"},
    ]);
    assert_eq!(operation["parameters"], parameters);
    assert_eq!(operation["answers"], json!({"200": {"json": "ticket.ticket"}, "204": "empty"}));
}
