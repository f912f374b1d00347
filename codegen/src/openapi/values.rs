//! Which values are allowed: `enum` and `pattern`, and the rules that these two cannot say.

use serde_json::Value;

use super::document::{Schema, Types};
use super::schemas::word_of;
use crate::spec::{self, Kind, Rules, Scalar};

/// Two times with a comma between them.
const TWO_TIMES: &str = "[^,]+,[^,]+";

/// Adds what is known about the values of a type.
pub(super) fn allowed(made: &mut Schema, schema: &spec::Schema) {
    let rules = &schema.rules;
    let Kind::Scalar(scalar) = schema.kind else {
        made.own_values.clone_from(&rules.values);
        return;
    };
    if !rules.words.is_empty() {
        beside_words(made, scalar, schema.nullable);
    }
    let values: Option<Vec<Value>> = rules.values.iter().map(|text| value(scalar, text)).collect();
    let exact = !rules.open && !rules.descending && !rules.time_range && rules.words.is_empty();
    match values {
        Some(values) if exact => made.values = values,
        Some(values) if rules.open => {
            made.examples = values;
            made.own_values.clone_from(&rules.values);
        }
        Some(_) if !rules.values.is_empty() => {
            made.own_values.clone_from(&rules.values);
            if !rules.time_range && is_text(scalar) {
                made.values = spelled(rules).into_iter().map(Value::from).collect();
            }
        }
        _ => made.own_values.clone_from(&rules.values),
    }
    if !made.values.is_empty() && schema.nullable {
        made.values.push(Value::Null);
    }
    if made.values.is_empty() {
        made.pattern = pattern(scalar, rules);
    }
}

/// A value as JSON has it; none if the text is not one of that kind.
fn value(scalar: Scalar, text: &str) -> Option<Value> {
    match scalar {
        Scalar::Integer | Scalar::Number | Scalar::Boolean => {
            let value: Value = serde_json::from_str(text).ok()?;
            let suits = value.is_boolean() == (scalar == Scalar::Boolean) && !value.is_null() && !value.is_string();
            let written = value.to_string();
            (suits && written == text).then_some(value)
        }
        // It may be a number as well as the text of one.
        Scalar::Any | Scalar::File => None,
        _ => Some(Value::from(text)),
    }
}

fn is_text(scalar: Scalar) -> bool {
    scalar.is_textual() || scalar == Scalar::Id
}

/// Words need not be of the kind: nothing may be said that they do not fulfil.
fn beside_words(made: &mut Schema, scalar: Scalar, nullable: bool) {
    let textual = matches!(scalar, Scalar::Text | Scalar::Any | Scalar::File);
    if textual {
        return;
    }
    made.word = Some(word_of(scalar, nullable));
    made.format = None;
    let kind = made.types.words().find(|word| *word != "null").unwrap_or("string").to_owned();
    if kind != "string" {
        made.types = Types::of(&[&kind, "string"], nullable);
    }
}

/// Every spelling of the allowed values, and the words.
fn spelled(rules: &Rules) -> Vec<String> {
    let down = rules.values.iter().filter(|_| rules.descending).map(|value| format!("-{value}"));
    let mut all: Vec<String> = Vec::new();
    for text in rules.values.iter().cloned().chain(down).chain(rules.words.iter().cloned()) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

/// How the text looks, where a pattern can say it.
fn pattern(scalar: Scalar, rules: &Rules) -> Option<String> {
    if rules.open {
        return None;
    }
    let mut forms = Vec::new();
    if rules.time_range && !rules.values.is_empty() {
        forms.push(TWO_TIMES.to_owned());
        forms.extend(spelled(rules).iter().map(|text| escaped(text)));
    } else {
        let own = match scalar {
            Scalar::Id => "[0-9]+",
            Scalar::Duration => "[0-9]+:[0-5][0-9] hrs",
            Scalar::TimeRange => TWO_TIMES,
            _ => return rules.prefix.as_ref().filter(|_| is_text(scalar)).and_then(|prefix| starting(prefix, rules)),
        };
        forms.push(own.to_owned());
        forms.extend(rules.words.iter().map(|text| escaped(text)));
    }
    match forms.as_slice() {
        [one] => Some(format!("^{one}$")),
        forms => Some(format!("^(?:{})$", forms.join("|"))),
    }
}

/// Words may start otherwise.
fn starting(prefix: &str, rules: &Rules) -> Option<String> {
    rules.words.is_empty().then(|| format!("^{}", escaped(prefix)))
}

/// A text as a regular expression that means it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\^$.|?*+()[]{}/".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
