//! Asking the person before something is done that cannot be taken back.

use serde_json::{Value, json};

use super::client::{Assistant, Person, Version, program};
use crate::common::Desk;

const VERSIONS: [Version; 2] = [Version::Handshake, Version::Stateless];

fn reply(desk: &Desk) -> Value {
    let ticket = desk.server.records("tickets")[0]["id"].clone();
    json!({ "ticketId": ticket, "channel": "EMAIL", "to": "ada@example.com", "content": "We are\non it \u{202e}now" })
}

fn start(desk: &Desk, version: Version, person: Person, arguments: &[&str]) -> Assistant {
    let arguments = [&["--max-risk", "destructive"], arguments].concat();
    Assistant::of(&mut program(desk, &arguments), version, person)
}

fn sent(desk: &Desk) -> usize {
    desk.server.requests().iter().filter(|request| request.operation.as_deref() == Some("send_reply")).count()
}

fn call(arguments: &Value) -> Value {
    json!({ "operation": "send_reply", "arguments": arguments })
}

#[test]
fn what_the_person_agrees_to_is_sent_as_it_was_shown() {
    for version in VERSIONS {
        let desk = Desk::start();
        let mut assistant = start(&desk, version, Person::Accepts, &[]);
        let answer = assistant.done("call_operation", call(&reply(&desk)));
        assert_eq!(answer["operation"], "send_reply", "{version:?}");
        assert_eq!(sent(&desk), 1);
        let [question] = &assistant.questions[..] else { panic!("{:?}", assistant.questions) };
        let ticket = reply(&desk)["ticketId"].as_str().unwrap().to_owned();
        let path = format!("POST /api/v1/tickets/{ticket}/sendReply");
        for shown in
            ["send_reply", "cannot be taken back", &path, "\"to\": \"ada@example.com\"", "We are\\non it \\u{202e}now"]
        {
            assert!(question.contains(shown), "{version:?}: {shown} in {question}");
        }
        // What only reads or can be taken back is not asked about.
        assistant.done("get_tickets", json!({ "limit": 1 }));
        assistant.done("update_ticket", json!({ "ticketId": ticket, "subject": "Anew" }));
        assert_eq!(assistant.questions.len(), 1);
    }
}

#[test]
fn without_a_plain_yes_nothing_is_sent() {
    for version in VERSIONS {
        for (person, kind) in
            [(Person::Declines, "declined"), (Person::AcceptsWithoutYes, "declined"), (Person::Absent, "confirmation")]
        {
            let desk = Desk::start();
            let mut assistant = start(&desk, version, person, &[]);
            let (refused, text) = assistant.refused("call_operation", call(&reply(&desk)));
            assert_eq!(refused, kind, "{version:?} {person:?}: {text}");
            assert!(text.contains("nothing was sent"), "{text}");
            let ticket = reply(&desk)["ticketId"].clone();
            let trash = json!({ "operation": "delete_ticket", "arguments": { "ticketIds": [ticket] } });
            assert_eq!(assistant.refused("call_operation", trash).0, kind);
            assert!(desk.server.requests().is_empty());
        }
    }
}

#[test]
fn a_person_is_not_asked_about_what_would_be_refused() {
    let desk = Desk::start();
    let mut assistant = start(&desk, Version::Handshake, Person::Accepts, &[]);
    let mut wrong = reply(&desk);
    wrong["ticketId"] = "1/../2".into();
    assert_eq!(assistant.refused("call_operation", call(&wrong)).0, "wrong_arguments");
    let mut wrong = reply(&desk);
    wrong["contnt"] = "x".into();
    let (kind, text) = assistant.refused("call_operation", call(&wrong));
    assert!(kind == "wrong_arguments" && text.contains("did you mean \"content\"?"), "{text}");
    let mut long = reply(&desk);
    long["content"] = "x".repeat(20_000).into();
    assert_eq!(assistant.refused("call_operation", call(&long)).0, "too_large");
    assert!(assistant.questions.is_empty() && desk.server.requests().is_empty());
}

#[test]
fn who_starts_the_server_can_allow_it_without_asking() {
    let desk = Desk::start();
    let mut assistant = start(&desk, Version::Handshake, Person::Absent, &["--without-asking", "outbound"]);
    assistant.done("call_operation", call(&reply(&desk)));
    assert_eq!(sent(&desk), 1);
    let trash = json!({ "ticketIds": [reply(&desk)["ticketId"]] });
    let (kind, text) = assistant.refused("call_operation", json!({ "operation": "delete_ticket", "arguments": trash }));
    assert!(kind == "confirmation" && text.contains("--without-asking destructive"), "{text}");
}

/// The client repeats the call, so that it could repeat another one.
#[test]
fn a_consent_is_good_for_one_call_once() {
    let desk = Desk::start();
    let mut assistant = start(&desk, Version::Stateless, Person::Accepts, &[]);
    let ask = |assistant: &mut Assistant| {
        let params = json!({ "name": "call_operation", "arguments": call(&reply(&desk)) });
        assistant.request("tools/call", params)["result"]["requestState"].as_str().unwrap().to_owned()
    };
    let repeat = |assistant: &mut Assistant, arguments: Value, state: &str| {
        let yes = json!({ "confirm": { "action": "accept", "content": { "confirm": true } } });
        let params =
            json!({ "name": "call_operation", "arguments": arguments, "inputResponses": yes, "requestState": state });
        assistant.request("tools/call", params)["result"].clone()
    };
    let state = ask(&mut assistant);
    let mut other = reply(&desk);
    other["to"] = "eve@example.com".into();
    assert_eq!(repeat(&mut assistant, call(&other), &state)["structuredContent"]["refused"], "confirmation");
    assert_eq!(repeat(&mut assistant, call(&reply(&desk)), &state)["structuredContent"]["refused"], "confirmation");
    assert_eq!(repeat(&mut assistant, call(&reply(&desk)), "made up")["structuredContent"]["refused"], "confirmation");
    assert_eq!(sent(&desk), 0);
    let state = ask(&mut assistant);
    assert_ne!(repeat(&mut assistant, call(&reply(&desk)), &state)["isError"], true);
    assert_eq!(repeat(&mut assistant, call(&reply(&desk)), &state)["structuredContent"]["refused"], "confirmation");
    assert_eq!(sent(&desk), 1);
}
