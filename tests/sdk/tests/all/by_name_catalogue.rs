//! The catalogue of calls by name: arguments made from its schemas, on client and server.

use crate::common::{EVERYTHING, builder, client, desk};
use desk_sdk::by_name::{catalogue, catalogue_of};
use desk_sdk::{Error, Retry, operations};
use serde_json::{Map, Value, json};

/// A value that a schema accepts; with everything that may be given, or only what is needed.
fn example(schema: &Value, defs: &Value, everything: bool, depth: usize) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.trim_start_matches("#/$defs/");
        return example(&defs[name], defs, everything && depth > 0, depth.saturating_sub(1));
    }
    if let Some(either) = schema["anyOf"].as_array() {
        return example(&either[0], defs, everything, depth);
    }
    if let Some(allowed) = schema["enum"].as_array() {
        return allowed[allowed.len() / 2].clone();
    }
    let number = |key: &str| schema[key].as_u64().map(|number| usize::try_from(number).expect("a small number"));
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind {
        None => true.into(),
        Some("boolean") => true.into(),
        Some("integer") => schema["maximum"].as_i64().or(schema["minimum"].as_i64()).unwrap_or(5).into(),
        Some("number") => schema["minimum"].as_f64().unwrap_or(1.5).into(),
        Some("string") if schema["pattern"] == "^[0-9]+$" => "4000000001001".into(),
        Some("string") if schema["format"] == "date-time" => "2026-05-14T09:30:00.000Z".into(),
        Some("string") if schema["pattern"] == "^[^,]+,[^,]+$" => {
            "2026-05-14T09:30:00.000Z,2026-05-15T09:30:00.000Z".into()
        }
        Some("string") if schema["contentEncoding"] == "base64" => "aGk=".into(),
        Some("string") if schema["pattern"] == "^cm_." => "cm_shelves".into(),
        Some("string") if schema["pattern"].as_str().is_some_and(|pattern| pattern.contains('/')) => {
            "text/plain".into()
        }
        Some("string") => {
            let least = number("minLength").unwrap_or(0);
            let text = if least > 4 { "x".repeat(least) } else { "text".to_owned() };
            text.chars().take(number("maxLength").unwrap_or(usize::MAX)).collect::<String>().into()
        }
        Some("array") => {
            let least = number("minItems").unwrap_or(0);
            let count = if everything { least.max(1) } else { least };
            let items = &schema["items"];
            let element = |index: usize| match (items["enum"].as_array(), example(items, defs, everything, depth)) {
                (Some(allowed), _) => allowed[index % allowed.len()].clone(),
                (None, Value::String(text)) if schema["uniqueItems"] == true => format!("{text}{index}").into(),
                (None, element) => element,
            };
            (0..count).map(element).collect()
        }
        Some("object") => {
            let named = |all: &Value, name: &str| all.as_array().is_some_and(|all| all.iter().any(|one| one == name));
            // Of two, one of which is required, the first is given.
            let of_two = |name: &str| {
                let pairs = schema["allOf"].as_array().into_iter().flatten();
                pairs.map(|pair| &pair["anyOf"][0]["required"]).any(|first| named(first, name))
            };
            let needed = |name: &str| named(&schema["required"], name) || of_two(name);
            let empty = Map::new();
            let properties = schema["properties"].as_object().unwrap_or(&empty);
            let given = properties.iter().filter(|(name, _)| everything || needed(name));
            given.map(|(name, schema)| (name.clone(), example(schema, defs, everything, depth))).collect()
        }
        Some(other) => panic!("no example of {other}"),
    }
}

/// A compiled schema.
struct Schema {
    schemas: boon::Schemas,
    index: boon::SchemaIndex,
}

impl Schema {
    fn new(schema: &Value) -> Self {
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        compiler.set_default_draft(boon::Draft::V2020_12);
        compiler.add_resource("memory:///arguments", schema.clone()).expect("a schema");
        let index = compiler.compile("memory:///arguments", &mut schemas).expect("it compiles");
        Self { schemas, index }
    }

    fn accepts(&self, arguments: &Value) -> Result<(), String> {
        self.schemas.validate(arguments, self.index).map_err(|error| format!("{error:#}"))
    }
}

/// Whether a refusal is about values alone, not about names.
fn only_values(refused: &desk_sdk::ApiError) -> bool {
    let about_name =
        |message: &str| ["No field", "no query parameter", "no part"].iter().any(|words| message.contains(words));
    let about_value = |error: &desk_sdk::FieldError| error.kind == "invalid" && !about_name(&error.message);
    match refused.code.as_str() {
        // Of parameters there is a message alone.
        "UNPROCESSABLE_ENTITY" => !about_name(&refused.message) && !refused.message.contains("is required"),
        _ => !refused.errors.is_empty() && refused.errors.iter().all(about_value),
    }
}

/// Every operation, with what is needed and with everything that may be given.
#[tokio::test]
async fn arguments_that_fit_the_catalogue_are_taken_by_client_and_server() {
    let desk = desk().await;
    let client = builder(&desk, &EVERYTHING).scope_check(desk_sdk::ScopeCheck::Off).retry(Retry::never());
    let client = client.build().expect("a client");
    desk.set_credits(1_000_000);
    let mut wrong = Vec::new();
    for operation in catalogue().as_array().expect("a list") {
        let (id, schema) = (operation["id"].as_str().expect("an id"), &operation["arguments"]);
        let compiled = Schema::new(schema);
        for everything in [false, true] {
            let arguments = example(schema, &schema["$defs"], everything, 1);
            if let Err(error) = compiled.accepts(&arguments) {
                wrong.push(format!("{id}: the schema refuses {arguments}: {error}"));
                continue;
            }
            desk.reset_requests();
            let result = client.invoke(id, arguments.clone()).await;
            let requests = desk.requests();
            match (&requests[..], result) {
                ([_], Ok(_)) => {}
                // No record has the id of an example, and a text of any form may not be a date or an address: but
                // nothing is missing, and nothing is there that the server does not know.
                ([_], Err(Error::Api(refused))) if refused.status == 404 => {}
                ([_], Err(Error::Api(refused))) if refused.status == 422 && only_values(&refused) => {}
                (_, result) => wrong.push(format!("{id} with {arguments}: {} requests, {result:?}", requests.len())),
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn arguments_that_do_not_fit_the_catalogue_are_refused() {
    let desk = desk().await;
    let client = client(&desk, &EVERYTHING);
    let file = |more: Value| {
        let mut file = json!({ "name": "a.png", "base64": "aGk=" });
        file.as_object_mut().expect("a record").extend(more.as_object().cloned().unwrap_or_default());
        json!({ "userPhoto": file })
    };
    let cases = [
        ("get_tickets", json!([])),
        ("get_tickets", json!({ "department_ids": ["1"] })),
        ("get_tickets", json!({ "departmentIds": ["one"] })),
        ("get_tickets", json!({ "departmentIds": "1" })),
        ("get_contacts", json!({ "limit": 0 })),
        ("get_tickets", json!({ "limit": 101 })),
        ("get_tickets", json!({ "limit": 1.5 })),
        ("get_tickets", json!({ "limit": null })),
        ("get_tickets", json!({ "include": ["contacts", "contacts"] })),
        ("get_tickets", json!({ "include": [] })),
        ("get_tickets", json!({ "include": ["Contacts"] })),
        ("get_contacts", json!({ "sortBy": "+createdTime" })),
        ("get_tickets", json!({ "assignee": ["Nobody"] })),
        ("get_tickets", json!({ "status": ["a,b"] })),
        ("get_tickets", json!({ "priority": vec!["x"; 21] })),
        ("get_tickets", json!({ "filters": { "mode": [] } })),
        ("get_tickets", json!({ "cf_shelf": "7" })),
        ("get_ticket", json!({})),
        ("get_agents_tickets_count", json!({ "agentIds": [] })),
        ("create_ticket", json!({ "contactId": "1" })),
        ("create_ticket", json!({ "contactId": null, "departmentId": "1" })),
        ("create_ticket", json!({ "contactId": "1", "departmentId": "1", "subject": "x".repeat(1001) })),
        ("create_ticket", json!({ "contactId": "1", "departmentId": "1", "contact": { "phone": "1" } })),
        ("create_ticket", json!({ "contactId": "1", "departmentId": "1", "parentTicket": { "id": null } })),
        ("move_ticket", json!({ "ticketId": "1", "departmentId": "1", "body": { "department": "1" } })),
        ("upload_my_photo", json!({ "userPhoto": "face.png" })),
        ("upload_my_photo", json!({ "userPhoto": null })),
        ("upload_my_photo", file(json!({ "path": "face.png" }))),
        ("upload_my_photo", file(json!({ "base64": null }))),
        ("upload_my_photo", file(json!({ "media_type": "picture" }))),
        ("get_session_analytics", json!({ "department": ["5"] })),
    ];
    for (operation, arguments) in cases {
        let schema = Schema::new(&catalogue_of(operation).expect("it is there")["arguments"]);
        assert!(schema.accepts(&arguments).is_err(), "the schema of {operation} accepts {arguments}");
        client.invoke(operation, arguments).await.expect_err("it is refused");
    }
    assert!(desk.requests().is_empty());
}

#[test]
fn the_catalogue_has_every_operation_and_stays_small() {
    let catalogue = catalogue();
    let listed = catalogue.as_array().expect("a list");
    assert_eq!(listed.len(), desk_sdk::operations().count());
    for (entry, operation) in listed.iter().zip(operations()) {
        assert_eq!(entry["id"], operation.id);
        assert_eq!(entry["risk"], operation.risk.to_string());
        assert_eq!(entry["scopes"].as_array().map(Vec::len), Some(operation.scopes.len()));
        assert_eq!(entry["alias_of"].as_str(), operation.alias_of);
        let closed = entry["arguments"]["additionalProperties"] == false;
        assert_eq!(closed, !operation.undocumented_query, "{operation}");
        for parameter in operation.parameters {
            let property = &entry["arguments"]["properties"][parameter.field.name];
            assert!(matches!(property["x-in"].as_str(), Some("path" | "query" | "header")), "{operation}: {property}");
        }
        assert_eq!(&catalogue_of(operation.id).expect("it is listed"), entry);
    }
    let family = |id: &str| catalogue_of(id).expect("it is there")["family"].clone();
    assert_eq!((family("getTickets"), family("get_agents")), (json!("tickets"), json!("agents")));
    let answer = |id: &str| catalogue_of(id).expect("it is there")["answer"].clone();
    assert_eq!(
        (answer("get_tickets"), answer("delete_ticket"), answer("get_agent_profile_photo")),
        (json!("json"), json!("empty"), json!("file"))
    );
    let size = catalogue.to_string().len();
    assert!(size < 1_200_000, "{size} bytes");
    assert!(matches!(catalogue_of("get_tickest"), Err(Error::UnknownOperation(_))));
}
