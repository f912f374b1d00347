//! The contradictions of real answers, on a record that has every kind of field.

#![allow(unreachable_pub, reason = "the macros make public types")]

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde_json::{Value, json};

use super::{DecodeError, Decoding, Leaf, Mismatches, decode, encode, open_enums, records};
use crate::value::{DateTime, Id};

records! {
    /// One field of each kind.
    pub struct Sample {
        agents: Vec<Sample> = "agents",
        custom: Option<Value> = "cf",
        count: Option<i64> = "count",
        created: Option<DateTime> = "created",
        id: Option<Id> = "id",
        inner: Option<Arc<Sample>> = "inner",
        open: Option<bool> = "isOpen",
        rate: Option<f64> = "rate",
        state: Option<State> = "state",
        states: Vec<State> = "states",
        subject: Option<String> = "subject",
        tags: Vec<String> = "tags",
    }
}

open_enums! {
    /// Two states and whatever else comes.
    pub enum State {
        ZhTw = "zh_TW" | "zh-tw",
        Empty = "",
    }
}

fn read(body: Value) -> Sample {
    let text = body.to_string();
    match decode::<Sample>(text.as_bytes(), Decoding::Strict) {
        Ok((sample, mismatches)) if mismatches.is_empty() => sample,
        other => panic!("{text}: {other:?}"),
    }
}

fn refused(body: &str) -> String {
    match decode::<Sample>(body.as_bytes(), Decoding::Strict) {
        Err(error) => error.to_string(),
        Ok(read) => panic!("{body} was read as {read:?}"),
    }
}

#[test]
fn ids_counts_and_booleans_come_as_text_or_not() {
    for (id, expected) in
        [(json!("4000000008001"), "4000000008001"), (json!(4000000008001_u64), "4000000008001"), (json!("-1"), "-1")]
    {
        assert_eq!(read(json!({ "id": id })).id, Some(Id::from(expected)));
    }
    for (count, expected) in [(json!(3), 3), (json!("3"), 3), (json!("-1"), -1), (json!(3.0), 3), (json!(" 3 "), 3)] {
        assert_eq!(read(json!({ "count": count })).count, Some(expected));
    }
    for (open, expected) in [(json!(true), true), (json!("true"), true), (json!("false"), false), (json!("TRUE"), true)]
    {
        assert_eq!(read(json!({ "isOpen": open })).open, Some(expected));
    }
    assert_eq!(read(json!({ "rate": "12.5" })).rate, Some(12.5));
    assert_eq!(read(json!({ "subject": 42 })).subject.as_deref(), Some("42"));
    assert_eq!(read(json!({ "subject": false })).subject.as_deref(), Some("false"));
}

#[test]
fn a_list_of_one_may_be_written_as_that_one() {
    assert_eq!(read(json!({ "tags": "only" })).tags, ["only"]);
    assert_eq!(refused(r#"{"agents": 5}"#), "agents[0]: expected a record, found 5");
}

#[test]
fn empty_text_and_null_stand_for_nothing() {
    let nothing = read(
        json!({ "id": "", "count": "", "state": null, "isOpen": "", "created": "", "inner": "", "tags": null, "agents": "" }),
    );
    assert_eq!(nothing, Sample::default());
    assert_eq!(read(json!({ "id": " ", "state": [""], "count": [" "] })), Sample::default());
    assert_eq!(
        read(json!({ "subject": [], "id": [], "rate": [], "isOpen": [], "created": [], "state": [] })),
        Sample::default()
    );
    assert_eq!(encode(&read(json!({ "cf": [], "inner": [] }))), json!({ "cf": [], "inner": [] }));
    assert_eq!(read(json!({ "subject": "" })).subject.as_deref(), Some(""));
    assert_eq!(read(json!({})), Sample::default());
}

#[test]
fn times_keep_their_text_and_are_read_where_they_can_be() {
    let text = "2024-05-14T09:30:00.000Z";
    let time = DateTime::from(text).timestamp();
    assert_eq!(read(json!({ "created": text })).created.and_then(|time| time.timestamp()), time);
    assert_eq!(read(json!({ "created": 1_715_679_000_000_i64 })).created.and_then(|time| time.timestamp()), time);
    let odd = read(json!({ "created": "yesterday" })).created.unwrap_or_else(|| DateTime::from(""));
    assert_eq!((odd.as_str(), odd.timestamp()), ("yesterday", None));
}

#[test]
fn enums_are_open() {
    assert_eq!(read(json!({ "state": "zh_TW" })).state, Some(State::ZhTw));
    assert_eq!(read(json!({ "state": "zh-tw" })).state, Some(State::ZhTw));
    assert_eq!(read(json!({ "state": ["zh-tw"] })).state, Some(State::ZhTw));
    for unlisted in ["ZH_tw", "misspelt", "0"] {
        assert_eq!(read(json!({ "state": unlisted })).state, Some(State::Unlisted(unlisted.to_owned())));
    }
    assert_eq!(State::VALUES, ["zh_TW", "zh-tw", ""]);
    assert_eq!(read(json!({ "state": 7 })).state, Some(State::Unlisted("7".to_owned())));
    assert_eq!(read(json!({ "subject": ["AGENT"] })).subject.as_deref(), Some("AGENT"));
}

#[test]
fn enums_compare_with_text_sort_parse_and_are_text() {
    let state = State::from("zh-tw");
    assert!(state == "zh_TW");
    assert!(&state == "zh-tw");
    assert!(state == State::ZhTw);
    assert!(state != "ZH_tw");
    assert_eq!(State::Unlisted("zh_TW".to_owned()), State::ZhTw);
    let text = "new".to_owned();
    let mut states =
        [State::from(&text), State::from(text), "zh-tw".parse().unwrap(), State::Empty, State::from(&state)];
    states.sort();
    assert_eq!(states.each_ref().map(ToString::to_string), ["", "new", "new", "zh_TW", "zh_TW"]);
    assert_eq!(states.iter().collect::<HashSet<_>>().len(), 3);
    assert_eq!(serde_json::to_value(&states[1..4]).unwrap(), json!(["new", "new", "zh_TW"]));
    assert_eq!(serde_json::from_value::<Vec<State>>(json!(["new", "zh-tw"])).unwrap(), [states[1].clone(), state]);
    assert!(serde_json::from_value::<State>(json!(1)).is_err());
    assert_eq!(format!("{:>7}|{:?}", State::ZhTw, State::ZhTw), "  zh_TW|zh_TW");
}

#[test]
fn a_value_is_written_in_the_spelling_that_it_was_read_from() {
    let body = json!({ "state": "zh-tw", "states": ["zh_TW", "zh-tw", "new"], "inner": { "state": "zh-tw" }, "x": 1 });
    let mut sample = read(body.clone());
    assert_eq!(sample.states, [State::ZhTw, State::ZhTw, State::from("new")]);
    assert_eq!(encode(&sample), body);
    assert_eq!(sample.undeclared.iter().collect::<Vec<_>>(), [("x", &json!(1))]);
    sample.state = Some(State::Empty);
    sample.states.truncate(1);
    let changed = json!({ "state": "", "states": ["zh_TW"], "inner": { "state": "zh-tw" }, "x": 1 });
    assert_eq!(encode(&sample), changed);
    let alone = read(json!({ "state": "zh-tw" }));
    assert!(alone.undeclared.is_empty() && format!("{alone:?}") == "Sample { state: Some(zh_TW) }", "{alone:?}");
    assert_eq!(encode(&alone), json!({ "state": "zh-tw" }));
}

#[test]
fn nothing_that_was_sent_is_lost() {
    let body = json!({
        "id": "1", "count": 2, "isOpen": true, "state": "new one", "created": "some day", "subject": "x", "tags": ["a"],
        "cf": { "cf_any": [1, { "deep": null }] }, "inner": { "id": "2", "secret": 1 }, "agents": [{ "id": "3", "x": {} }],
        "neverDeclared": { "a": [1, 2] }
    });
    let sample = read(body.clone());
    assert_eq!(sample.undeclared.get("neverDeclared"), Some(&json!({ "a": [1, 2] })));
    assert_eq!(sample.inner.as_ref().and_then(|inner| inner.undeclared.get("secret")), Some(&json!(1)));
    assert_eq!(encode(&sample), body);
    let again: Sample = serde_json::from_value(serde_json::to_value(&sample).unwrap_or_default()).unwrap_or_default();
    assert_eq!(again, sample);
}

#[test]
fn a_bare_list_or_text_may_stand_for_a_record() {
    for bare in [json!(["a", 1]), json!("just text")] {
        let sample = read(json!({ "inner": bare }));
        assert_eq!(sample.inner.as_ref().and_then(|inner| inner.undeclared.bare()), Some(&bare));
        assert_eq!(encode(&sample), json!({ "inner": bare }));
        assert_eq!(encode(&read(bare.clone())), bare);
    }
}

#[test]
fn an_empty_body_is_an_empty_value() {
    for body in ["", "  \n", "null"] {
        assert_eq!(decode::<Sample>(body.as_bytes(), Decoding::Strict), Ok((Sample::default(), Mismatches::default())));
    }
}

#[test]
fn what_does_not_fit_is_named_with_its_place() {
    let cases = [
        (r#"{"count": "three"}"#, "count: expected a whole number, found \"three\""),
        (r#"{"count": 1.5}"#, "count: expected a whole number, found 1.5"),
        (r#"{"agents": [{}, {"inner": {"isOpen": 7}}]}"#, "agents[1].inner.isOpen: expected true or false, found 7"),
        (r#"{"agents": {"id": 1}}"#, "agents: expected a list, found a record of 1 keys"),
        (r#"{"subject": {"a": 1}}"#, "subject: expected text, found a record of 1 keys"),
        (r#"{"subject": ["a", "b"]}"#, "subject: expected text, found a list of 2"),
        (r#"{"id": 1.5}"#, "id: expected an id, found 1.5"),
        (r#"{"inner": 5}"#, "inner: expected a record, found 5"),
        ("5", "the answer: expected a record, found 5"),
    ];
    for (body, expected) in cases {
        assert_eq!(refused(body), expected);
    }
    assert!(refused("{\"id\": ").starts_with("not JSON: "), "{}", refused("{\"id\": "));
    assert!(matches!(decode::<Sample>(b"<html>", Decoding::Lenient), Err(DecodeError::Syntax(_))));
}

#[test]
fn leniently_what_does_not_fit_is_kept_aside() {
    let body = json!({ "count": "three", "id": "1", "agents": [{ "isOpen": {} }] });
    let Ok((sample, mismatches)) = decode::<Sample>(body.to_string().as_bytes(), Decoding::Lenient) else {
        panic!("leniently everything is read");
    };
    assert_eq!(sample.count, None);
    assert_eq!(sample.undeclared.get("count"), Some(&json!("three")));
    let places: Vec<_> = mismatches.iter().map(|mismatch| mismatch.path.as_str()).collect();
    assert_eq!(places, ["agents[0].isOpen", "count"]);
    assert_eq!(encode(&sample), body);
}

#[test]
fn deep_nesting_is_refused_not_followed() {
    let body = "[".repeat(100_000);
    assert!(matches!(decode::<Value>(body.as_bytes(), Decoding::Strict), Err(DecodeError::Syntax(_))));
}

#[test]
fn records_show_only_what_they_hold() {
    let sample = read(json!({ "id": 5, "state": "zh_TW", "extra": 1 }));
    assert_eq!(format!("{sample:?}"), r#"Sample { id: Some(Id(5)), state: Some(zh_TW), undeclared: {"extra":1} }"#);
}

#[test]
fn values_encode_as_they_were() {
    assert_eq!(Leaf::encode(&Id::from("7")), json!("7"));
    assert_eq!(Leaf::encode(&State::Empty), json!(""));
    assert_eq!(Leaf::encode(&vec![1_i64, 2]), json!([1, 2]));
}

#[test]
fn what_is_kept_aside_is_as_it_was_sent() {
    let body = br#"{"subject": [{}], "state": [null]}"#;
    let (sample, mismatches) = decode::<Sample>(body, Decoding::Lenient).unwrap();
    assert_eq!((sample.undeclared.get("subject"), mismatches.len()), (Some(&json!([{}])), 2));
    assert_eq!(encode(&sample), serde_json::from_slice::<Value>(body).unwrap());
}

#[test]
fn numbers_keep_their_last_digit() {
    let body = r#"{"cf":-2.4017020947319473e128,"rate":9.172586538626134e127}"#;
    let (sample, _) = decode::<Sample>(body.as_bytes(), Decoding::Strict).unwrap();
    assert_eq!(encode(&sample).to_string().replace("e+", "e"), body);
}

#[test]
fn strictly_the_first_that_does_not_fit_is_told_unless_it_is_no_json() {
    assert_eq!(refused(r#"{"tags": [1, {}], "count": "three"}"#), "tags[1]: expected text, found a record of 0 keys");
    let cut = refused(r#"{"tags": [1, {}], "count": "thr"#);
    assert!(cut.starts_with("not JSON: EOF while parsing a string"), "{cut}");
}

#[test]
fn a_body_that_is_no_text_is_told_with_its_place() {
    let told = |body: &[u8]| decode::<Sample>(body, Decoding::Lenient).unwrap_err().to_string();
    assert_eq!(told(b"{\n\"x\xc3\": 1}"), "not JSON: invalid unicode code point at line 2 column 3");
    // As when it is read byte by byte.
    let bodies: [&[u8]; 7] = [
        b"{\n\"subject\": \"a\xff\"}",
        b"{\n\"x\xc3\": 1}",
        b"{\"inner\": {\"subject\": \"\xff\"}, \"count\": \"three\"}",
        b"{\n\"other\": [\"\xed\xa0\x80\"]}",
        b"{\"subject\": \"a\\n\xff\"}",
        b"\xff",
        b"{}\xff",
    ];
    for body in bodies {
        let read = serde_json::from_slice::<Sample>(body).unwrap_err();
        assert_eq!(told(body), format!("not JSON: {read}"), "{body:?}");
    }
}

#[test]
fn the_last_of_a_repeated_key_counts() {
    let body = r#"{"count": "three", "inner": {"isOpen": 7, "count": 1}, "state": "zh-tw", "tags": ["a"], "x": 1,
        "inner": {"subject": "b"}, "count": "3", "tags": null, "state": "zh_TW", "x": 2}"#;
    let (sample, mismatches) = decode::<Sample>(body.as_bytes(), Decoding::Strict).unwrap();
    assert!(mismatches.is_empty());
    let expected = json!({ "count": 3, "inner": { "subject": "b" }, "state": "zh_TW", "x": 2 });
    assert_eq!(encode(&sample), expected);
    let (map, mismatches) =
        decode::<BTreeMap<String, bool>>(br#"{"a": true, "b": 7, "a": null, "b": "true"}"#, Decoding::Strict).unwrap();
    assert_eq!((map, mismatches.total()), (BTreeMap::from([("b".to_owned(), true)]), 0));
}

records! {
    /// Its fields are not sorted.
    pub struct Unsorted {
        total: Option<i64> = "total",
        items: Vec<String> = "items",
        has_next: Option<bool> = "has_next",
    }
}

#[test]
fn fields_are_found_though_their_names_are_not_sorted() {
    let body = br#"{"has_next": true, "items": ["a"], "other": 1, "total": 3}"#;
    let (read, _) = decode::<Unsorted>(body, Decoding::Strict).unwrap();
    assert_eq!((read.total, read.items.len(), read.has_next), (Some(3), 1, Some(true)));
    assert_eq!(encode(&read), serde_json::from_slice::<Value>(body).unwrap());
}

#[test]
fn keys_are_found_in_any_order() {
    let rows = [r#"{"id": 1, "count": 1, "tags": ["x"]}"#, r#"{"tags": ["x"], "id": 1, "a": {}, "count": 1}"#, "{}"];
    let rows = [rows[0], rows[1], rows[2], rows[1], r#"{"subject": "s", "count": 2, "id": 1}"#, rows[0]];
    let body = format!("[{}]", rows.join(","));
    let (samples, _) = decode::<Vec<Sample>>(body.as_bytes(), Decoding::Strict).unwrap();
    let read: Vec<_> = samples.iter().map(encode).collect();
    let ids = body.replace(r#""id": 1"#, r#""id": "1""#);
    assert_eq!(Value::from(read), serde_json::from_str::<Value>(&ids).unwrap());
}

#[test]
fn leniently_a_thousand_are_kept_and_all_are_counted() {
    let key = "k".repeat(10_000);
    let body = json!({ "tags": vec![json!({ "a": 1 }); 5000], "cf": { key: 1 } }).to_string();
    let (_, mismatches) = decode::<Sample>(body.as_bytes(), Decoding::Lenient).unwrap();
    assert_eq!((mismatches.len(), mismatches.total()), (1000, 5000));
    assert_eq!(mismatches[999].path, "tags[999]");
    let odd = json!({ "\u{1b}[2J\n".repeat(100): 1 }).to_string();
    let (_, mismatches) =
        decode::<BTreeMap<String, bool>>(odd.replace('1', "7").as_bytes(), Decoding::Lenient).unwrap();
    assert!(mismatches[0].path.len() < 1000 && !mismatches[0].path.contains(char::is_control), "{mismatches:?}");
}
