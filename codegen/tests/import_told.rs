//! What cannot be taken over is told: what, where, and the correction to paste.

use crate::common::documents::{changed, expect, get};
use crate::common::{imported, module};
use desk_codegen::Files;
use desk_codegen::review::review;
use serde_json::{Value, json};

/// A change of the document, the note that it gives, and what stands in the note's line.
type Case<'c> = (&'c dyn Fn(&mut Value), &'c str, &'c str);

#[test]
fn what_is_lost_is_told_with_its_place() {
    let with = |parameter: Value| {
        move |whole: &mut Value| get(whole)["parameters"].as_array_mut().unwrap().push(parameter.clone())
    };
    let list = json!({"type": "array", "items": {"type": "string"}});
    let record = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let cases: &[Case<'_>] = &[
        (
            &|whole| get(whole)["callbacks"] = json!({}),
            "get_thing: `callbacks` of an operation is not understood and was left out",
            "\"callbacks\"",
        ),
        (
            &|whole| whole["webhooks"] = json!({}),
            "`webhooks` of a document is not understood and was left out",
            "\"webhooks\"",
        ),
        (
            &|whole| get(whole)["responses"]["200"]["headers"] = json!({}),
            "get_thing, answer: `headers` of a response is not understood and was left out",
            "\"headers\"",
        ),
        (
            &|whole| get(whole)["respones"] = json!({}),
            "get_thing: `respones` of an operation is not understood and was left out; is it responses?",
            "\"respones\"",
        ),
        (
            &|whole| whole["components"]["schemas"]["data"]["properties"]["name"]["not"] = json!({}),
            "type thing.data, field name: `not` of a schema is not understood and was left out",
            "\"not\"",
        ),
        (
            &|whole| whole["components"]["schemas"]["data"]["properties"]["name"]["type"] = json!("strnig"),
            "type thing.data, field name: the type `strnig` is not known; any value is accepted; is it string?",
            "strnig",
        ),
        (
            &|whole| whole["components"]["schemas"]["data"]["properties"]["name"]["format"] = json!("uuid"),
            "type thing.data, field name: the format `uuid` is not known; only the type beside it counts",
            "\"name\": {",
        ),
        (
            &|whole| whole["components"]["schemas"]["data"]["properties"]["name"]["pattern"] = json!("^a+$"),
            "type thing.data, field name: the pattern ^a+$ is not understood and was left out",
            "^a+$",
        ),
        (
            &|whole| whole["components"]["schemas"]["data"]["required"] = json!(["nam"]),
            "type thing.data: `required` names nam, which is not declared; it may have any value; is it name?",
            "\"data\": {",
        ),
        (
            &|whole| whole["components"]["schemas"]["data"]["additionalProperties"] = json!({"type": "string"}),
            "type thing.data: other keys than the declared ones have a type, which is not checked",
            "\"additionalProperties\"",
        ),
        (
            &|whole| get(whole)["operationId"] = json!("?"),
            "get_things_id: `operationId` has no letters or digits; the operation is called get_things_id",
            "\"get\": {",
        ),
        (
            &|whole| get(whole)["responses"] = json!({"default": {"description": "It."}}),
            "get_thing, answer: only `default` is declared; it is read as the answer of a success",
            "\"default\"",
        ),
        (
            &|whole| get(whole)["responses"]["20"] = json!({}),
            "get_thing, answer: \"20\" is not a status; the response was left out",
            "\"20\"",
        ),
        (
            &|whole| get(whole)["requestBody"] = json!({"description": "Nothing."}),
            "get_thing, body: a body without `content`: nothing is sent",
            "\"requestBody\"",
        ),
        (&with(json!({"name": "", "in": "query"})), "get_thing: a parameter without a name; it was left out", "{"),
        (
            &with(json!({"name": "c", "in": "cookie", "schema": {}})),
            "get_thing, parameter c: in \"cookie\"; it was left out",
            "{",
        ),
        (
            &with(json!({"name": "q", "in": "query", "schema": list, "style": "pipeDelimited"})),
            "get_thing, parameter q: `style: pipeDelimited` is not understood: clients write a list with commas",
            "{",
        ),
        (
            &with(json!({"name": "q", "in": "query", "schema": list, "explode": true})),
            "get_thing, parameter q: `explode: true` is not understood: clients write a list with commas",
            "{",
        ),
        (
            &with(json!({"name": "q", "in": "query", "schema": record, "style": "deepObject"})),
            "get_thing, parameter q: `style: deepObject` is not understood: clients write a record as JSON",
            "{",
        ),
        (
            &with(json!({"name": "q", "in": "query", "content": {"text/xml": {}}})),
            "get_thing, parameter q: written as text/xml; clients write it as text",
            "\"text/xml\"",
        ),
        (
            &|whole| whole["paths"]["/gone"] = json!({"$ref": "Gone.json#/path"}),
            "/gone: Gone.json#/path does not exist; the path was left out",
            "\"/gone\"",
        ),
        (
            &|whole| {
                let media = &mut get(whole)["responses"]["200"]["content"]["application/json"];
                media["schema"] = json!({"$ref": "https://example.com/a.json"});
            },
            "get_thing, answer: https://example.com/a.json is outside of the files; any value is accepted",
            "\"schema\"",
        ),
    ];
    for (change, note, place) in cases {
        let text = changed(change);
        let imported = imported(&[("Thing.json", &text)]);
        expect(&text, &imported, &[(note, place)]);
        assert!(imported.notes.iter().all(|note| !note.help.is_empty()));
        assert!(
            module(&imported, "thing")
                .operations
                .iter()
                .all(|one| one.parameters.iter().all(|one| !one.name.is_empty()))
        );
    }
}

#[test]
fn what_is_written_as_clients_write_it_is_no_news() {
    let list = json!({"type": "array", "items": {"type": "string"}});
    let record = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    for parameter in [
        json!({"name": "q", "in": "query", "schema": list, "style": "form", "explode": false}),
        json!({"name": "q", "in": "query", "schema": {"type": "string"}, "style": "form", "explode": true}),
        json!({"name": "q", "in": "header", "schema": list, "style": "simple", "explode": true}),
        json!({"name": "q", "in": "query", "content": {"application/json": {"schema": record}}}),
    ] {
        let text = changed(|whole| get(whole)["parameters"].as_array_mut().unwrap().push(parameter.clone()));
        let imported = imported(&[("Thing.json", &text)]);
        expect(&text, &imported, &[]);
        let made = &module(&imported, "thing").operations[0].parameters[1];
        assert_ne!(made.schema, desk_codegen::spec::Schema::scalar(desk_codegen::spec::Scalar::Any), "{parameter}");
    }
}

#[test]
fn the_help_is_the_correction_to_paste() {
    let help = |change: &dyn Fn(&mut Value)| {
        let review = review(&imported(&[("Thing.json", &changed(change))]), &Files::new()).unwrap();
        review.new[0].help.clone()
    };
    let reason = "\"evidence\": \"documented\", \"why\": \"…\"}";
    let paste = "if that is wrong, add to `corrections` in spec/local: ";
    assert_eq!(
        help(&|whole| drop(whole.as_object_mut().unwrap().remove("security"))),
        format!(
            "{paste}{{\"operation\": \"get_thing\", \"change\": {{\"scopes\": [[\"…\"]]}}, \"was\": {{\"scopes\": []}}, \
             {reason}"
        )
    );
    assert_eq!(
        help(&|whole| whole["components"]["schemas"]["data"]["required"] = json!(["nam"])),
        format!(
            "{paste}{{\"type\": \"thing.data\", \"change\": {{\"required\": [\"name\"]}}, \"was\": {{\"required\": [\"nam\"]}}, \
             {reason}"
        )
    );
    assert_eq!(
        help(&|whole| {
            let cookie = json!({"name": "c", "in": "cookie"});
            get(whole)["parameters"].as_array_mut().unwrap().push(cookie);
        }),
        format!(
            "{paste}{{\"operation\": \"get_thing\", \"parameter\": \"c\", \
             \"add\": {{\"in\": \"query\", \"type\": \"text\"}}, {reason}"
        )
    );
    assert_eq!(
        help(&|whole| {
            let media = &mut get(whole)["responses"]["200"]["content"]["application/json"];
            media["schema"] = json!({"$ref": "Other.json#/components/schemas/gone"});
        }),
        format!("add to `types` in spec/local: {{\"name\": \"other.gone\", \"type\": \"…\", {reason}")
    );
}
