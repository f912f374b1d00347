//! What two specs differ in.

use crate::common::{get, modelled, post, upstream};
use desk_codegen::diff::{Change, EffectKind, Kind, Level, Subject, between, level};
use serde_json::{Value, json};

/// The changes between two states of a module.
fn changes(old: &[Value], new: &[Value], old_types: Value, new_types: Value) -> Vec<Change> {
    let (_, before) = modelled(&[upstream("thing", old, old_types)]);
    let (_, now) = modelled(&[upstream("thing", new, new_types)]);
    between(&before, &now)
}

/// The changes between two states of operations without types.
fn of(old: &[Value], new: &[Value]) -> Vec<Change> {
    changes(old, new, json!({}), json!({}))
}

/// An operation with some of its keys changed.
fn with(operation: &Value, keys: Value) -> Value {
    let mut changed = operation.clone();
    for (key, value) in keys.as_object().unwrap() {
        changed[key] = value.clone();
    }
    changed
}

fn thing() -> Value {
    let mut thing = get("get_thing", "/things/{id}/{part}", json!("text"));
    thing["parameters"] = json!([
        {"name": "id", "in": "path", "required": true, "type": "id"},
        {"name": "part", "in": "path", "required": true, "type": "id"},
        {"name": "view", "in": "query", "type": {"type": "text", "max_length": 10}},
    ]);
    thing
}

/// Kind and level of each change.
fn kinds(changes: &[Change]) -> Vec<(Kind, Level)> {
    changes.iter().map(|change| (change.kind, change.rust)).collect()
}

fn effects(changes: &[Change]) -> Vec<(EffectKind, &str)> {
    changes.iter().flat_map(|change| &change.effects).map(|effect| (effect.kind, effect.what.as_str())).collect()
}

#[test]
fn the_same_spec_in_another_order_has_no_changes() {
    let (a, b) = (thing(), post("send_thing", "/things", json!({"type": "object", "fields": {"name": "text"}})));
    assert_eq!(of(&[a.clone(), b.clone()], &[b, a]), []);
    assert_eq!(level(&[]), Level::None);
}

#[test]
fn an_operation_of_the_same_method_and_path_was_renamed() {
    let changes = of(&[thing()], &[with(&thing(), json!({"id": "read_thing", "path": "/things/{id}/{part}"}))]);
    assert_eq!(kinds(&changes), [(Kind::OperationRenamed, Level::Breaking)]);
    assert_eq!(changes[0].of, Subject::Operation("read_thing".to_owned()));
    assert_eq!(changes[0].what, "renamed: was `get_thing`");
    assert_eq!(effects(&changes), [(EffectKind::Gone, "no longer as `get_thing`")]);
    let items: Vec<(&str, usize)> = changes[0].items.iter().map(|item| (item.path.as_str(), item.parts)).collect();
    let expected = [("all::GetThing", 2), ("Client::get_thing", 0), ("all::ReadThing", 2), ("Client::read_thing", 0)];
    assert_eq!(items, expected, "setters and `new` are counted, not listed");
}

#[test]
fn an_id_that_turns_up_again_elsewhere_means_something_else() {
    let team = get("get_team", "/teams", json!("text"));
    let moved = with(&team, json!({"id": "get_team_2"}));
    let other = get("get_team", "/other/teams", json!("text"));
    let changes = of(&[team], &[other, moved]);
    let meant = effects(&changes);
    assert_eq!(meant, [(EffectKind::AnotherMeaning, "`get_team` calls `GET /other/teams` now, not `GET /teams`")]);
    assert_eq!(level(&changes), Level::Compatible, "it still compiles");
}

#[test]
fn another_path_under_the_same_name_is_another_call() {
    let changes = of(&[get("a", "/a", json!("text"))], &[get("a", "/b", json!("text"))]);
    assert_eq!(kinds(&changes), [(Kind::RouteChanged, Level::Documentation)]);
    assert_eq!(effects(&changes), [(EffectKind::AnotherMeaning, "calls `GET /b` now, not `GET /a`")]);
}

#[test]
fn arguments_that_change_places_compile_and_are_breaking_all_the_same() {
    let swapped = with(&thing(), json!({"path": "/things/{part}/{id}"}));
    let changes = of(&[thing()], &[swapped]);
    assert_eq!(level(&changes), Level::Breaking, "{changes:#?}");
    let renamed = with(&thing(), json!({"path": "/things/{key}/{part}"}));
    let mut renamed = renamed;
    renamed["parameters"][0]["name"] = json!("key");
    let changes = of(&[thing()], &[renamed]);
    assert_eq!(level(&changes), Level::Documentation, "{changes:#?}");
    assert_eq!(effects(&changes), [(EffectKind::RefusesMore, "path parameter `key` is no longer named `id`")]);
}

#[test]
fn of_two_duplicates_either_may_be_the_real_one() {
    let twins = |real: &str| {
        let (a, b) = (get("get_a", "/a", json!("text")), get("get_b", "/a", json!("text")));
        [with(&a, json!({"alias_of": (real != "get_a").then_some(real)})), b]
    };
    let changes = of(&twins("get_a"), &twins("get_b"));
    assert_eq!(kinds(&changes), [(Kind::AliasChanged, Level::Documentation)], "{changes:#?}");
    let parted = [get("get_a", "/a", json!("text")), get("get_b", "/b", json!("text"))];
    let changes = of(&twins("get_a"), &parted);
    assert_eq!(level(&changes), Level::Breaking, "they were one type: {changes:#?}");
    assert!(effects(&changes).contains(&(EffectKind::AnotherMeaning, "`get_b` calls `GET /b` now, not `GET /a`")));
}

#[test]
fn a_value_that_becomes_required_is_told_to_callers_and_to_builders() {
    let mut required = thing();
    required["parameters"][2]["required"] = json!(true);
    let changes = of(&[thing()], &[required.clone()]);
    assert_eq!(kinds(&changes), [(Kind::ParameterChanged, Level::Breaking)]);
    assert_eq!(effects(&changes), [(EffectKind::NewlyRequired, "query parameter `view` is required")]);
    let item = &changes[0].items[0];
    assert_eq!(item.old.as_deref(), Some("fn all::GetThing::view(impl Into<Optional<String>>)"));
    assert_eq!(item.new.as_deref(), Some("fn all::GetThing::view(impl Into<String>)"));
    let mut without = thing();
    without["parameters"].as_array_mut().unwrap().pop();
    let changes = of(&[without], &[required]);
    assert_eq!(kinds(&changes), [(Kind::ParameterAdded, Level::Compatible)]);
    assert_eq!(effects(&changes), [(EffectKind::NewlyRequired, "query parameter `view` is required")]);
}

#[test]
fn rules_scopes_risks_and_prices_change_no_type() {
    let mut limited = thing();
    limited["parameters"][2]["type"]["max_length"] = json!(5);
    for (new, effect) in [
        (limited, (EffectKind::RefusesMore, "query parameter `view`: characters: at most 5, not 10")),
        (with(&thing(), json!({"risk": "write"})), (EffectKind::OtherRisk, "is write, was safe")),
        (with(&thing(), json!({"scopes": [["Desk.basic.ALL"]]})), (EffectKind::OtherScopes, "scopes")),
        (with(&thing(), json!({"scopes": []})), (EffectKind::MoreScopes, "scopes")),
        (with(&thing(), json!({"doubtful_scopes": true})), (EffectKind::OtherDoubt, "scopes")),
        (with(&thing(), json!({"organization": false})), (EffectKind::RefusesLess, "no longer takes the organization")),
    ] {
        let changes = of(&[thing()], &[new]);
        assert!(effects(&changes).contains(&effect), "{changes:#?}");
        // Other scopes have other constants.
        let types = changes.iter().filter(|change| !matches!(change.of, Subject::Scope(_)));
        assert_eq!(types.map(|change| change.rust).max(), Some(Level::Documentation), "{changes:#?}");
    }
}

#[test]
fn a_list_with_pages_costs_more_than_a_call() {
    let list = |paging: Value| {
        let answer = json!({"type": "object", "fields": {"data": {"type": "list", "of": "any"}}});
        let mut list = get("get_things", "/things", answer);
        list["parameters"] =
            json!(["from", "limit"].map(|name| json!({"name": name, "in": "query", "type": "integer"})));
        list["paging"] = paging;
        list
    };
    let pages = |most: u64| list(json!({"first": 0, "maximum": most, "key": "data"}));
    let mut plain = list(json!(null));
    plain.as_object_mut().unwrap().remove("paging");
    let found = of(&[plain], &[pages(100)]);
    assert!(effects(&found).contains(&(EffectKind::OtherCost, "costs what a page of a list does")), "{found:#?}");
    let found = of(&[pages(100)], &[pages(50)]);
    let what = "its largest page is 50, was 100: a list takes another number of calls";
    assert_eq!(effects(&found), [(EffectKind::OtherCost, what)]);
}

#[test]
fn a_list_that_counts_from_elsewhere_or_has_another_key_is_read_in_another_way() {
    let list = |key: &str, first: u64| {
        let list = json!({"type": "list", "of": {"type": "object", "fields": {"id": "id"}}});
        let mut list = get("get_things", "/things", json!({"type": "object", "fields": {key: list}}));
        list["parameters"] =
            json!(["from", "limit"].map(|name| json!({"name": name, "in": "query", "type": "integer"})));
        list["paging"] = json!({"first": first, "key": key});
        list
    };
    let told = |new: Value| {
        effects(&of(&[list("data", 0)], &[new]))
            .into_iter()
            .map(|(kind, what)| (kind, what.to_owned()))
            .collect::<Vec<_>>()
    };
    let first = (EffectKind::OtherReading, "its first index is 1, was 0".to_owned());
    assert!(told(list("data", 1)).contains(&first), "{:?}", told(list("data", 1)));
    let key = (EffectKind::OtherReading, "its records are under `things`, were under `data`".to_owned());
    assert!(told(list("things", 0)).contains(&key), "{:?}", told(list("things", 0)));
}

#[test]
fn another_answer_is_told_to_those_who_read_it() {
    let record = |fields: Value| json!({"type": "object", "fields": fields});
    let list = |of: Value| json!({"type": "list", "of": of});
    let page = |of: Value| json!({"type": "object", "fields": {"data": {"type": "list", "of": of}}});
    let thing = record(json!({"id": "id", "size": "integer", "lid": "text"}));
    let other = record(json!({"id": "text", "size": "text", "depth": "integer", "colour": "text"}));
    for (old, new, expected) in [
        (thing.clone(), list(thing.clone()), Some("answers a list of records, not a record")),
        (page(thing.clone()), thing.clone(), Some("answers a record, not a list of records")),
        (list(json!("text")), list(json!("integer")), Some("answers with, each: an integer, not a text")),
        (json!("any"), thing.clone(), None),
        (thing.clone(), json!("any"), Some("answers anything, not a record")),
        (json!("text"), json!("date-time"), None),
    ] {
        let found = of(&[get("get_it", "/it", old.clone())], &[get("get_it", "/it", new)]);
        let told: Vec<_> = effects(&found).into_iter().map(|(_, what)| what).collect();
        assert_eq!(told, expected.into_iter().collect::<Vec<_>>(), "{found:#?}");
    }
    // What a record has no longer is told of the record where it keeps its name, and of the operation where it does not.
    for (old_name, new_name) in [("thing.box", "thing.box"), ("thing.box", "thing.pallet")] {
        let before = [get("get_it", "/it", json!(old_name))];
        let after = [get("get_it", "/it", json!(new_name))];
        let found = changes(&before, &after, json!({old_name: thing}), json!({new_name: other}));
        let told = effects(&found).into_iter().map(|(kind, what)| (kind, what.to_owned())).collect::<Vec<_>>();
        let expected: &[&str] = match old_name == new_name {
            true => &["field `lid` is described no longer", "field `size` is a text, not an integer"],
            false => &["answers another record, without `lid`, `size` as it was"],
        };
        let expected: Vec<_> = expected.iter().map(|what| (EffectKind::OtherAnswer, (*what).to_owned())).collect();
        assert_eq!(told, expected, "{found:#?}");
    }
    let also = |answers: Value| with(&get("get_it", "/it", json!("text")), json!({"answers": answers}));
    let (one, two) = (also(json!({"200": {"json": "text"}})), also(json!({"200": {"json": "text"}, "204": "empty"})));
    assert_eq!(effects(&of(&[one], &[two])), [(EffectKind::OtherAnswer, "succeeds with 200, 204, was 200")]);
    let odd = with(&get("get_it", "/it", json!("text")), json!({"error_in_success": true}));
    let found = of(&[get("get_it", "/it", json!("text"))], &[odd]);
    assert_eq!(effects(&found), [(EffectKind::OtherAnswer, "a success may contain an error")]);
}

fn answering(fields: Value) -> Value {
    json!({"thing.box": {"type": "object", "fields": fields}})
}

#[test]
fn a_further_field_breaks_nothing_whether_it_is_read_or_sent() {
    let read = [get("get_box", "/boxes/one", json!("thing.box"))];
    let (old, new) = (json!({"size": "integer"}), json!({"size": "integer", "lid": "text"}));
    let found = changes(&read, &read, answering(old.clone()), answering(new.clone()));
    assert_eq!(kinds(&found), [(Kind::FieldAdded, Level::Compatible)]);
    let sent = [post("send_box", "/boxes", json!({"type": "object", "fields": {"box": "thing.box"}}))];
    let found = changes(&sent, &sent, answering(old), answering(new));
    assert_eq!(kinds(&found), [(Kind::FieldAdded, Level::Compatible)]);
}

#[test]
fn what_names_a_renamed_type_is_counted_and_not_told_one_by_one() {
    let fields = json!({"size": "integer", "lid": "text", "depth": "integer"});
    let state = |name: &str| {
        let full = format!("thing.{name}");
        let list = json!({"type": "object", "fields": {"data": {"type": "list", "of": full}}});
        let operations = [get("get_one", "/one", json!(full)), get("get_more", "/more", list)];
        (operations, json!({full: {"type": "object", "fields": fields}}))
    };
    let ((old, old_types), (new, new_types)) = (state("box"), state("crate"));
    let found = changes(&old, &new, old_types, new_types);
    assert_eq!(kinds(&found), [(Kind::TypeRenamed, Level::Breaking)], "{found:#?}");
    assert!(found[0].what.starts_with("renamed: was `ThingBox`; 2 items name it"), "{}", found[0].what);
}

#[test]
fn a_variant_that_sends_another_value_is_told_first() {
    let sorted = |values: Value| {
        let mut list = get("get_things", "/things", json!("text"));
        list["parameters"] = json!([{"name": "sortBy", "in": "query", "type": {"type": "text", "values": values}}]);
        list
    };
    let found = of(&[sorted(json!(["a+b", "c"]))], &[sorted(json!(["a!b", "a+b", "c"]))]);
    let meanings: Vec<_> =
        effects(&found).into_iter().filter(|(kind, _)| *kind == EffectKind::AnotherMeaning).collect();
    assert_eq!(meanings.len(), 1, "{found:#?}");
    let found = of(&[sorted(json!(["a", "c"]))], &[sorted(json!(["a", "b", "c"]))]);
    assert!(kinds(&found).contains(&(Kind::ValueAdded, Level::Compatible)), "{found:#?}");
    assert!(effects(&found).contains(&(EffectKind::RefusesLess, "query parameter `sortBy`: also `b`")), "{found:#?}");
}

#[test]
fn docs_alone_are_a_patch() {
    let found = of(&[thing()], &[with(&thing(), json!({"summary": "Read it."}))]);
    assert_eq!(kinds(&found), [(Kind::DocumentationChanged, Level::Documentation)]);
    let mut noted = thing();
    noted["parameters"][2]["note"] = json!("how much of it");
    let found = of(&[thing()], &[noted]);
    assert_eq!(kinds(&found), [(Kind::ParameterChanged, Level::Documentation)], "{found:#?}");
}

#[test]
fn a_whole_family_comes_and_goes() {
    let (_, one) = modelled(&[upstream("thing", &[thing()], json!({}))]);
    let (_, none) = modelled(&[]);
    let gone = between(&one, &none);
    assert!(kinds(&gone).contains(&(Kind::OperationRemoved, Level::Breaking)));
    let come = between(&none, &one);
    assert!(kinds(&come).contains(&(Kind::OperationAdded, Level::Compatible)));
    assert_eq!(level(&come), Level::Compatible);
}

#[test]
fn another_name_upstream_is_told_as_that() {
    let named = |name: &str| with(&thing(), json!({"upstream_id": name}));
    let changes = of(&[named("getThing")], &[named("readThing")]);
    assert_eq!(kinds(&changes), [(Kind::TablesChanged, Level::Documentation)]);
    assert_eq!(changes[0].what, "`operationId` is readThing upstream, was getThing; its name here stays");
}

#[test]
fn what_holds_for_the_api_as_a_whole_is_compared_as_well() {
    let with_api = |change: &dyn Fn(&mut Value)| {
        let mut api: Value = serde_json::from_str(crate::common::DESK).unwrap();
        change(&mut api);
        let mut files = crate::common::spec_files(&[upstream("thing", &[thing()], json!({}))]);
        files.insert(desk_codegen::API.to_owned(), api.to_string());
        desk_codegen::model::build(&crate::common::loaded(&files)).unwrap()
    };
    let desk = with_api(&|_| {});
    let changed = |change: &dyn Fn(&mut Value)| between(&desk, &with_api(change));
    assert_eq!(changed(&|_| {}), []);
    assert_eq!(changed(&|api| api["errors"]["why"] = json!("another page")), [], "a reason is no change");
    let credits = changed(&|api| api["credits"]["beyond"] = json!(999));
    assert_eq!(credits[0].what, "credits: what calls cost");
    assert_eq!(effects(&credits), [(EffectKind::OtherCost, "prices of pages")]);
    let gone = changed(&|api| drop(api["servers"]["data_centres"].as_array_mut().unwrap().pop()));
    assert_eq!(kinds(&gone), [(Kind::ValueRemoved, Level::Breaking), (Kind::TablesChanged, Level::Documentation)]);
    assert_eq!(gone[0].of, Subject::Type("DataCentre".to_owned()));
    let come = changed(&|api| {
        let mut new = api["servers"]["data_centres"][0].clone();
        for key in ["name", "code", "title"] {
            new[key] = json!("Moon");
        }
        new["code"] = json!("moon");
        new["domains"] = json!(["moon"]);
        api["servers"]["data_centres"].as_array_mut().unwrap().push(new);
    });
    assert_eq!(kinds(&come)[0], (Kind::ValueAdded, Level::Compatible));
}

#[test]
fn other_spellings_of_a_value_are_told_as_that() {
    let state = |values: Value| {
        let mut thing = get("get_thing", "/things", json!("thing.data"));
        thing["parameters"] = json!([{"name": "state", "in": "query", "type": {"type": "text", "values": values}}]);
        thing
    };
    let types = |values: Value| json!({"thing.data": {"type": "object", "fields": {"state": {"type": "text", "values": values}}}});
    let (one, two) = (json!(["ON_HOLD", "OPEN"]), json!(["ON_HOLD", "OPEN", "onHold"]));
    let said = |old: &Value, new: &Value| {
        let all = changes(&[state(old.clone())], &[state(new.clone())], types(old.clone()), types(new.clone()));
        all.into_iter().filter(|change| change.kind == Kind::ValueChanged).map(|change| change.what).collect::<Vec<_>>()
    };
    assert_eq!(said(&one, &two), ["value `ON_HOLD`: `onHold` is another spelling of it now"]);
    assert_eq!(said(&two, &one), ["value `ON_HOLD`: `onHold` is a spelling of it no longer"]);
}
