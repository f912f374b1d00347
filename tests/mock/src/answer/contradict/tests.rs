//! Contradictions in the answers of all operations.

use std::collections::BTreeMap;

use desk_spec::{Answer, Kind, Schema, Spec};
use serde_json::{Value, json};

use super::{Contradiction, Turn, contradict, spoil};
use crate::answer::synthesize::Synthesizer;

fn answers(spec: &Spec) -> impl Iterator<Item = (&str, &Schema, Value)> {
    let synthesizer = Synthesizer::apart(spec);
    spec.operations.iter().filter_map(move |listed| {
        let operation = &listed.operation;
        let Some(Answer::Json(schema)) = operation.main_answer() else { return None };
        Some((operation.id.as_str(), schema, synthesizer.value(schema, "answer")))
    })
}

#[test]
fn each_changes_what_it_concerns_and_nothing_else_is_an_error() {
    let spec = crate::spec::built_in().unwrap();
    let mut changed: BTreeMap<String, usize> = BTreeMap::new();
    for (_, schema, value) in answers(&spec) {
        for one in Contradiction::all() {
            let other = contradict(&spec, schema, value.clone(), &[one], Turn::Always);
            *changed.entry(one.to_string()).or_default() += usize::from(other.as_ref() != Some(&value));
            assert_eq!(other.is_none(), one == Contradiction::EmptyBody);
        }
    }
    assert_eq!(changed.len(), Contradiction::all().count());
    assert!(changed.values().all(|count| *count > 100), "{changed:?}");
}

/// Enough for every turn of the whole ones.
const CALLS: u64 = 28;

#[test]
fn all_of_them_take_turns() {
    let spec = crate::spec::built_in().unwrap();
    let all: Vec<Contradiction> = Contradiction::all().collect();
    for (id, schema, value) in answers(&spec) {
        let made = |call| contradict(&spec, schema, value.clone(), &all, Turn::Of(id, call));
        let calls: Vec<Option<Value>> = (0..CALLS).map(made).collect();
        assert_eq!(calls.first(), (0..1).map(made).collect::<Vec<_>>().first(), "{id}");
        if value.is_object() {
            let objects = calls.iter().flatten().filter(|value| value.is_object()).count();
            assert!((20..28).contains(&objects), "{id}: {objects}");
        }
    }
}

#[test]
fn single_values() {
    let schema: Schema = serde_json::from_value(json!({
        "type": "object",
        "fields": {
            "id": "id", "ownerId": "id", "at": "date-time", "count": "integer", "open": "boolean",
            "kind": { "type": "text", "values": ["AGENT", "END_USER"] }, "pinnedTime": "text", "both": { "type": "text", "values": ["on", "ON"] }, "name": "text", "either": { "type": "union", "of": ["integer", "text"] },
        },
        "required": ["name"],
    }))
    .unwrap();
    let value = json!({ "id": "1", "ownerId": "2", "at": "2024-05-14T09:30:00.000Z", "count": 3, "open": true, "kind": "AGENT", "pinnedTime": "soon", "both": "on", "name": "n", "either": 4 });
    let with = |name: &str| {
        let one = name.parse().unwrap();
        contradict(&Spec::default(), &schema, value.clone(), &[one], Turn::Always).unwrap_or_default()
    };
    assert_eq!(with("epoch-number")["at"], 1_715_679_000_000_i64);
    assert_eq!(with("epoch-number")["pinnedTime"], 1_715_679_000_000_i64);
    assert_eq!(with("epoch-text")["at"], "1715679000000");
    assert_eq!(with("no-milliseconds")["at"], "2024-05-14T09:30:00Z");
    assert_eq!((&with("id-as-number")["id"], &with("id-as-number")["ownerId"]), (&json!(1), &json!(2)));
    assert_eq!((&with("number-as-text")["count"], &with("number-as-text")["either"]), (&json!("3"), &json!("4")));
    assert_eq!(with("minus-one")["count"], "-1");
    assert_eq!(with("boolean-as-text")["open"], "true");
    assert_eq!((&with("empty-text")["id"], &with("empty-text")["ownerId"]), (&json!("1"), &json!("")));
    assert_eq!(with("enum-in-list")["kind"], json!(["AGENT"]));
    assert_eq!(
        (&with("enum-case")["kind"], &with("unlisted-enum")["kind"]),
        (&json!("agent"), &json!("NOT_LISTED_YET"))
    );
    assert_eq!((&with("enum-case")["both"], &with("misspelt-enum")["both"]), (&json!("on"), &json!("onn")));
    assert_eq!(with("misspelt-enum")["kind"], "AGEENT");
    assert_eq!(with("missing-key").get("name"), None);
    assert!(with("undeclared-key")["isNewToEveryone"].is_object());
    assert_eq!((&with("null")["name"], &with("null")["id"]), (&Value::Null, &json!("1")));
    assert_eq!(
        (with("bare-list"), with("bare-text"), with("empty-body")),
        (json!([value]), json!("bare"), Value::Null)
    );
    assert_eq!(
        "nul".parse::<Contradiction>().unwrap_err().to_string().split(';').next(),
        Some("there is no contradiction \"nul\"")
    );
}

/// The enums in a type, named types apart.
fn enums<'a>(schema: &'a Schema, found: &mut Vec<&'a Schema>) {
    match &schema.kind {
        Kind::Scalar(_) if !schema.rules.values.is_empty() => found.push(schema),
        Kind::Scalar(_) | Kind::Named(_) => {}
        Kind::List(of) | Kind::Map(of) => enums(of, found),
        Kind::Object(object) => object.fields.values().for_each(|field| enums(field, found)),
        Kind::Union(branches) => branches.iter().for_each(|branch| enums(branch, found)),
    }
}

#[test]
fn no_value_of_an_enum_becomes_another_listed_one() {
    let spec = crate::spec::built_in().unwrap();
    let mut all = Vec::new();
    let answers = spec.operations.iter().flat_map(|listed| listed.operation.schemas());
    spec.types.values().chain(answers).for_each(|schema| enums(schema, &mut all));
    assert!(all.len() > 300, "{}", all.len());
    for schema in all {
        let values = &schema.rules.values;
        let list = Schema { kind: Kind::List(Box::new(schema.clone())), ..schema.clone() };
        for name in ["misspelt-enum", "enum-case", "unlisted-enum"] {
            let changed = contradict(&spec, &list, json!(values), &[name.parse().unwrap()], Turn::Always).unwrap();
            for (value, changed) in values.iter().zip(changed.as_array().unwrap()) {
                let changed = changed.as_str().unwrap();
                let same = |known: &String| match name {
                    "misspelt-enum" => known.to_lowercase() == changed.to_lowercase(),
                    _ => known == changed,
                };
                assert!(changed == value || !values.iter().any(same), "{name}: {value} became {changed}");
            }
        }
    }
}

#[test]
fn a_wrong_kind_where_one_is_declared() {
    let spec = crate::spec::built_in().unwrap();
    let spoilt = answers(&spec).filter(|(_, schema, value)| spoil(&spec, schema, &mut value.clone())).count();
    assert!(spoilt > 600, "{spoilt}");
}

#[test]
fn the_deepest_value_is_spoilt() {
    let schema: Schema = serde_json::from_value(json!({ "type": "object", "fields": {
        "count": "integer",
        "data": { "type": "list", "of": { "type": "object", "required": ["b"], "fields": {
            "a": "text", "b": "text", "any": "any", "map": { "type": "map", "of": "any" },
        } } },
    } }))
    .unwrap();
    let mut value = json!({ "count": 1, "data": [{ "a": "", "b": "", "any": { "x": { "y": 1 } }, "map": { "x": 1 } }, { "b": "" }] });
    assert!(spoil(&Spec::default(), &schema, &mut value));
    let spoilt = json!({ "unexpected": [{}] });
    assert_eq!(
        value["data"],
        json!([{ "a": "", "b": spoilt, "any": { "x": { "y": 1 } }, "map": { "x": 1 } }, { "b": "" }])
    );
}

/// Unions can have overlapping branches: the one that describes most of a value is used.
#[test]
fn lists_of_unions_are_contradicted_within() {
    let schema: Schema = serde_json::from_value(json!({ "type": "union", "of": [
        { "type": "list", "of": { "type": "object", "fields": { "isRead": "boolean" } } },
        { "type": "list", "of": { "type": "object", "fields": { "id": "id", "isRead": "boolean" } } },
    ] }))
    .unwrap();
    let value = json!([{ "id": "1", "isRead": true, "undeclared": 1 }]);
    let other = contradict(&Spec::default(), &schema, value, &[Contradiction::IdAsNumber], Turn::Always);
    assert_eq!(other, Some(json!([{ "id": 1, "isRead": true, "undeclared": 1 }])));
}
