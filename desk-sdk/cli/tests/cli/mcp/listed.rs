//! Which tools there are.

use boon::{Compiler, Schemas};
use serde_json::{Value, json};

use super::client::{Assistant, Person, Version, program};
use crate::common::{Desk, bare, ran};

const GENERAL: [&str; 3] = ["find_operations", "describe_operation", "call_operation"];

#[test]
fn few_tools_are_listed_and_all_of_them_only_read() {
    let desk = Desk::start();
    let mut assistant = Assistant::start(&desk, &[]);
    let tools = assistant.tools();
    assert_eq!(tools.len(), 33);
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(
        names[..5],
        ["find_operations", "describe_operation", "call_operation", "get_tickets", "search_tickets"]
    );
    for tool in &tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["annotations"]["destructiveHint"], false, "{tool}");
        assert!(tool["annotations"]["title"].is_string() && tool["description"].is_string(), "{tool}");
    }
    let bytes = Value::from(tools).to_string().len();
    println!("tools/list has {bytes} bytes");
    assert!(bytes < 35_000, "{bytes}");
    assert!(desk.server.requests().is_empty(), "nothing is asked of Desk");
}

/// Clients compile each schema before they use a tool.
#[test]
fn every_schema_is_json_schema_and_takes_what_the_call_takes() {
    let desk = Desk::start();
    let mut assistant = Assistant::start(&desk, &["--max-risk", "destructive", "--tools", "2000"]);
    let tools = assistant.tools();
    assert!(tools.len() > 800, "{}", tools.len());
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    for (number, tool) in tools.iter().enumerate() {
        let address = format!("file:///{number}.json");
        compiler.add_resource(&address, tool["inputSchema"].clone()).unwrap();
        let compiled = compiler.compile(&address, &mut schemas);
        let compiled = compiled.unwrap_or_else(|error| panic!("{}: {error}", tool["name"]));
        match tool["name"].as_str().unwrap() {
            "get_tickets" => {
                let good = json!({ "limit": 5, "answer_fields": ["subject"], "full_answer": true, "position": "x" });
                assert!(schemas.validate(&good, compiled).is_ok());
                assert!(schemas.validate(&json!({ "limit": 500 }), compiled).is_err());
                assert!(schemas.validate(&json!({ "department_id": "1" }), compiled).is_err());
            }
            "delete_ticket" => assert!(schemas.validate(&json!({}), compiled).is_err()),
            _ => {}
        }
    }
}

#[test]
fn hints_follow_from_the_risk() {
    let desk = Desk::start();
    let arguments = ["--max-risk", "destructive", "--operations", "get_tickets,update_ticket,send_reply,delete_ticket"];
    let mut assistant = Assistant::start(&desk, &arguments);
    let tools = assistant.tools();
    let hints = |name: &str| {
        let tool = tools.iter().find(|tool| tool["name"] == name).unwrap();
        let hint = |hint: &str| tool["annotations"][hint].as_bool().unwrap();
        (hint("readOnlyHint"), hint("destructiveHint"), hint("openWorldHint"))
    };
    assert_eq!(hints("get_tickets"), (true, false, false));
    assert_eq!(hints("update_ticket"), (false, false, false));
    assert_eq!(hints("send_reply"), (false, true, true));
    assert_eq!(hints("delete_ticket"), (false, true, false));
    assert_eq!(hints("call_operation"), (false, true, false));
    assert_eq!(tools.len(), 7);
}

#[test]
fn operations_are_chosen_by_family_name_and_pattern() {
    let desk = Desk::start();
    let names = |arguments: &[&str]| -> Vec<String> {
        Assistant::start(&desk, arguments)
            .names()
            .into_iter()
            .filter(|name| !GENERAL.contains(&name.as_str()))
            .collect()
    };
    assert_eq!(names(&["--operations", "get_agents,get_ticket"]), ["get_agents", "get_ticket"]);
    let comments = names(&["--operations", "get_*_comments"]);
    assert!(comments.len() > 2 && comments.iter().all(|name| name.ends_with("_comments")), "{comments:?}");
    let contacts = names(&["--families", "contacts", "--tools", "5"]);
    assert_eq!(contacts.len(), 5);
    assert!(contacts.contains(&"get_contacts".to_owned()), "{contacts:?}");
    assert_eq!(names(&["--tools", "0"]), [""; 0]);
    for (arguments, told) in [
        (["--operations", "get_tickts"], "did you mean get_tickets?"),
        (["--operations", "gt_*"], "no operation is named like gt_*"),
        (["--families", "contcts"], "did you mean contacts?"),
        (["--operations", "delete_ticket"], "no operation is left to serve"),
        (["--max-risk", "none"], "choose safe, write, outbound or destructive"),
    ] {
        let refused = ran(&mut program(&desk, &arguments));
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains(told) && refused.out.is_empty(), "{refused:?}");
    }
}

#[test]
fn what_is_not_served_is_neither_listed_nor_called_and_says_why() {
    let desk = Desk::start();
    let mut assistant = Assistant::start(&desk, &["--families", "tickets"]);
    let call = |operation: &str| json!({ "operation": operation, "arguments": {} });
    let (kind, text) = assistant.refused("call_operation", call("delete_ticket"));
    assert_eq!(kind, "risk");
    assert!(text.contains("delete_ticket is destructive") && text.contains("--max-risk destructive"), "{text}");
    let (kind, text) = assistant.refused("call_operation", call("get_contacts"));
    assert_eq!(kind, "not_served");
    assert!(text.contains("--families"), "{text}");
    let (kind, text) = assistant.refused("call_operation", call("get_tickts"));
    assert_eq!(kind, "unknown_operation");
    assert!(text.contains("did you mean get_tickets?"), "{text}");
    let about = assistant.done("describe_operation", json!({ "operation": "delete_ticket" }));
    assert_eq!(about["callable"], false);
    assert!(about["not_callable_because"].as_str().unwrap().contains("--max-risk"), "{about}");
    let found = assistant.done("find_operations", json!({ "words": "delete ticket" }));
    assert!(found["not_served"]["operations"].to_string().contains("delete_ticket"), "{found}");
    assert!(!found["operations"].to_string().contains("\"delete_ticket\""), "{found}");
    assert!(desk.server.requests().is_empty());
}

#[test]
fn what_the_token_does_not_allow_is_not_listed_and_says_how_to_get_it() {
    let desk = Desk::start();
    let token = desk.server.token(["Desk.tickets.READ", "Desk.basic.READ"]);
    let mut command = program(&desk, &[]);
    command.env("DESK_TOKEN", token).env("DESK_SCOPES", "Desk.tickets.READ Desk.basic.READ");
    let mut assistant = Assistant::of(&mut command, Version::Handshake, Person::Absent);
    let names = assistant.names();
    assert!(names.contains(&"get_tickets".to_owned()) && !names.contains(&"get_contacts".to_owned()), "{names:?}");
    let (kind, text) = assistant.refused("get_contacts", json!({}));
    assert_eq!(kind, "scopes");
    assert!(text.contains("Desk.contacts.READ") && text.contains("desk login --for get_contacts"), "{text}");
    let (kind, _) = assistant.refused("call_operation", json!({ "operation": "get_contacts" }));
    assert_eq!(kind, "scopes");
    assert!(desk.server.requests().is_empty());
}

#[test]
fn operations_are_found_described_and_called() {
    let desk = Desk::start();
    let mut assistant = Assistant::start(&desk, &[]);
    let found = assistant.done("find_operations", json!({ "words": "list ticket comments" }));
    assert_eq!(found["operations"][0]["operation"], "get_ticket_comments", "{found}");
    assert_eq!(found["operations"][0]["risk"], "safe");
    let found = assistant.done("find_operations", json!({ "words": "tickets", "family": "contacts" }));
    assert!(found["operations"].as_array().unwrap().iter().all(|one| one["family"] == "contacts"), "{found}");
    let found = assistant.done("find_operations", json!({ "words": "tikcet" }));
    assert!(found["unknown_words"][0].as_str().unwrap().contains("did you mean ticket?"), "{found}");
    let about = assistant.done("describe_operation", json!({ "operation": "client.get_tickets(…)" }));
    assert_eq!(
        (&about["operation"], &about["risk"], &about["callable"]),
        (&json!("get_tickets"), &json!("safe"), &json!(true))
    );
    assert_eq!(about["arguments"]["properties"]["limit"]["maximum"], 100);
    assert_eq!(assistant.done("describe_operation", json!({ "operation": "getTickets" })), about);
    assert!(about["fields_of_records"].to_string().contains("subject"), "{about}");
    let answer = assistant.done("call_operation", json!({ "operation": "get_agents", "arguments": { "limit": 2 } }));
    assert_eq!((&answer["operation"], &answer["shown"]), (&json!("get_agents"), &json!(2)));
    for (tool, arguments, told) in [
        ("find_operations", json!({}), "words is required"),
        ("find_operations", json!({ "words": 5 }), "words must be text"),
        ("find_operations", json!({ "words": "a", "limit": 5 }), "there is no argument limit"),
        ("find_operations", json!({ "words": "a", "family": "none" }), "there is no family"),
        ("describe_operation", json!({ "name": "get_tickets" }), "operation is required"),
        ("call_operation", json!({ "operation": "get_agents", "arguments": [] }), "arguments must be an object"),
        ("call_operation", json!({ "operation": "get_agents", "limit": 2 }), "there is no argument limit"),
    ] {
        let (kind, text) = assistant.refused(tool, arguments);
        assert!(kind == "wrong_arguments" && text.contains(told), "{kind}: {text}");
    }
}

#[test]
fn the_list_is_printed_for_people() {
    let printed = ran(bare().args(["mcp", "--list"]));
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert!(printed.out.starts_with("find_operations\n") && printed.out.contains("\nget_tickets "), "{printed:?}");
    assert!(printed.out.trim_end().ends_with("more operations by call_operation"), "{printed:?}");
    let refused = ran(bare().arg("mcp"));
    assert_eq!(refused.code, Some(3), "{refused:?}");
    assert!(refused.err.starts_with("error: ") && refused.out.is_empty(), "{refused:?}");
}
