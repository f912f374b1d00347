//! How much of an answer is shown, as a model asks for it.

use serde_json::{Map, Value, json};

use super::refusal::Refusal;

/// The arguments that say how an answer is shown. No operation has arguments of these names.
pub(super) const FULL: &str = "full_answer";
pub(super) const FIELDS: &str = "answer_fields";
pub(super) const POSITION: &str = "position";

/// How many fields can be chosen.
const MOST_FIELDS: usize = 100;

/// What is shown of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct View {
    pub(super) detail: Detail,
    /// Where a list is read on.
    pub(super) position: Option<String>,
}

/// Which fields of records are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Detail {
    /// Those by which people know them.
    #[default]
    Key,
    /// These.
    Fields(Vec<String>),
    /// All.
    Full,
}

impl View {
    /// Takes the view out of the arguments of a call.
    pub(super) fn take(arguments: &mut Map<String, Value>) -> Result<Self, Refusal> {
        let full = match arguments.remove(FULL) {
            None | Some(Value::Null | Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(_) => return Err(Refusal::arguments(format!("{FULL} must be true or false"))),
        };
        let fields = match arguments.remove(FIELDS) {
            None | Some(Value::Null) => None,
            Some(fields) => Some(named(&fields).ok_or_else(|| {
                Refusal::arguments(format!(
                    "{FIELDS} must be a list of at most {MOST_FIELDS} names of fields, such as [\"subject\", \"contact.email\"]"
                ))
            })?),
        };
        let position = match arguments.remove(POSITION) {
            None | Some(Value::Null) => None,
            Some(Value::String(position)) => Some(position),
            Some(_) => return Err(Refusal::arguments(format!("{POSITION} must be the text that an answer came with"))),
        };
        let detail = match fields {
            Some(fields) => Detail::Fields(fields),
            None if full => Detail::Full,
            None => Detail::Key,
        };
        Ok(Self { detail, position })
    }
}

fn named(fields: &Value) -> Option<Vec<String>> {
    let fields = fields.as_array().filter(|fields| !fields.is_empty() && fields.len() <= MOST_FIELDS)?;
    fields.iter().map(|field| field.as_str().filter(|name| !name.is_empty()).map(str::to_owned)).collect()
}

/// How much is told of these arguments.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Their types, where every tool has them.
    Briefly,
    /// What they do as well.
    Fully,
}

/// The schemas of these arguments.
pub(super) fn properties(list: bool, told: Told) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut add = |name: &str, mut schema: Value, about: &str| {
        if told == Told::Fully {
            schema["description"] = about.into();
        }
        properties.insert(name.to_owned(), schema);
    };
    add(FULL, json!({ "type": "boolean" }), "All fields instead of the usual ones");
    let names = json!({ "type": "array", "items": { "type": "string" } });
    add(FIELDS, names, "These fields of records, such as subject and contact.email");
    if list {
        add(POSITION, json!({ "type": "string" }), "Reads on where an answer of the same call ended");
    }
    properties
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(arguments: Value) -> Result<View, String> {
        let Value::Object(mut arguments) = arguments else { panic!("an object") };
        let view = View::take(&mut arguments).map_err(|refusal| refusal.text)?;
        assert_eq!(arguments.keys().collect::<Vec<_>>(), ["limit"]);
        Ok(view)
    }

    #[test]
    fn views_are_taken_out_of_arguments() {
        assert_eq!(taken(json!({ "limit": 5, FULL: null, FIELDS: null, POSITION: null })), Ok(View::default()));
        assert_eq!(taken(json!({ "limit": 5, FULL: true })).unwrap().detail, Detail::Full);
        let view = taken(json!({ "limit": 5, FULL: true, FIELDS: ["id"], POSITION: "x" })).unwrap();
        assert_eq!(view, View { detail: Detail::Fields(vec!["id".to_owned()]), position: Some("x".to_owned()) });
        for (wrong, told) in [
            (json!({ "limit": 5, FULL: "yes" }), "full_answer must be true or false"),
            (json!({ "limit": 5, FIELDS: "id" }), "answer_fields must be a list"),
            (json!({ "limit": 5, FIELDS: [] }), "answer_fields must be a list"),
            (json!({ "limit": 5, FIELDS: [1] }), "answer_fields must be a list"),
            (json!({ "limit": 5, FIELDS: vec!["a"; 101] }), "at most 100"),
            (json!({ "limit": 5, POSITION: 5 }), "position must be the text"),
        ] {
            let refused = taken(wrong).unwrap_err();
            assert!(refused.contains(told), "{refused}");
        }
    }

    #[test]
    fn no_operation_has_an_argument_of_these_names() {
        for operation in desk_sdk::operations() {
            let parameters = operation.parameters.iter().map(|parameter| parameter.field.name);
            let mut names = parameters.chain(operation.body.fields().iter().map(|field| field.name));
            assert!(!names.any(|name| [FULL, FIELDS, POSITION].contains(&name)), "{operation}");
        }
    }
}
