//! By which times a list can be read, judging by its parameters and records.

use crate::common::{get, mistakes, modelled, operations, spec_files, upstream};
use desk_codegen::spec::Timeline;
use serde_json::{Value, json};

fn list(parameters: Value, fields: Value) -> Value {
    let record = json!({"type": "object", "fields": fields});
    let mut operation =
        get("get_things", "/things", json!({"type": "object", "fields": {"data": {"type": "list", "of": record}}}));
    operation["parameters"] = parameters;
    operation["paging"] = json!({"first": 0, "maximum": 50, "key": "data"});
    operation
}

fn range(name: &str) -> Value {
    json!({"name": name, "in": "query", "type": "time-range"})
}

fn sort(values: &[&str]) -> Value {
    json!({"name": "sortBy", "in": "query", "type": {"type": "text", "values": values}})
}

fn timeline(field: &str, range: Option<&str>, sort: Option<&str>) -> Timeline {
    Timeline { field: field.to_owned(), range: range.map(str::to_owned), sort: sort.map(str::to_owned) }
}

fn found(operation: &Value) -> (Vec<Timeline>, Option<String>) {
    let model = modelled(&[upstream("thing", std::slice::from_ref(operation), json!({}))]).1;
    let walked = &operations(&model)[0].walked;
    (walked.timelines.clone(), walked.id.clone())
}

#[test]
fn times_are_read_from_the_names_of_parameters() {
    let parameters = json!([
        range("modifiedTimeRange"),
        range("createdTimeRange"),
        sort(&["-modifiedTime", "CREATED_TIME", "name", "dueTime"])
    ]);
    let fields = json!({"id": "id", "createdTime": "date-time", "modifiedTime": "date-time", "dueTime": "date-time"});
    let (timelines, id) = found(&list(parameters, fields));
    let created = timeline("createdTime", Some("createdTimeRange"), Some("CREATED_TIME"));
    let modified = timeline("modifiedTime", Some("modifiedTimeRange"), Some("modifiedTime"));
    assert_eq!(timelines, [created, modified, timeline("dueTime", None, Some("dueTime"))]);
    assert_eq!(id.as_deref(), Some("id"));
}

#[test]
fn a_time_that_the_records_lack_is_no_use() {
    let parameters = json!([range("createdTimeRange"), sort(&["createdTime"])]);
    let (timelines, id) = found(&list(parameters.clone(), json!({"name": "text"})));
    assert_eq!((timelines, id), (vec![], None));
    let (timelines, _) = found(&list(parameters, json!({"createdTime": {"type": "list", "of": "text"}})));
    assert_eq!(timelines, []);
    // A record whose fields nobody knows probably has an id.
    let mut untyped = list(json!([]), json!({}));
    untyped["answers"] = json!({"200": {"json": "any"}});
    assert_eq!(found(&untyped), (vec![], Some("id".to_owned())));
}

#[test]
fn what_the_names_do_not_say_can_be_told() {
    let parameters = json!([range("timeRange"), sort(&["createdTime"])]);
    let mut operation = list(parameters, json!({"ruleId": "id", "createdTime": "date-time"}));
    operation["paging"]["timelines"] = json!([{"field": "createdTime", "range": "timeRange", "sort": "createdTime"}]);
    operation["paging"]["id"] = json!("ruleId");
    let (timelines, id) = found(&operation);
    assert_eq!(timelines, [timeline("createdTime", Some("timeRange"), Some("createdTime"))]);
    assert_eq!(id.as_deref(), Some("ruleId"));
    for (told, key, problem, help) in [
        (
            json!({"field": "a", "range": "timeRang"}),
            "range",
            "has no query parameter timeRang",
            "did you mean timeRange?",
        ),
        (json!({"field": "a", "sort": "time"}), "sort", "get_things cannot sort by time", "a value of sortBy"),
        (json!({"field": "a"}), "", "neither be filtered nor sorted", "(range)"),
    ] {
        operation["paging"]["timelines"] = json!([told]);
        let found = mistakes(&spec_files(&[upstream("thing", std::slice::from_ref(&operation), json!({}))]));
        let [mistake] = found.as_slice() else { panic!("{found:?}") };
        let told = mistake.to_string();
        assert!(told.contains(problem) && told.contains(help) && told.contains(key), "{told}");
    }
}
