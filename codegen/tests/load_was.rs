//! Corrections say what they were written for, and additions give way to what upstream has by now.

use crate::common::{get, listed, loaded, mistakes, post, spec_files, upstream, written};
use desk_codegen::Files;
use desk_codegen::diagnostic::Diagnostic;
use desk_codegen::load::load;
use serde_json::{Value, json};

/// A module with a GET, a POST with an inline body, and a type; and these entries of `spec/local`.
fn with(local: &Value) -> Files {
    let mut list = get("get_pins", "/pins", json!("pin.data"));
    list["parameters"] = json!([{"name": "limit", "in": "query", "type": {"type": "integer", "maximum": 50}}]);
    let item = json!({"type": "object", "fields": {"kind": "text"}});
    let body = json!({"type": "object", "fields": {"name": "text", "owner": "pin.data", "items": {"type": "list", "of": item}}});
    let mut send = post("send_pin", "/pins", body);
    send["body"]["multipart"] = json!({"type": "object", "fields": {"picture": "file"}});
    let types = json!({"pin.data": {"type": "object", "fields": {"id": "id", "size": "text"}}});
    let mut files = spec_files(&[upstream("pin", &[list, send], types)]);
    files.insert("spec/local/facts.json".to_owned(), format!("{local:#}"));
    files
}

fn correction(rest: &Value) -> Value {
    let mut one = json!({"why": "it is so", "evidence": "documented"});
    one.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    one
}

fn corrected(corrections: &[Value]) -> Result<Vec<Value>, Vec<Diagnostic>> {
    let corrections: Vec<Value> = corrections.iter().map(correction).collect();
    let loaded = load(&with(&json!({ "corrections": corrections }))).map_err(|found| listed(&found))?;
    let operations = loaded.spec.operations.iter().map(|one| serde_json::to_value(&one.operation).unwrap());
    Ok(operations.chain(loaded.spec.types.values().map(written)).collect())
}

fn problem(corrections: &[Value]) -> String {
    let found = corrected(corrections).expect_err("the correction is wrong");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].location.file, "spec/local/facts.json");
    assert!(found[0].location.position.is_some());
    format!("{}: {}", found[0].problem, found[0].help)
}

#[test]
fn a_correction_of_what_it_was_written_for_is_applied() {
    let size = json!({"type": "pin.data", "field": "size", "change": {"type": "integer"}, "was": {"type": "text"}});
    assert_eq!(corrected(&[size]).unwrap()[2]["fields"]["size"], json!("integer"));
    let absent = json!({"type": "pin.data", "change": {"required": ["id"]}});
    assert_eq!(corrected(&[absent]).unwrap()[2]["required"], json!(["id"]));
    let several = json!({"operation": ["get_pins", "send_pin"], "change": {"risk": "outbound"},
                         "was": [{"risk": "safe"}, {"risk": "write"}]});
    assert!(corrected(&[several]).unwrap()[..2].iter().all(|operation| operation["risk"] == json!("outbound")));
}

#[test]
fn a_third_value_from_upstream_is_shown_with_both_others() {
    let size = |was: Value| json!({"type": "pin.data", "field": "size", "change": {"type": "integer"}, "was": was});
    assert_eq!(
        problem(&[size(json!({"type": "id"}))]),
        "`type` was \"id\" upstream, is \"text\" there now, and \"integer\" here: if it is right nevertheless, say \
         \"was\": {\"type\":\"text\"}; else remove or change it"
    );
    assert!(
        problem(&[size(json!([{"type": "id"}, {"type": "any"}]))]).starts_with("`type` was \"id\" or \"any\" upstream")
    );
    assert!(problem(&[size(json!({}))]).starts_with("`type` replaces \"text\", and `was` does not say so"));
    let gone = json!({"operation": "get_pins", "change": {"paging": {"first": 0}}, "was": {"paging": {"first": 1}}});
    assert!(
        problem(&[gone]).starts_with("`paging` was {\"first\":1} upstream, is null there now, and {\"first\":0} here")
    );
    let odd =
        json!({"type": "pin.data", "field": "size", "change": {"type": "id"}, "was": {"type": "text", "values": []}});
    assert!(problem(&[odd]).starts_with("`values` is not changed"));
    assert!(problem(&[size(json!("text"))]).contains("`was` has \"text\" in place of keys with their values"));
    let added = json!({"operation": "get_pins", "parameter": "from", "add": {"in": "query", "type": "id"}, "was": {"in": "path"}});
    assert!(problem(&[added]).starts_with("what is added replaces nothing"));
}

#[test]
fn what_is_no_longer_needed_or_contradicts_is_reported() {
    let limit = |more: Value| {
        let mut one = json!({"operation": "get_pins", "parameter": "limit"});
        one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        one
    };
    let ten = json!({"type": {"type": "integer", "maximum": 10}});
    let fifty = json!({"type": {"type": "integer", "maximum": 50}});
    let agreed = limit(json!({"change": fifty, "was": ten}));
    assert!(problem(&[agreed]).ends_with("upstream agrees now: remove the correction"));
    let twice = limit(json!({"change": ten, "was": fifty}));
    let found = problem(&[twice.clone(), twice]);
    assert!(
        found.starts_with("another correction changes `type` as well: the other one is corrections.0.change.type of"),
        "{found}"
    );
    let outer = json!({"type": "pin.data", "change": {"fields": {"id": "text"}}, "was": {"fields": {"id": "id", "size": "text"}}});
    let inner = json!({"type": "pin.data", "field": "id", "change": {"type": "integer"}, "was": {"type": "text"}});
    assert!(problem(&[outer, inner]).starts_with("another correction changes `type` as well"));
    let same = limit(json!({"add": {"in": "query", "type": {"type": "integer", "maximum": 50}}}));
    assert!(problem(&[same]).ends_with("upstream agrees now: remove the correction"));
    let other = limit(json!({"add": {"in": "query", "type": "text"}}));
    assert!(problem(&[other]).contains("upstream has {\"in\":\"query\",\"name\":\"limit\""));
}

/// The problem and the help for an entry of `corrections`.
fn told(entry: &Value) -> Vec<String> {
    let found = corrected(std::slice::from_ref(entry)).expect_err("the correction is wrong");
    found.iter().map(|one| format!("{} > {}", one.problem, one.help)).collect()
}

#[test]
fn where_upstream_agrees_about_one_of_several_the_rest_stays() {
    let risk =
        |operations: Value, change: Value, was: Value| json!({"operation": operations, "change": change, "was": was});
    let both = json!(["get_pins", "send_pin"]);
    let agreed = "`risk` already is \"safe\" > upstream agrees now:";
    // The GET is safe already.
    let one = risk(both.clone(), json!({"risk": "safe"}), json!({"risk": "write"}));
    assert_eq!(told(&one), [format!("get_pins: {agreed} write \"operation\": \"send_pin\" in its place")]);
    corrected(&[risk(json!("send_pin"), json!({"risk": "safe"}), json!({"risk": "write"}))]).unwrap();
    // One key of two.
    let two = json!({"risk": "safe", "deprecated": true});
    let key = risk(json!("get_pins"), two.clone(), json!({"risk": "write"}));
    assert_eq!(told(&key), [format!("{agreed} take `risk` out of `change` and `was`")]);
    let everything = risk(both.clone(), json!({"organization": true}), json!({}));
    assert_eq!(
        told(&everything),
        ["get_pins; send_pin: `organization` already is true > upstream agrees now: remove the correction"]
    );
    // One key of two, of one operation of two.
    let mixed = risk(both.clone(), two, json!({"risk": "write"}));
    let entries = ["{\"operation\": \"get_pins\", …} with `deprecated` alone", "{\"operation\": \"send_pin\", …}"];
    assert_eq!(told(&mixed), [format!("get_pins: {agreed} make it 2 entries, {}", entries.join(" and "))]);
    let gone = risk(json!(["get_pins", "send_pins"]), json!({"deprecated": true}), json!({}));
    assert_eq!(
        told(&gone),
        ["there is no operation send_pins > did you mean send_pin? Else it may be gone or renamed upstream: fix its \
          name, or write \"operation\": \"get_pins\" in its place"]
    );
    let limit = json!({"in": "query", "type": {"type": "integer", "maximum": 50}});
    let added = json!({"operation": both, "parameter": ["limit", "other"], "add": limit});
    assert_eq!(
        told(&added),
        ["get_pins, limit: there is a parameter limit > upstream agrees now: make it 2 entries, \
          {\"operation\": \"get_pins\", \"parameter\": \"other\", …} and \
          {\"operation\": \"send_pin\", \"parameter\": [\"limit\",\"other\"], …}"]
    );
    let third = risk(both, json!({"risk": "outbound"}), json!({"risk": "write"}));
    assert_eq!(
        told(&third),
        ["get_pins: `risk` was \"write\" upstream, is \"safe\" there now, and \"outbound\" here > if it is right \
          nevertheless, say \"was\": [{\"risk\":\"write\"},{\"risk\":\"safe\"}]; else remove or change it"]
    );
}

#[test]
fn a_field_of_an_inline_body_can_be_corrected() {
    let field = |field: &str, change: Value, was: Value| {
        let one = json!({"operation": "send_pin", "field": field, "change": change, "was": was});
        corrected(&[one]).map(|entries| entries[1]["body"].clone())
    };
    let limit = json!({"max_length": 5});
    let limited = json!({"type": "text", "max_length": 5});
    assert_eq!(field("name", limit.clone(), json!({})).unwrap()["json"]["fields"]["name"], limited);
    let kind = field("items.kind", limit, json!({})).unwrap();
    assert_eq!(kind["json"]["fields"]["items"]["of"]["fields"]["kind"], limited);
    let picture = field("picture", json!({"type": "file?"}), json!({"type": "file"})).unwrap();
    assert_eq!(picture["multipart"]["fields"]["picture"], json!("file?"));
    let told = |name: &str| {
        let found = field(name, json!({"type": "id"}), json!({})).unwrap_err();
        format!("{}: {}", found[0].problem, found[0].help)
    };
    assert!(told("nam").starts_with("there is no field nam: did you mean name?"), "{}", told("nam"));
    let inside = json!({"operation": "send_pin", "field": "owner.color", "add": "text"});
    assert!(problem(&[inside]).starts_with("the field color belongs to the type pin.data"));
    assert!(told("owner.size").contains("correct the type: \"type\": \"pin.data\", \"field\": \"size\""));
}

#[test]
fn a_field_of_an_inline_answer_can_be_corrected() {
    let mut one = get("get_pin", "/pin", json!({"type": "list", "of": {"type": "object", "fields": {"name": "text"}}}));
    one["answers"]["204"] = json!("empty");
    let files = |more: Value| {
        let mut files = spec_files(&[upstream("pin", std::slice::from_ref(&one), json!({}))]);
        let mut entry = correction(&json!({"operation": "get_pin"}));
        entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        files.insert("spec/local/facts.json".to_owned(), json!({"corrections": [entry]}).to_string());
        files
    };
    let answer = |more: Value| {
        let loaded = loaded(&files(more));
        serde_json::to_value(&loaded.spec.operations[0].operation.answers).unwrap()["200"]["json"].clone()
    };
    let id = json!({"answer": "200", "field": "name", "change": {"type": "id"}, "was": {"type": "text"}});
    assert_eq!(answer(id)["of"]["fields"]["name"], json!("id"));
    let whole = json!({"answer": "200", "change": {"type": "any", "of": null}, "was": {"type": "list", "of": one["answers"]["200"]["json"]["of"]}});
    assert_eq!(answer(whole), json!("any"));
    let added = json!({"answer": "200", "field": "color", "add": "text"});
    assert_eq!(answer(added)["of"]["fields"]["color"], json!("text"));
    for (more, problem) in [
        (json!({"answer": "201", "change": {"type": "id"}}), "there is no answer 201"),
        (json!({"answer": "204", "change": {"type": "id"}}), "the answer 204 is \"empty\", and no JSON"),
        (json!({"answer": "200", "field": "nam", "change": {"type": "id"}}), "there is no field nam"),
        (json!({"answer": "200", "body": true, "change": {"type": "id"}}), "it names several parts of an operation"),
    ] {
        assert_eq!(mistakes(&files(more))[0].problem, problem);
    }
}

#[test]
fn an_addition_that_upstream_has_by_now_is_a_note_if_equal_and_an_error_if_not() {
    let operation = |change: &dyn Fn(&mut Value)| {
        let mut operation = get("get_pins", "/pins", json!("pin.data"));
        operation["parameters"] = json!([{"name": "limit", "in": "query", "type": {"type": "integer", "maximum": 50}}]);
        change(&mut operation);
        json!({"operations": [{"why": "a guide", "evidence": "documented", "module": "pin", "operation": operation}]})
    };
    let schema = |schema: Value| json!({"types": [{"why": "a guide", "evidence": "documented", "name": "pin.data", "type": schema}]});
    let same_type = json!({"type": "object", "fields": {"id": {"type": "id"}, "size": "text"}, "required": []});
    for local in [operation(&|_| {}), schema(same_type)] {
        let loaded = loaded(&with(&local));
        let [note] = loaded.notes.as_slice() else { panic!("{:?}", loaded.notes) };
        assert!(note.problem.contains("now, in spec/upstream/pin.json, and the same"), "{note}");
        assert_eq!((note.help.as_str(), note.location.position.is_some()), ("remove the entry", true));
        assert_eq!(loaded.operation_location("get_pins").file, "spec/upstream/pin.json");
    }
    let errors = |local: &Value| -> Vec<(String, String)> {
        let found = listed(&load(&with(local)).unwrap_err());
        found.into_iter().map(|one| (one.location.path.join("."), one.problem)).collect()
    };
    let expected = |found: Vec<(String, String)>, expected: [(&str, &str); 2]| {
        assert_eq!(found, expected.map(|(at, problem)| (at.to_owned(), problem.to_owned())));
    };
    expected(
        errors(&operation(&|operation| operation["parameters"][0]["type"]["maximum"] = json!(99))),
        [
            (
                "operations.0.operation",
                "upstream has the operation get_pins now, in spec/upstream/pin.json, and another one: one difference",
            ),
            (
                "operations.0.operation.parameters.0.type.maximum",
                "`parameters.0.type.maximum` is 50 upstream and 99 here",
            ),
        ],
    );
    expected(
        errors(&schema(json!({"type": "object", "fields": {"id": "id"}}))),
        [
            (
                "types.0.type",
                "upstream has the type pin.data now, in spec/upstream/pin.json, and another one: one difference",
            ),
            ("types.0.type.fields.size", "`fields.size` is \"text\" upstream and null here"),
        ],
    );
}

#[test]
fn an_addition_that_upstream_calls_otherwise_is_told() {
    let operation = get("list_pins", "/pins", json!("any"));
    let local =
        json!({"operations": [{"why": "a guide", "evidence": "documented", "module": "pin", "operation": operation}]});
    let loaded = loaded(&with(&local));
    let [note] = loaded.notes.as_slice() else { panic!("{:?}", loaded.notes) };
    assert_eq!(note.problem, "upstream has what list_pins calls now, as get_pins");
}

#[test]
fn what_is_wrong_upstream_is_corrected_with_what_to_paste() {
    let mut good = get("get_b", "/b", json!("any"));
    good["scopes"] = json!([["Desk.settings.READ"]]);
    let mut bad = get("get_a", "/a/{id}", json!("any"));
    bad["scopes"] = json!([["Desk.basic.READ"], ["Desk.Desk.settings.READ"]]);
    let found = mistakes(&spec_files(&[upstream("thing", &[good, bad], json!({}))]));
    let helps: Vec<&str> = found.iter().map(|one| one.help.as_str()).collect();
    let start = "add to `corrections` in spec/local: {\"operation\": \"get_a\", ";
    let end = "\"evidence\": \"inferred\", \"why\": \"…\"}";
    let path = "\"parameter\": \"id\", \"add\": {\"in\": \"path\", \"required\": true, \"type\": \"id\"}, ";
    assert!(helps.contains(&format!("{start}{path}{end}").as_str()), "{helps:#?}");
    let change = "\"change\": {\"scopes\": [[\"Desk.basic.READ\"],[\"Desk.settings.READ\"]]}, \
                  \"was\": {\"scopes\": [[\"Desk.basic.READ\"],[\"Desk.Desk.settings.READ\"]]}, ";
    let scope = helps.iter().find(|help| help.starts_with("did you mean Desk.settings.READ?")).unwrap();
    assert!(scope.ends_with(&format!("{start}{change}{end}")), "{scope}");
}

#[test]
fn a_page_that_a_correction_made_too_large_is_an_error_with_the_paging_that_is_right() {
    let mut list = get("get_pins", "/pins", json!("any"));
    list["parameters"] = json!([
        {"name": "from", "in": "query", "type": {"type": "integer", "minimum": 0}},
        {"name": "limit", "in": "query", "type": {"type": "integer", "maximum": 100}},
    ]);
    list["paging"] = json!({"first": 0, "maximum": 100, "default": 50, "key": "data"});
    let correction = |more: Value| {
        let mut entry = json!({"operation": "get_pins", "evidence": "documented", "why": "a page"});
        entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        entry
    };
    let kept = |name: &str, key: &str, was: u64, now: u64| {
        let of = |value: u64| json!({"type": {"type": "integer", key: value}});
        correction(json!({"parameter": name, "change": of(now), "was": of(was)}))
    };
    let files = |corrections: &[Value]| {
        let mut files = spec_files(&[upstream("pin", std::slice::from_ref(&list), json!({}))]);
        files.insert("spec/local/facts.json".to_owned(), json!({"corrections": corrections}).to_string());
        files
    };
    for (kept, problem, right) in [
        (
            kept("limit", "maximum", 100, 75),
            "get_pins: pages of 100, and `limit` is at most 75",
            json!({"first": 0, "maximum": 75, "default": 50, "key": "data"}),
        ),
        (
            kept("from", "minimum", 0, 1),
            "get_pins: the first index is 0, and `from` is at least 1",
            json!({"first": 1, "maximum": 100, "default": 50, "key": "data"}),
        ),
    ] {
        let found = mistakes(&files(std::slice::from_ref(&kept)));
        assert_eq!(found.iter().map(|one| one.problem.as_str()).collect::<Vec<_>>(), [problem]);
        let (_, offered) = found[0].help.split_once("in spec/local: ").unwrap();
        assert_eq!(serde_json::from_str::<Value>(offered).unwrap(), right);
        let paging = correction(json!({"change": {"paging": right}, "was": {"paging": list["paging"]}}));
        loaded(&files(&[kept, paging]));
    }
}
