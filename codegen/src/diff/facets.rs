//! What is said of an operation besides the values that it takes.

use super::change::{Change, Effect, EffectKind, Kind, Subject};
use super::comparison::Comparison;
use super::{answered, scopes};
use crate::emit::parameters::answer;
use crate::emit::rust_types::sent;
use crate::model::{BodyModel, Model, OperationModel};
use crate::spec::{Paging, Timeline};

/// Everything that differs between two states of an operation, names and values aside.
pub(super) fn changes(
    comparison: &Comparison<'_>,
    subject: &Subject,
    old: &OperationModel,
    new: &OperationModel,
) -> Vec<Change> {
    let one = |kind: Kind, what: String| Change::new(kind, subject.clone(), what);
    let mut changes = Vec::new();
    changes.extend(moved(old, new).map(|what| one(Kind::OperationMoved, what)));
    changes.extend(route(old, new, subject));
    changes.extend(scopes(comparison, old, new, subject));
    changes.extend(risk(old, new, subject));
    changes.extend(organization(old, new, subject));
    changes.extend(paging(comparison, old, new, subject));
    changes.extend(body(comparison, old, new, subject));
    changes.extend(answers(comparison, old, new, subject));
    if old.operation.deprecated != new.operation.deprecated {
        let what = if new.operation.deprecated { "deprecated" } else { "no longer deprecated" };
        changes.push(one(Kind::DeprecationChanged, what.to_owned()));
    }
    if old.operation.undocumented_query != new.operation.undocumented_query {
        let what = if new.operation.undocumented_query { "takes undocumented" } else { "takes no undocumented" };
        changes.push(one(Kind::ParameterChanged, format!("{what} query parameters")));
    }
    // What upstream calls it is in the spec that the local server has; nothing public follows from it.
    if old.operation.upstream_id != new.operation.upstream_id && old.operation.id == new.operation.id {
        let name = |one: &OperationModel| one.operation.upstream_id.clone().unwrap_or_else(|| "nothing".to_owned());
        let what = format!("`operationId` is {} upstream, was {}; its name here stays", name(new), name(old));
        changes.push(one(Kind::TablesChanged, what));
    }
    let texts = [
        ("summary", old.operation.summary != new.operation.summary),
        ("example", old.example != new.example),
        ("what is inferred", old.inferred != new.inferred),
        ("declared errors", old.operation.errors != new.operation.errors),
    ];
    let texts: Vec<&str> = texts.into_iter().filter(|(_, differs)| *differs).map(|(text, _)| text).collect();
    if !texts.is_empty() {
        changes.push(one(Kind::DocumentationChanged, texts.join(", ")));
    }
    changes
}

fn moved(old: &OperationModel, new: &OperationModel) -> Option<String> {
    let family = (old.family != new.family).then(|| format!("in the family `{}`, was in `{}`", new.family, old.family));
    let module = (old.module != new.module).then(|| format!("in the module `{}`, was in `{}`", new.module, old.module));
    let parts: Vec<String> = family.into_iter().chain(module).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Another method or path under the same name, or the same path with other names for its parameters.
fn route(old: &OperationModel, new: &OperationModel, subject: &Subject) -> Option<Change> {
    let shown = |one: &OperationModel| format!("{} {}", one.operation.method, one.operation.path);
    let (before, now) = (shown(old), shown(new));
    let elsewhere = (old.operation.method, old.operation.route()) != (new.operation.method, new.operation.route());
    let effect = elsewhere.then(|| {
        Effect::new(EffectKind::AnotherMeaning, format!("calls `{now}` now, not `{before}`")).between(&before, &now)
    });
    let change = Change::new(Kind::RouteChanged, subject.clone(), format!("`{now}`, was `{before}`"));
    (before != now).then(|| change.with(effect))
}

fn scopes(
    comparison: &Comparison<'_>,
    old: &OperationModel,
    new: &OperationModel,
    subject: &Subject,
) -> Option<Change> {
    let (before, now) = (scopes::shown(&old.operation), scopes::shown(&new.operation));
    let change = Change::new(Kind::ScopesChanged, subject.clone(), format!("scopes: {now}, was {before}"));
    let grammar = &comparison.new.api.scopes;
    (before != now).then(|| change.with(scopes::effect(&old.operation, &new.operation, grammar)))
}

fn risk(old: &OperationModel, new: &OperationModel, subject: &Subject) -> Option<Change> {
    let (before, now) = (old.operation.risk, new.operation.risk);
    let effect = Effect::new(EffectKind::OtherRisk, format!("is {now}, was {before}")).between(before, now);
    let change = Change::new(Kind::RiskChanged, subject.clone(), format!("risk: {now}, was {before}"));
    (before != now).then(|| change.with([effect]))
}

fn organization(old: &OperationModel, new: &OperationModel, subject: &Subject) -> Option<Change> {
    let (kind, what) = match (old.operation.organization, new.operation.organization) {
        (false, true) => (EffectKind::NewlyRequired, "takes the organization now"),
        (true, false) => (EffectKind::RefusesLess, "no longer takes the organization"),
        _ => return None,
    };
    let change = Change::new(Kind::OrganizationChanged, subject.clone(), what);
    Some(change.with([Effect::new(kind, what)]))
}

/// How a list is read, and what that costs.
fn paging(
    comparison: &Comparison<'_>,
    old: &OperationModel,
    new: &OperationModel,
    subject: &Subject,
) -> Option<Change> {
    let mut effects = Vec::new();
    match (&old.operation.paging, &new.operation.paging) {
        (None, Some(_)) => effects.push(Effect::new(EffectKind::OtherCost, "costs what a page of a list does")),
        (Some(_), None) => effects.push(Effect::new(EffectKind::OtherCost, "costs what a single call does")),
        (Some(before), Some(now)) if before.maximum != now.maximum => {
            let page = |paging: &Paging| paging.maximum.map_or("unknown".to_owned(), |most| most.to_string());
            let what = format!(
                "its largest page is {}, was {}: a list takes another number of calls",
                page(now),
                page(before)
            );
            effects.push(Effect::new(EffectKind::OtherCost, what).between(page(before), page(now)));
        }
        _ => {}
    }
    if let (Some(before), Some(now)) = (&old.operation.paging, &new.operation.paging) {
        if before.first != now.first {
            let what = format!("its first index is {}, was {}", now.first, before.first);
            effects.push(Effect::new(EffectKind::OtherReading, what).between(before.first, now.first));
        }
        if before.key != now.key {
            let what = format!("its records are {}, were {}", place(now), place(before));
            effects.push(Effect::new(EffectKind::OtherReading, what).between(place(before), place(now)));
        }
    }
    let (before, now) = (reading(comparison.old, old), reading(comparison.new, new));
    if before != now {
        let read = format!("is read {now}, was read {before}");
        effects.push(Effect::new(EffectKind::OtherReading, read).between(&before, &now));
    }
    let [pages_before, pages_now] = [old, new].map(|one| pages(one.operation.paging.as_ref()));
    if effects.is_empty() && pages_before == pages_now {
        return None;
    }
    let what = match pages_before == pages_now {
        true => format!("read {now}, was read {before}"),
        false => format!("{pages_now}, was {pages_before}"),
    };
    Some(Change::new(Kind::PagingChanged, subject.clone(), what).with(effects))
}

/// Where the records of a page are.
fn place(paging: &Paging) -> String {
    if paging.key.is_empty() { "a bare list".to_owned() } else { format!("under `{}`", paging.key) }
}

fn pages(paging: Option<&Paging>) -> String {
    let Some(paging @ Paging { first, maximum, default, key, .. }) = paging else { return "without pages".to_owned() };
    let key = if key.is_empty() { place(paging) } else { format!("records {}", place(paging)) };
    let most = maximum.map(|most| format!(", at most {most}")).unwrap_or_default();
    let usual = default.map(|usual| format!(", usually {usual}")).unwrap_or_default();
    format!("pages of {key} from {first}{most}{usual}")
}

/// How all records of a list are found, and told apart.
fn reading(model: &Model, operation: &OperationModel) -> String {
    let time = |timeline: &Timeline| match (&timeline.range, &timeline.sort) {
        (Some(range), Some(sort)) => format!("{} (`{range}`, sorted by `{sort}`)", timeline.field),
        (Some(range), None) => format!("{} (`{range}`)", timeline.field),
        (None, Some(sort)) => format!("{} (sorted by `{sort}`)", timeline.field),
        (None, None) => timeline.field.clone(),
    };
    let times: Vec<String> = operation.walked.timelines.iter().map(time).collect();
    let by = if times.is_empty() { "by index".to_owned() } else { format!("by {}", times.join(", ")) };
    let id = operation.walked.id.as_ref().filter(|id| *id != "id").map(|id| format!(", told apart by `{id}`"));
    let other = model.by_time(operation).map(|other| format!(", else by `{other}`"));
    format!("{by}{}{}", id.unwrap_or_default(), other.unwrap_or_default())
}

fn body(comparison: &Comparison<'_>, old: &OperationModel, new: &OperationModel, subject: &Subject) -> Option<Change> {
    let (before, now) = (body_words(comparison.old, old), body_words(comparison.new, new));
    if comparison.is_same_type(&before, &now) {
        return None;
    }
    let required = |one: &OperationModel| one.operation.body.as_ref().is_some_and(|body| body.required);
    let kind = match (required(old), required(new)) {
        (false, true) => EffectKind::NewlyRequired,
        (true, false) => EffectKind::RefusesLess,
        _ => EffectKind::RefusesMore,
    };
    let effect = Effect::new(kind, format!("sends {now}")).between(&before, &now);
    Some(Change::new(Kind::BodyChanged, subject.clone(), format!("sends {now}, was {before}")).with([effect]))
}

fn body_words(model: &Model, operation: &OperationModel) -> String {
    let need = |required: bool| if required { "a required" } else { "an optional" };
    match &operation.body {
        BodyModel::None => "no body".to_owned(),
        BodyModel::Bytes => "bytes".to_owned(),
        BodyModel::Whole { required, ty, .. } => format!("{} document: {}", need(*required), sent(model, ty)),
        BodyModel::Fields { form: true, .. } => "a form".to_owned(),
        BodyModel::Fields { required, document_parameter, .. } => {
            let form = document_parameter.as_ref().map(|name| format!(", or a form with it in `{name}`"));
            format!("{} record{}", need(*required), form.unwrap_or_default())
        }
    }
}

fn answers(
    comparison: &Comparison<'_>,
    old: &OperationModel,
    new: &OperationModel,
    subject: &Subject,
) -> Option<Change> {
    let (before, now) = (answer(comparison.old, old), answer(comparison.new, new));
    let mut what = Vec::new();
    if !comparison.is_same_type(&before, &now) {
        what.push(format!("answers `{now}`, was `{before}`"));
    }
    let statuses =
        |one: &OperationModel| one.operation.answers.keys().map(u16::to_string).collect::<Vec<_>>().join(", ");
    if statuses(old) != statuses(new) {
        what.push(format!("succeeds with {}, was {}", statuses(new), statuses(old)));
    }
    match (old.operation.error_in_success, new.operation.error_in_success) {
        (false, true) => what.push("a success may contain an error".to_owned()),
        (true, false) => what.push("a success contains no error".to_owned()),
        _ => {}
    }
    let effects = answered::effects(comparison, old, new);
    let change = || Change::new(Kind::AnswerChanged, subject.clone(), what.join("; ")).with(effects);
    (!what.is_empty()).then(change)
}
