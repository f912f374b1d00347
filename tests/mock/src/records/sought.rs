//! Words that stand for a field's value: `${empty}`, `${notempty}`, `${open}`, in any case.

use super::query::Check;
use crate::seed::{Collection, Test};

const EMPTY: &str = "empty";
const NOT_EMPTY: &str = "notempty";

/// The word that a value is.
pub(super) fn word(value: &str) -> Option<String> {
    Some(value.trim().strip_prefix("${")?.strip_suffix('}')?.to_ascii_lowercase())
}

/// What a parameter with such a word asks of a collection's records. The error says which words there are.
pub(super) fn check(form: &Collection, name: &str, word: &str) -> Result<Check, String> {
    let meanings = form.meanings.get(name);
    if let Some((field, value)) = meanings.and_then(|meanings| meanings.get(word)) {
        return Ok(Check::Is(field.clone(), vec![value.clone()]));
    }
    let fields = match form.parameters.get(name) {
        Some(Test::Is(field)) => vec![field.clone()],
        Some(Test::Words(fields) | Test::Starts(fields)) => fields.clone(),
        _ => vec![name.to_owned()],
    };
    match word {
        EMPTY => Ok(Check::Empty(fields, true)),
        NOT_EMPTY => Ok(Check::Empty(fields, false)),
        _ => {
            let known = meanings.into_iter().flat_map(|meanings| meanings.keys().map(String::as_str));
            let known: Vec<String> = known.chain([EMPTY, NOT_EMPTY]).map(|word| format!("${{{word}}}")).collect();
            Err(format!("{name} is ${{{word}}}, but the words for it are {}.", known.join(", ")))
        }
    }
}

/// Whether a custom field is to have a value, or none.
pub(super) fn custom(map: &str, field: &str, word: &str) -> Option<Check> {
    let expected = match word {
        EMPTY => true,
        NOT_EMPTY => false,
        _ => return None,
    };
    Some(Check::EmptyIn(map.to_owned(), field.to_owned(), expected))
}
