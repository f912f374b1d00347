//! Notes that say more than the schema beside them: words missing from a list of values, the value used when none is
//! given, lists declared as plain text.

use crate::api::Times;
use crate::spec::{Kind, Parameter, Rules, Scalar, Schema};

/// Applies what a parameter's note says.
pub(super) fn settle(parameter: &mut Parameter, times: Option<&Times>) {
    let Some(note) = parameter.note.clone() else { return };
    if let Some(times) = times {
        range(&note, parameter, times);
    }
    list(&note, &mut parameter.schema);
    match &mut parameter.schema {
        Schema { kind: Kind::List(of), .. } => single(&note, of),
        schema => single(&note, schema),
    }
    if parameter.schema.rules.default.is_none() {
        parameter.schema.rules.default = default(&note, &parameter.schema);
    }
    // The description does not say whether a call is refused without it.
    parameter.expected |= !parameter.required && note.starts_with("mandatory");
}

/// A text that is called a range and holds two times is a time range.
fn range(note: &str, parameter: &mut Parameter, times: &Times) {
    let Schema { kind, rules, .. } = &mut parameter.schema;
    let two = note.contains("date-times") || note.contains("yyyy-MM-ddT");
    if *kind == Kind::Scalar(Scalar::Text) && rules.values.is_empty() && parameter.name.ends_with(&times.range) && two {
        *kind = Kind::Scalar(Scalar::TimeRange);
        rules.max_length = None;
    }
}

/// What is known about a single value, or about a list's elements.
fn single(note: &str, schema: &mut Schema) {
    more_values(note, schema);
    stands_for(note, schema);
    schema.rules.time_range |= note.contains("two date-times") && !schema.rules.values.is_empty();
    if schema.kind == Kind::Scalar(Scalar::Text) {
        schema.rules.prefix = prefix(note);
    }
}

/// A text that holds several values separated by commas is a list of them. Values that appear only in the note may not
/// be all there are.
fn list(note: &str, schema: &mut Schema) {
    let Some((_, after)) = note.split_once("comma separated") else { return };
    let plain = schema.kind == Kind::Scalar(Scalar::Text) && !note.contains("date-time");
    if !plain || schema.rules.values.iter().any(|value| value.contains(',')) {
        return;
    }
    let after = after.split(';').next().unwrap_or_default();
    let named = after.split_once(':').map(|(_, named)| words(named)).unwrap_or_default();
    let mut of = Schema::scalar(if after.trim_start().starts_with("ids") { Scalar::Id } else { Scalar::Text });
    of.rules.values = if named.is_empty() { schema.rules.values.clone() } else { named };
    of.rules.open = schema.rules.values.is_empty() && !of.rules.values.is_empty();
    schema.kind = Kind::List(Box::new(of));
    schema.rules = Rules::default();
}

/// "also names a, b and c", "a too by the prose".
fn more_values(note: &str, schema: &mut Schema) {
    if schema.rules.values.is_empty() {
        return;
    }
    let also = ["also names ", "also takes ", "also "].iter().find_map(|also| note.split_once(also));
    let too = note.split_once(" too by the prose").and_then(|(before, _)| before.rsplit([' ', ';']).next());
    for word in also.map(|(_, named)| words(named)).unwrap_or_default().into_iter().chain(too.map(str::to_owned)) {
        if !schema.rules.values.contains(&word) {
            schema.rules.values.push(word);
        }
    }
}

/// "-1 stands for all departments", "or the word allDepartment".
fn stands_for(note: &str, schema: &mut Schema) {
    if !matches!(schema.kind, Kind::Scalar(Scalar::Id | Scalar::TimeRange)) {
        return;
    }
    let before = note.split_once(" stands for").and_then(|(before, _)| before.rsplit(' ').next());
    let word = note.split_once("the word ").and_then(|(_, after)| after.split([' ', ';', ',']).next());
    let digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    for word in before.into_iter().chain(word).filter(|word| !word.is_empty() && !digits(word)) {
        if !schema.rules.words.iter().any(|known| known == word) {
            schema.rules.words.push(word.to_owned());
        }
    }
}

/// "default 10", "ASC is the default": only if the schema allows the value.
fn default(note: &str, schema: &Schema) -> Option<serde_json::Value> {
    let clauses = || note.split([';', ',']).map(str::trim);
    let after = clauses().find_map(|clause| clause.strip_prefix("default "));
    let before = clauses().find_map(|clause| clause.strip_suffix(" is the default"));
    let word = after.or(before)?;
    match schema.kind {
        Kind::Scalar(Scalar::Integer) => word.parse::<i64>().ok().map(serde_json::Value::from),
        Kind::Scalar(Scalar::Text) => {
            schema.rules.values.iter().find(|value| *value == word).map(|value| value.as_str().into())
        }
        _ => None,
    }
}

/// "starts with cm_", "cm_ and letters, digits or _".
fn prefix(note: &str) -> Option<String> {
    let after = note.split_once("starts with ").map(|(_, after)| after);
    let head = after.or_else(|| note.contains(" and letters").then_some(note))?;
    let word = head.split([' ', ',', ';']).next().filter(|word| word.ends_with('_') && word.len() > 1);
    word.map(str::to_owned)
}

/// The words of a list such as "a, b and c"; anything that is not a single word is left out.
fn words(list: &str) -> Vec<String> {
    let list = list.split(';').next().unwrap_or_default().replace(" and ", ",").replace(" or ", ",");
    let word = |part: &&str| part.len() > 2 && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    list.split(',').map(str::trim).filter(word).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::ParameterPlace;

    fn times() -> Times {
        let [range, sort, field, created, changed] =
            ["Range", "sortBy", "Time", "created", "modifiedTime"].map(str::to_owned);
        Times { range, sort, field, created, changed }
    }

    fn settled(note: &str, schema: &str) -> (String, bool) {
        let schema = serde_json::from_str(schema).unwrap();
        let note = Some(note.to_owned());
        let name = "p".to_owned();
        let mut parameter =
            Parameter { name, place: ParameterPlace::Query, required: false, expected: false, schema, note };
        settle(&mut parameter, Some(&times()));
        (serde_json::to_string(&parameter.schema).unwrap(), parameter.expected)
    }

    #[test]
    fn ranges_of_time_are_told_by_name_and_note() {
        let of = |name: &str, note: &str, schema: &str| {
            let (schema, note) = (serde_json::from_str(schema).unwrap(), Some(note.to_owned()));
            let name = name.to_owned();
            let mut parameter =
                Parameter { name, place: ParameterPlace::Query, required: false, expected: false, schema, note };
            settle(&mut parameter, Some(&times()));
            serde_json::to_string(&parameter.schema).unwrap()
        };
        let text = r#"{"type":"text","max_length":100}"#;
        for note in [
            "two UTC date-times, from and to, separated by a comma",
            "two date-times, comma separated",
            "from,to as yyyy-MM-ddThh:mm:ss.SSSZ",
        ] {
            assert_eq!(of("dueDateRange", note, text), r#""time-range""#, "{note}");
        }
        let odd = of("dueDateRange", "two date-times; also takes the word null", text);
        assert_eq!(odd, r#"{"type":"time-range","words":["null"]}"#);
        assert_eq!(of("priceRange", "two amounts", text), text);
        assert_eq!(of("dueDate", "two date-times", text), text);
    }

    #[test]
    fn notes_widen_what_is_declared() {
        for (note, before, after) in [
            (
                "prose and pattern: also two date-times, comma separated",
                r#"{"type":"text","values":["LAST_7_DAYS"]}"#,
                r#"{"type":"text","values":["LAST_7_DAYS"],"time_range":true}"#,
            ),
            (
                "default A_B; prose: also C_D or two date-times, comma separated",
                r#"{"type":"text","values":["A_B"]}"#,
                r#"{"type":"text","values":["A_B","C_D"],"time_range":true,"default":"A_B"}"#,
            ),
            (
                "prose also names projects and integInfo",
                r#"{"type":"list","of":{"type":"text","values":["teams"]},"unique":true}"#,
                r#"{"type":"list","of":{"type":"text","values":["teams","projects","integInfo"]},"unique":true}"#,
            ),
            (
                "pattern also takes - prefix, status, priority; enum does not",
                r#"{"type":"text","values":["startTime"],"descending":true}"#,
                r#"{"type":"text","values":["startTime","status","priority"],"descending":true}"#,
            ),
            (
                "ascending; modifiedTime too by the prose",
                r#"{"type":"text","values":["createdTime"]}"#,
                r#"{"type":"text","values":["createdTime","modifiedTime"]}"#,
            ),
            (
                "start index, default 0",
                r#"{"type":"integer","minimum":0}"#,
                r#"{"type":"integer","minimum":0,"default":0}"#,
            ),
            (
                "by time; ASC is the default",
                r#"{"type":"text","values":["ASC"]}"#,
                r#"{"type":"text","values":["ASC"],"default":"ASC"}"#,
            ),
            ("default: all", r#"{"type":"text","values":["A"]}"#, r#"{"type":"text","values":["A"]}"#),
            ("default 1000", r#"{"type":"integer","default":10}"#, r#"{"type":"integer","default":10}"#),
            ("-1 stands for all departments", r#""id""#, r#"{"type":"id","words":["-1"]}"#),
            ("an id, or the word allDepartment", r#""id""#, r#"{"type":"id","words":["allDepartment"]}"#),
            ("0 stands for all departments", r#""id""#, r#""id""#),
            ("custom module only: starts with cm_, then letters", r#""text""#, r#"{"type":"text","prefix":"cm_"}"#),
            ("cm_ and letters, digits or _", r#""text""#, r#"{"type":"text","prefix":"cm_"}"#),
            ("letters and digits", r#""text""#, r#""text""#),
        ] {
            assert_eq!(settled(note, before).0, after, "{note}");
        }
    }

    #[test]
    fn lists_are_lists_though_declared_as_text() {
        for (note, before, after) in [
            ("comma separated ids, up to 50", r#"{"type":"text","max_length":1000}"#, r#"{"type":"list","of":"id"}"#),
            (
                "comma separated, up to 5: OPEN, ENDED",
                r#"{"type":"text","max_length":100}"#,
                r#"{"type":"list","of":{"type":"text","values":["OPEN","ENDED"],"open":true}}"#,
            ),
            (
                "several go comma separated",
                r#"{"type":"text","values":["createdBy"]}"#,
                r#"{"type":"list","of":{"type":"text","values":["createdBy"]}}"#,
            ),
            (
                "two date-times, comma separated",
                r#"{"type":"text","max_length":100}"#,
                r#"{"type":"text","max_length":100}"#,
            ),
            ("comma separated", r#"{"type":"list","of":"id"}"#, r#"{"type":"list","of":"id"}"#),
        ] {
            assert_eq!(settled(note, before).0, after, "{note}");
        }
    }

    #[test]
    fn what_only_the_note_calls_mandatory_is_expected() {
        assert!(settled("mandatory according to the prose", r#""text""#).1);
        assert!(!settled("not mandatory", r#""text""#).1);
    }
}
