//! Values that are sent, before and after: parameters, fields of a body, fields of a record in one.

use super::change::{Change, Effect, EffectKind, Kind, Level, Subject};
use super::rules::Difference;
use crate::emit::rust_types::sent;
use crate::model::{BodyModel, Field, Model, Need, OperationModel, ParameterModel, Record, Type};
use crate::spec::{ParameterPlace, Rules};

/// A value that is sent.
#[derive(Debug)]
pub(super) struct Sent<'m> {
    place: Place,
    pub(super) wire: &'m str,
    /// The name of its setter, or of the argument of `new`.
    pub(super) rust: &'m str,
    /// What it is, without the names of types.
    shape: String,
    need: &'m Need,
    nullable: bool,
    rules: &'m Rules,
    inner: &'m Rules,
    note: Option<&'m str>,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Body,
    /// A field of a record that is sent.
    Record,
}

impl Place {
    fn words(self) -> &'static str {
        match self {
            Self::Path => "path parameter",
            Self::Query => "query parameter",
            Self::Header => "header",
            Self::Body => "field of the body",
            Self::Record => "field",
        }
    }
}

/// The values of an operation.
pub(super) fn of_operation<'m>(model: &'m Model, operation: &'m OperationModel) -> Vec<Sent<'m>> {
    let parameters = operation.parameters.iter().map(|parameter| of_parameter(model, parameter));
    let fields = match &operation.body {
        BodyModel::Fields { fields, .. } => fields.as_slice(),
        BodyModel::None | BodyModel::Whole { .. } | BodyModel::Bytes => &[],
    };
    parameters.chain(fields.iter().map(|field| of_field(model, field, Place::Body))).collect()
}

/// The values of a record that is sent.
pub(super) fn of_record<'m>(model: &'m Model, record: &'m Record) -> Vec<Sent<'m>> {
    record.fields.iter().map(|field| of_field(model, field, Place::Record)).collect()
}

fn of_parameter<'m>(model: &Model, parameter: &'m ParameterModel) -> Sent<'m> {
    let ParameterModel { wire, rust, place, need, ty, rules, inner, note, .. } = parameter;
    let place = match place {
        ParameterPlace::Path => Place::Path,
        ParameterPlace::Query => Place::Query,
        ParameterPlace::Header => Place::Header,
    };
    Sent { place, wire, rust, shape: shape(model, ty), need, nullable: false, rules, inner, note: note.as_deref() }
}

fn of_field<'m>(model: &Model, field: &'m Field, place: Place) -> Sent<'m> {
    let Field { wire, rust, ty, need, nullable, rules, inner, .. } = field;
    Sent { place, wire, rust, shape: shape(model, ty), need, nullable: *nullable, rules, inner, note: None }
}

/// What kind of value it is. Types may be renamed without a change of what is sent, so they have no names here.
fn shape(model: &Model, ty: &Type) -> String {
    match ty {
        Type::Enum(_) => "text".to_owned(),
        Type::Record(_) => "record".to_owned(),
        Type::List(of) | Type::Records(of) => format!("list of {}", shape(model, of)),
        Type::Text => "text".to_owned(),
        ty => sent(model, ty),
    }
}

/// The differences between two lists of values, as changes of what they belong to, each with the last parts of the
/// paths of the items that it is about.
pub(super) fn changes<'s>(subject: &Subject, old: &'s [Sent<'_>], new: &'s [Sent<'_>]) -> Vec<(Change, Vec<&'s str>)> {
    let pairs = pairs(old, new);
    let mut changes = Vec::new();
    for (one, other) in old.iter().zip(&pairs) {
        match other {
            None => changes.push((gone(subject, one, new), vec![one.item()])),
            Some(index) => {
                let other = &new[*index];
                changes.extend(changed(subject, one, other).map(|change| (change, vec![one.item(), other.item()])));
            }
        }
    }
    let come = new.iter().enumerate().filter(|(index, _)| !pairs.contains(&Some(*index)));
    changes.extend(come.map(|(_, other)| (added(subject, other), vec![other.item()])));
    changes
}

/// For each old value the new one that it is: of the same name and place, or else of the same name in another place, or
/// else the next in the path, where names mean nothing.
fn pairs(old: &[Sent<'_>], new: &[Sent<'_>]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; old.len()];
    let same: [fn(&Sent<'_>, &Sent<'_>) -> bool; 3] = [
        |a, b| a.wire == b.wire && a.place == b.place,
        |a, b| a.wire == b.wire,
        |a, b| a.place == Place::Path && b.place == Place::Path,
    ];
    for is_same in same {
        for (index, one) in old.iter().enumerate().filter(|(_, one)| new.iter().any(|other| is_same(one, other))) {
            if pairs[index].is_none() {
                let mut left = (0..new.len()).filter(|other| !pairs.contains(&Some(*other)));
                pairs[index] = left.find(|other| is_same(one, &new[*other]));
            }
        }
    }
    pairs
}

impl Sent<'_> {
    /// The last part of the path of the public item that it is set by.
    fn item(&self) -> &str {
        if self.place == Place::Path { "new" } else { self.rust }
    }

    fn shown(&self) -> String {
        format!("{} `{}`", self.place.words(), self.wire)
    }

    fn is_required(&self) -> bool {
        *self.need == Need::Required
    }
}

fn kind(place: Place, parameter: Kind, field: Kind) -> Kind {
    if place == Place::Record { field } else { parameter }
}

fn change(kind: Kind, subject: &Subject, what: String, effects: Vec<Effect>) -> Change {
    Change { kind, of: subject.clone(), what, rust: Level::Documentation, items: Vec::new(), effects }
}

fn added(subject: &Subject, new: &Sent<'_>) -> Change {
    let what = format!("{}{} added", if new.is_required() { "required " } else { "" }, new.shown());
    change(
        kind(new.place, Kind::ParameterAdded, Kind::FieldAdded),
        subject,
        what,
        need(None, new).into_iter().collect(),
    )
}

fn gone(subject: &Subject, old: &Sent<'_>, now: &[Sent<'_>]) -> Change {
    let mut effects = vec![Effect::new(EffectKind::RefusesMore, format!("{} is described no longer", old.shown()))];
    // The setter of the same name still compiles.
    if let Some(other) = now.iter().find(|other| other.rust == old.rust && other.wire != old.wire) {
        let what = format!("`{}` sets {} now", old.rust, other.shown());
        effects.push(Effect::new(EffectKind::AnotherMeaning, what).between(old.wire, other.wire));
    }
    let what = format!("{} removed", old.shown());
    change(kind(old.place, Kind::ParameterRemoved, Kind::FieldRemoved), subject, what, effects)
}

/// What differs between two states of one value.
fn changed(subject: &Subject, old: &Sent<'_>, new: &Sent<'_>) -> Option<Change> {
    let mut what = Vec::new();
    let mut effects = Vec::new();
    if old.place != new.place {
        what.push(format!("was a {}", old.place.words()));
    }
    if old.wire != new.wire {
        what.push(format!("was named `{}`", old.wire));
        let effect = Effect::new(EffectKind::RefusesMore, format!("{} is no longer named `{}`", new.shown(), old.wire));
        effects.push(effect.between(old.wire, new.wire));
    } else if old.rust != new.rust {
        what.push(format!("set by `{}`, not `{}`", new.rust, old.rust));
    }
    if old.shape != new.shape {
        what.push(format!("{}, not {}", new.shape, old.shape));
        let effect = Effect::new(EffectKind::RefusesMore, format!("{} takes {}", new.shown(), new.shape));
        effects.push(effect.between(&old.shape, &new.shape));
    }
    if old.need != new.need {
        what.push(format!("{}, was {}", need_words(new.need), need_words(old.need)));
        effects.extend(need(Some(old), new));
    }
    if old.nullable != new.nullable {
        what.push(if new.nullable { "may be cleared" } else { "may be cleared no longer" }.to_owned());
        let kind = if new.nullable { EffectKind::RefusesLess } else { EffectKind::RefusesMore };
        let null = if new.nullable { "takes null" } else { "takes null no longer" };
        effects.push(Effect::new(kind, format!("{} {null}", new.shown())));
    }
    for (of, old, now) in [("", old.rules, new.rules), (", each: ", old.inner, new.inner)] {
        let Difference { more, less, default } = Difference::between(old, now);
        for (kind, words) in [(EffectKind::RefusesMore, more), (EffectKind::RefusesLess, less)] {
            for word in words {
                what.push(format!("{}{word}", of.trim_start_matches(", ")));
                effects.push(Effect::new(kind, format!("{}: {}{word}", new.shown(), of.trim_start_matches(", "))));
            }
        }
        if let Some(default) = default {
            effects.push(Effect::new(EffectKind::AnotherMeaning, format!("{} {default}", new.shown())));
            what.push(default);
        }
    }
    if what.is_empty() && old.note != new.note {
        what.push("its note".to_owned());
    }
    let what = (!what.is_empty()).then(|| format!("{}: {}", new.shown(), what.join("; ")))?;
    Some(change(kind(new.place, Kind::ParameterChanged, Kind::FieldChanged), subject, what, effects))
}

fn need_words(need: &Need) -> String {
    match need {
        Need::Optional => "optional".to_owned(),
        Need::Required => "required".to_owned(),
        Need::Expected => "probably required".to_owned(),
        Need::Unless(other) => format!("required unless `{other}` is given"),
    }
}

/// What it does to those who leave the value out.
fn need(old: Option<&Sent<'_>>, new: &Sent<'_>) -> Option<Effect> {
    let before = old.map_or(&Need::Optional, |old| old.need);
    let kind = match (before, new.need) {
        (Need::Required, Need::Required) => return None,
        (_, Need::Required) | (Need::Optional | Need::Expected, Need::Unless(_)) => EffectKind::NewlyRequired,
        (Need::Required | Need::Unless(_), _) => EffectKind::RefusesLess,
        // A call without it is made as before, with a warning.
        (_, Need::Optional | Need::Expected) => return None,
    };
    let effect = Effect::new(kind, format!("{} is {}", new.shown(), need_words(new.need)));
    Some(if old.is_some() { effect.between(need_words(before), need_words(new.need)) } else { effect })
}
