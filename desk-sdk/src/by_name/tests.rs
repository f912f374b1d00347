//! Shapes of operations that the spec may have, whether or not it has one today.

use serde_json::{Value, json};

use super::arguments::call;
use super::schema::arguments;
use crate::Error;
use crate::call::Call;
use crate::operation::Rule::{MaxLength, Nullable, Required};
use crate::operation::{Body, Field, Kind, Operation, field, path, query};
use crate::validate::validate;

const MODULE: Operation = Operation::of("shapes");

/// A record that holds itself.
fn folder() -> &'static [Field] {
    const FIELDS: &[Field] = &[
        field("name", Kind::Text, &[Required, MaxLength(5)]),
        field("within", Kind::Record(folder), &[Nullable]),
        field("others", Kind::List(&Kind::Record(folder)), &[]),
    ];
    FIELDS
}

static CLASH: Operation = Operation {
    id: "move_folder",
    path: "/{id}",
    parameters: &[path("id", Kind::Id, &[Required]), query("count", Kind::Integer, &[])],
    body: Body::json(&[
        field("id", Kind::Id, &[Required]),
        field("count", Kind::Integer, &[Nullable]),
        field("to", Kind::Record(folder), &[]),
    ]),
    ..MODULE
};

static FILES: Operation = Operation {
    id: "add_files",
    path: "/files",
    body: Body::form(&[
        field("files", Kind::List(&Kind::File), &[Required]),
        field("cover", Kind::File, &[Nullable]),
        field("note", Kind::Text, &[]),
    ]),
    ..MODULE
};

static BYTES: Operation = Operation { id: "put_bytes", path: "/bytes", body: Body::Bytes, ..MODULE };

static WHOLE: Operation = Operation {
    id: "put_list",
    path: "/list",
    body: Body::Whole { required: true, kind: Kind::List(&Kind::Record(folder)) },
    ..MODULE
};

static NAMED_BODY: Operation = Operation {
    id: "write_mail",
    path: "/mail",
    body: Body::json(&[field("body", Kind::Text, &[]), field("subject", Kind::Text, &[])]),
    ..MODULE
};

static UNDOCUMENTED: Operation = Operation {
    id: "count_all",
    path: "/count",
    undocumented_query: true,
    parameters: &[query("limit", Kind::Integer, &[])],
    ..MODULE
};

fn taken(operation: &'static Operation, arguments: Value) -> Call {
    let call = call(operation, arguments).unwrap_or_else(|error| panic!("{error}"));
    validate(&call, crate::validate::Check::Enforce).unwrap_or_else(|error| panic!("{error}"));
    call
}

fn refused(operation: &'static Operation, arguments: Value) -> String {
    let error = call(operation, arguments)
        .and_then(|call| validate(&call, crate::validate::Check::Enforce).map_err(Error::from));
    error.expect_err("it is refused").to_string()
}

#[test]
fn a_field_that_is_named_like_a_parameter_is_given_in_the_body() {
    let call = taken(&CLASH, json!({ "id": "1", "to": { "name": "a" }, "body": { "id": 2, "count": null } }));
    assert_eq!(json!(call.parameters), json!({ "id": "1" }));
    assert_eq!(json!(call.fields), json!({ "id": "2", "count": null, "to": { "name": "a" } }));
    let schema = arguments(&CLASH);
    assert_eq!(schema["required"], json!(["id", "body"]));
    assert_eq!(schema["properties"]["body"]["required"], json!(["id"]));
    assert_eq!(schema["properties"]["id"]["x-in"], "path");
    let missing = refused(&CLASH, json!({ "id": "1" }));
    assert_eq!(missing, "move_folder: id is required but was not given; no request was made");
}

#[test]
fn the_same_field_twice_is_refused() {
    let twice = json!({ "id": "1", "to": { "name": "a" }, "body": { "id": "2", "to": { "name": "b" } } });
    let said = refused(&CLASH, twice);
    let expected = "move_folder: to must be given once, either with the other arguments or within \"body\", \
                    but is {\"name\":\"a\"} and {\"name\":\"b\"}; no request was made";
    assert_eq!(said, expected);
    let file = json!({ "name": "a", "base64": "" });
    let said = refused(&FILES, json!({ "files": [file.clone()], "body": { "files": [file] } }));
    assert!(said.contains("files must be given once") && said.contains("and a file"), "{said}");
}

#[test]
fn records_are_searched_to_any_depth() {
    let deep = |name: &str| json!({ "id": "1", "body": { "id": "2" }, "to": { "name": "a", "others": [{ "name": "b", "within": { name: "c" } }] } });
    taken(&CLASH, deep("name"));
    let said = refused(&CLASH, deep("Name"));
    assert_eq!(
        said,
        "move_folder has no argument \"to.others[0].within.Name\"; did you mean \"name\"? \
         Known there: name, within, others; no request was made"
    );
    let said = refused(&CLASH, json!({ "id": "1", "body": { "id": "2" }, "to": { "name": null } }));
    assert!(said.contains("to.name must be text, because it cannot be cleared, but is null"), "{said}");
    let said = refused(&WHOLE, json!({ "body": [{ "name": "a" }, { "nam": "b" }] }));
    assert!(said.contains("no argument \"body[1].nam\"; did you mean \"name\"?"), "{said}");
    taken(&WHOLE, json!({ "body": [{ "name": "a", "cf_shelf": { "any": 1 } }] }));
}

#[test]
fn a_record_within_itself_is_a_definition() {
    let schema = arguments(&CLASH);
    let to = &schema["properties"]["to"];
    assert_eq!(to["$ref"], "#/$defs/to");
    let definition = &schema["$defs"]["to"];
    assert_eq!(definition["properties"]["others"]["items"], json!({ "$ref": "#/$defs/to" }));
    let nullable = json!({ "anyOf": [{ "$ref": "#/$defs/to" }, { "type": "null" }] });
    assert_eq!(definition["properties"]["within"], nullable);
    assert_eq!(definition["additionalProperties"], false);
}

#[test]
fn files_come_in_base64() {
    let call = taken(
        &FILES,
        json!({
            "files": [{ "name": "a.png", "base64": "iVBORw==", "media_type": "image/png" }, { "name": "b", "base64": "YQ" }],
            "note": "two",
        }),
    );
    let files: Vec<_> = call.files.iter().map(|(name, file)| (*name, file.name.as_str(), file.size())).collect();
    assert_eq!(files, [("files", "a.png", Some(4)), ("files", "b", Some(1))]);
    assert_eq!(call.files[0].1.media_type.as_deref(), Some("image/png"));
    for (file, expected) in [
        (json!("/etc/passwd"), "files[0] must be a record with name, base64, media_type (paths are not accepted)"),
        (json!({ "path": "/etc/passwd" }), "no argument \"files[0].path\""),
        (json!({ "base64": "" }), "files[0].name is required"),
        (json!({ "name": "a" }), "files[0].base64 is required"),
        (json!({ "name": "a", "base64": "?" }), "files[0].base64 must be the content in base64"),
        (json!({ "name": 1, "base64": "" }), "files[0].name must be text"),
    ] {
        let said = refused(&FILES, json!({ "files": [file] }));
        assert!(said.contains(expected), "{said}");
    }
    let said = refused(&FILES, json!({ "files": [{ "name": "a", "base64": "" }], "cover": null }));
    assert!(said.contains("cover must be a record with name"), "{said}");
    assert!(refused(&FILES, json!({ "files": [] })).contains("files is required"));
    let schema = arguments(&FILES);
    assert_eq!(schema["properties"]["files"]["items"]["required"], json!(["name", "base64"]));
    assert_eq!(schema["properties"]["cover"]["type"], "object");
}

#[test]
fn bytes_come_in_base64_with_their_kind() {
    let call = taken(&BYTES, json!({ "body": { "base64": "aGk=", "media_type": "text/plain" } }));
    assert_eq!(call.bytes.as_deref(), Some(&b"hi"[..]));
    assert_eq!(call.headers, [(http::header::CONTENT_TYPE, "text/plain".to_owned())]);
    let said = refused(&BYTES, json!({ "body": { "base64": "aGk=", "name": "a" } }));
    assert!(said.contains("no argument \"body.name\"") && said.contains("Known there: base64, media_type"), "{said}");
    let said = refused(&BYTES, json!({ "content": "aGk=" }));
    assert!(said.contains("Known there: body"), "{said}");
    assert_eq!(arguments(&BYTES)["properties"]["body"]["properties"]["base64"]["contentEncoding"], "base64");
}

#[test]
fn a_field_of_that_name_is_what_body_means() {
    let call = taken(&NAMED_BODY, json!({ "body": "Dear all", "subject": "News", "cf_tone": "warm" }));
    assert_eq!(json!(call.fields), json!({ "body": "Dear all", "subject": "News", "cf_tone": "warm" }));
    assert_eq!(arguments(&NAMED_BODY)["properties"]["body"]["type"], "string");
}

#[test]
fn undocumented_parameters_are_taken_where_there_are_any() {
    let call = taken(&UNDOCUMENTED, json!({ "limit": 5.0, "a": "x", "b": 2, "c": true, "cf_d": "y" }));
    assert_eq!(json!(call.parameters), json!({ "limit": 5 }));
    let query: Vec<_> = call.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(query, [("a", "x"), ("b", "2"), ("c", "true"), ("cf_d", "y")]);
    for value in [json!(null), json!([1]), json!({})] {
        assert!(refused(&UNDOCUMENTED, json!({ "a": value })).contains("a must be text, a number, true or false"));
    }
    assert!(refused(&UNDOCUMENTED, json!({ "limit": 5.5 })).contains("limit must be a whole number"));
    assert!(refused(&UNDOCUMENTED, json!({ "limit": null })).contains("limit must be given a value, or left out"));
    assert!(refused(&UNDOCUMENTED, json!({ "orgId": "1" })).contains("orgId is set on the client"));
    assert_eq!(arguments(&UNDOCUMENTED)["additionalProperties"]["x-in"], "query");
}

#[test]
fn arguments_are_an_object() {
    taken(&UNDOCUMENTED, Value::Null);
    for other in [json!([]), json!("limit"), json!(5)] {
        let said = refused(&UNDOCUMENTED, other);
        assert!(said.contains("count_all: arguments must be a JSON object, or null for none, but is "), "{said}");
    }
    assert!(refused(&CLASH, json!({ "id": "1", "body": [] })).contains("body must be a record with the body's fields"));
}
