//! Where an answer has its records.

use desk_sdk::{Operation, by_name};
use serde_json::{Map, Value};

/// The key that most lists have.
const DATA: &str = "data";

/// The records of an answer, if it is a list: itself, under the key that its pages have, under the usual one, or else
/// the only list of a page. An answer without an operation is a list only if it looks like one.
pub(super) fn of<'a>(operation: Option<&Operation>, answer: &'a Value) -> Option<&'a [Value]> {
    let Value::Object(fields) = answer else { return answer.as_array().map(Vec::as_slice) };
    if operation.is_some_and(|operation| !by_name::answers_with_list(operation.id)) {
        return None;
    }
    let paging = operation.and_then(|operation| operation.paging);
    let under = |key: &str| {
        let found = fields.get(key)?;
        found.as_array().or_else(|| found.get(key)?.as_array())
    };
    let mut lists = fields.values().filter_map(Value::as_array);
    let only = lists.next().filter(|_| paging.is_some() && lists.next().is_none());
    let found = under(paging.map_or(DATA, |paging| paging.key)).or_else(|| under(DATA)).or(only);
    found.map(Vec::as_slice)
}

/// The key of an answer that has its records, if it is not a list itself.
pub(super) fn key(operation: Option<&Operation>) -> Option<&'static str> {
    let key = operation.and_then(|operation| operation.paging).map_or(DATA, |paging| paging.key);
    (!key.is_empty()).then_some(key)
}

/// The answer of a list that has no records, in place of none at all: Desk leaves out the body then.
pub(super) fn none_of(operation: Option<&Operation>) -> Option<Value> {
    let operation = operation.filter(|operation| by_name::answers_with_list(operation.id))?;
    Some(match key(Some(operation)) {
        None => Value::Array(Vec::new()),
        Some(key) => Value::Object(Map::from_iter([(key.to_owned(), Value::Array(Vec::new()))])),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_told_from_records() {
        let operation = desk_sdk::operation;
        let two = json!([1, 2]);
        let two = two.as_array().map(Vec::as_slice);
        for answer in [json!([1, 2]), json!({ "data": [1, 2] }), json!({ "count": 2, "data": { "data": [1, 2] } })] {
            assert_eq!(of(operation("get_tickets"), &answer), two, "{answer}");
            assert_eq!(of(None, &answer), two, "{answer}");
        }
        assert_eq!(of(operation("get_teams"), &json!({ "teams": [1, 2] })), two);
        assert_eq!(of(operation("get_ticket"), &json!({ "data": [1, 2], "id": "7" })), None);
        assert_eq!(of(None, &json!({ "tags": [1, 2] })), None);
        assert_eq!(of(operation("get_tickets"), &json!(null)), None);
    }

    #[test]
    fn lists_without_records_look_like_lists() {
        for operation in desk_sdk::operations() {
            let Some(answer) = none_of(Some(operation)) else { continue };
            assert_eq!(of(Some(operation), &answer), Some(&[][..]), "{}: {answer}", operation.id);
        }
        assert_eq!(none_of(desk_sdk::operation("search_tickets")), Some(json!({ "data": [] })));
        assert_eq!(none_of(desk_sdk::operation("get_teams")), Some(json!({ "teams": [] })));
        assert_eq!((none_of(desk_sdk::operation("get_ticket")), none_of(None)), (None, None));
    }
}
