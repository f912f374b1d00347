//! Values that the API writes in several ways are sent in the spelling that the operation lists.

use serde_json::{Map, Value};

use crate::call::Call;
use crate::operation::{Body, Field, Kind, Rule};

/// Changes each value of a call to the spelling that its rule lists.
pub(crate) fn settle(call: &mut Call) {
    for parameter in call.operation.parameters {
        if let Some(value) = call.parameters.get_mut(parameter.field.name) {
            spell(value, parameter.field.kind, parameter.field.rules);
        }
    }
    match &call.operation.body {
        Body::Json { fields, .. } | Body::Form { fields } => {
            for field in *fields {
                if let Some(value) = call.fields.get_mut(field.name) {
                    spell(value, field.kind, field.rules);
                }
            }
        }
        Body::Whole { kind, .. } => {
            if let Some(whole) = &mut call.whole {
                spell(whole, *kind, &[]);
            }
        }
        Body::None | Body::Bytes => {}
    }
}

fn record(map: &mut Map<String, Value>, fields: &[Field]) {
    for field in fields {
        if let Some(value) = map.get_mut(field.name) {
            spell(value, field.kind, field.rules);
        }
    }
}

fn spell(value: &mut Value, kind: Kind, rules: &[Rule]) {
    match (kind, value) {
        (Kind::List(of), Value::Array(list)) => list.iter_mut().for_each(|value| spell(value, *of, rules)),
        (Kind::Record(fields), Value::Object(map)) => record(map, fields()),
        (Kind::Text, Value::String(text)) if rules.contains(&Rule::AnySpelling) => {
            let listed = rules.iter().find_map(|rule| match rule {
                Rule::Values(values) if !values.contains(&text.as_str()) => {
                    values.iter().find(|value| letters(value).eq(letters(text)))
                }
                _ => None,
            });
            if let Some(listed) = listed {
                (*listed).clone_into(text);
            }
        }
        _ => {}
    }
}

/// What all spellings of a value have in common: everything but case and separators between words.
fn letters(value: &str) -> impl Iterator<Item = char> {
    let sign = value.strip_prefix('-').map(|_| '-');
    let rest = value.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase);
    sign.into_iter().chain(rest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_spelling_that_is_listed_is_sent() {
        const RULES: &[Rule] = &[Rule::Values(&["Draft", "END_USER", "name"]), Rule::AnySpelling];
        const LIST: Kind = Kind::List(&Kind::Text);
        fn fields() -> &'static [Field] {
            const FIELDS: &[Field] = &[Field { name: "inner", kind: LIST, rules: RULES }];
            FIELDS
        }
        for (kind, given, sent) in [
            (Kind::Text, json!("DRAFT"), json!("Draft")),
            (Kind::Text, json!("enduser"), json!("END_USER")),
            (Kind::Text, json!("-name"), json!("-name")),
            (Kind::Text, json!("drafts"), json!("drafts")),
            (LIST, json!(["draft", "Draft", 1]), json!(["Draft", "Draft", 1])),
            (
                Kind::Record(fields),
                json!({ "inner": ["draft"], "x": "draft" }),
                json!({ "inner": ["Draft"], "x": "draft" }),
            ),
        ] {
            let mut value = given;
            spell(&mut value, kind, RULES);
            assert_eq!(value, sent);
        }
        let mut value = json!("draft");
        spell(&mut value, Kind::Text, &RULES[..1]);
        assert_eq!(value, "draft", "without such a rule, text is sent as it is");
    }
}
