use serde_json::{Value, json};

use super::KeyField;

const FIELDS: &[KeyField] = &[
    KeyField("id"),
    KeyField("contact.firstName contact.lastName"),
    KeyField("subject"),
    KeyField("isSpam"),
    KeyField("tags.name"),
];

fn line(record: &Value, longest: usize) -> String {
    KeyField::line(FIELDS, record, longest)
}

#[test]
fn only_what_is_there_is_shown() {
    let contact = json!({ "firstName": "Ada", "lastName": "Ray", "email": "ada@example.com" });
    for (record, expected) in [
        (json!({}), ""),
        (json!({ "id": "7", "subject": null, "contact": null, "tags": [] }), "7"),
        (json!({ "id": 7, "subject": " ", "contact": {}, "isSpam": false }), "7"),
        (json!({ "id": "7", "subject": "Help", "contact": contact }), "7 · Ada Ray · Help"),
        (json!({ "subject": "Help", "contact": { "lastName": "Ray" }, "isSpam": true }), "Ray · Help · isSpam"),
        (json!({ "subject": { "text": "Help" }, "tags": [{ "name": "a" }, { "name": "" }, { "name": "b" }] }), "a, b"),
        (json!({ "subject": ["a", null, "b"] }), "a, b"),
        (json!("text in place of a record"), "text in place of a record"),
        (json!(["a", "b"]), "a, b"),
        (json!(null), ""),
        (json!(true), ""),
    ] {
        assert_eq!(line(&record, 80), expected, "{record}");
    }
}

#[test]
fn whatever_the_data_is_it_stays_one_plain_line() {
    let hostile = "a\r\nERROR\u{1b}]0;title\u{7}\u{202e}b\u{2066}\u{61c}\u{e0041}\0\u{85}\u{2028}c";
    let record = json!({ "id": hostile, "contact": { "lastName": hostile }, "subject": [hostile], "tags": [{ "name": hostile }] });
    for longest in [0, 1, 2, 10, 40, 200, usize::MAX] {
        let line = line(&record, longest);
        assert!(line.chars().count() <= longest, "{longest}: {line}");
        let plain = |c: char| !c.is_control() && !"\u{202e}\u{2066}\u{61c}\u{e0041}\u{2028}".contains(c);
        assert!(line.chars().all(plain), "{longest}: {line:?}");
    }
    let expected = "a ERROR\\u{1b}]0;title\\u{7}\\u{202e}b\\u{2066}\\u{61c}\\u{e0041}\\u{0} c";
    assert_eq!(line(&json!({ "subject": hostile }), 100), expected);
}

#[test]
fn the_longest_parts_are_cut_first() {
    let record =
        json!({ "id": "4000000008001", "subject": "The printer on the third floor is on fire", "isSpam": true });
    assert_eq!(line(&record, 200), "4000000008001 · The printer on the third floor is on fire · isSpam");
    assert_eq!(line(&record, 50), "4000000008001 · The printer on the third… · isSpam");
    assert_eq!(line(&record, 20), "4000000008001 · The…");
    assert_eq!(line(&record, 1), "…");
    assert_eq!(line(&record, 0), "");
    assert_eq!(line(&json!({ "id": "12345" }), 5), "12345");
    assert_eq!(line(&json!({ "id": "123456" }), 5), "1234…");
}

#[test]
fn a_huge_record_costs_no_more_than_its_line() {
    let record = json!({ "subject": "word ".repeat(2_000_000), "tags": vec![json!({ "name": "tag" }); 100_000] });
    assert_eq!(line(&record, 60), "word word word word word wo… · tag, tag, tag, tag, tag, ta…");
}
