//! What comes back, before and after: what programs read, whatever they are written in.

use super::change::{Effect, EffectKind};
use super::comparison::Comparison;
use crate::model::{AnswerModel, Field, OperationModel, Record, Type};

/// How many fields are named.
const SHOWN: usize = 4;

/// What another answer does to those who read it.
pub(super) fn effects(comparison: &Comparison<'_>, old: &OperationModel, new: &OperationModel) -> Vec<Effect> {
    let mut effects = Vec::new();
    let effect = |what: String| Effect::new(EffectKind::OtherAnswer, what);
    let (before, now) = (kind_of_answer(&old.answer), kind_of_answer(&new.answer));
    match (&old.answer, &new.answer) {
        (AnswerModel::Json(was), AnswerModel::Json(is)) => {
            effects.extend(difference(comparison, was, is).map(|what| effect(format!("answers {what}"))));
        }
        _ if before != now => {
            effects.push(effect(format!("answers {now}, not {before}")).between(&before, &now));
        }
        _ => {}
    }
    let statuses =
        |one: &OperationModel| one.operation.answers.keys().map(u16::to_string).collect::<Vec<_>>().join(", ");
    if statuses(old) != statuses(new) {
        let what = format!("succeeds with {}, was {}", statuses(new), statuses(old));
        effects.push(effect(what).between(statuses(old), statuses(new)));
    }
    if new.operation.error_in_success && !old.operation.error_in_success {
        effects.push(effect("a success may contain an error".to_owned()));
    }
    effects
}

/// In words, what was read and may be read no longer; none if it is all there. What types with a name have in common is
/// told of these types.
pub(super) fn difference(comparison: &Comparison<'_>, old: &Type, new: &Type) -> Option<String> {
    match (old, new) {
        (Type::Any, _) => None,
        (Type::List(was) | Type::Records(was), Type::List(is) | Type::Records(is))
        | (Type::Map(was), Type::Map(is)) => Some(format!("with, each: {}", difference(comparison, was, is)?)),
        (Type::Record(was), Type::Record(is)) => {
            let (was, is) = (&comparison.old.records[was.0], &comparison.new.records[is.0]);
            (!comparison.is_same_type(&was.name, &is.name)).then(|| lost(was, is))?
        }
        _ => {
            let (before, now) = (kind(old), kind(new));
            (before != now).then(|| format!("{now}, not {before}"))
        }
    }
}

/// The fields that a record has no longer, or not as they were.
fn lost(old: &Record, new: &Record) -> Option<String> {
    let kept = |wire: &str| new.fields.iter().find(|field| field.wire == wire);
    let is_kept = |field: &Field| {
        kept(&field.wire).is_some_and(|other| matches!(field.ty, Type::Any) || kind(&field.ty) == kind(&other.ty))
    };
    let names: Vec<String> =
        old.fields.iter().filter(|field| !is_kept(field)).map(|field| format!("`{}`", field.wire)).collect();
    let more = names.len().checked_sub(SHOWN).filter(|more| *more > 0);
    let more = more.map(|more| format!(" and {more} more")).unwrap_or_default();
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| format!("another record, without {shown}{more} as it was"))
}

fn kind_of_answer(answer: &AnswerModel) -> String {
    match answer {
        AnswerModel::Empty => "nothing".to_owned(),
        AnswerModel::Bytes => "a file".to_owned(),
        AnswerModel::Json(ty) => kind(ty),
    }
}

/// What a value is in JSON. Types may be renamed, and texts better known, without a change of what is read.
fn kind(ty: &Type) -> String {
    let (article, noun) = noun(ty);
    match ty {
        Type::List(of) | Type::Records(of) | Type::Map(of) => format!("{article}{noun} of {}", several(of)),
        _ => format!("{article}{noun}"),
    }
}

fn several(ty: &Type) -> String {
    match (noun(ty).1, ty) {
        ("anything", _) => "anything".to_owned(),
        (noun, Type::List(of) | Type::Records(of) | Type::Map(of)) => format!("{noun}s of {}", several(of)),
        (noun, _) => format!("{noun}s"),
    }
}

fn noun(ty: &Type) -> (&'static str, &'static str) {
    match ty {
        Type::Any => ("", "anything"),
        Type::Boolean => ("a ", "boolean"),
        Type::Integer => ("an ", "integer"),
        Type::Number => ("a ", "number"),
        Type::List(_) | Type::Records(_) => ("a ", "list"),
        Type::Map(_) => ("a ", "map"),
        Type::Record(_) => ("a ", "record"),
        Type::DateTime | Type::Enum(_) | Type::File | Type::Id | Type::Text | Type::TimeRange | Type::TimeSpan => {
            ("a ", "text")
        }
    }
}
