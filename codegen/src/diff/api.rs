//! What is particular to the API as a whole: `spec/local/api.json`.

use super::change::{Change, Effect, EffectKind, Kind, Level, Subject};
use super::comparison::Comparison;
use crate::api::Api;

pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (&comparison.old.api, &comparison.new.api);
    let names = |api: &Api| -> [(&'static str, Vec<String>); 2] {
        let centres = api.servers.data_centres.iter().map(|centre| centre.name.clone()).collect();
        let schemes = api.authorization.schemes.iter().map(|scheme| scheme.name.clone()).collect();
        [("DataCentre", centres), ("TokenType", schemes)]
    };
    let mut changes = Vec::new();
    for ((of, before), (_, now)) in names(old).into_iter().zip(names(new)) {
        changes.extend(variants(of, &before, &now));
    }
    for (section, differs, effect) in sections(old, new) {
        if differs {
            let change = Change::new(Kind::TablesChanged, Subject::Crate("API".to_owned()), section);
            changes.push(change.with(effect.map(|(kind, what)| Effect::new(kind, what))));
        }
    }
    changes.into_iter().for_each(|change| comparison.add(change, Vec::new()));
}

/// Variants that came and went. Both enums may get further ones without breaking anything.
fn variants(of: &str, old: &[String], new: &[String]) -> Vec<Change> {
    let one =
        |kind, level, what: String| Change { rust: level, ..Change::new(kind, Subject::Type(of.to_owned()), what) };
    let gone = old.iter().filter(|name| !new.contains(name)).map(|name| {
        let effect = Effect::new(EffectKind::Gone, format!("there is no `{name}`"));
        one(Kind::ValueRemoved, Level::Breaking, format!("no longer `{name}`")).with([effect])
    });
    let come = new.iter().filter(|name| !old.contains(name));
    let come = come.map(|name| one(Kind::ValueAdded, Level::Compatible, format!("also `{name}`")));
    gone.chain(come).collect()
}

/// What is said of a section, whether it differs, and what that does to programs.
type Section = (&'static str, bool, Option<(EffectKind, &'static str)>);

/// What is said of each section that differs, its reason and what people read aside.
fn sections(old: &Api, new: &Api) -> Vec<Section> {
    let mut sides = [old.clone(), new.clone()];
    for api in &mut sides {
        let reasons = [
            &mut api.servers.why,
            &mut api.authorization.why,
            &mut api.scopes.why,
            &mut api.errors.why,
            &mut api.paging.why,
        ];
        reasons.into_iter().for_each(String::clear);
        api.authorization.about.clear();
        if let Some(organization) = &mut api.organization {
            organization.why.clear();
            organization.about.clear();
        }
        api.credits.iter_mut().for_each(|credits| credits.why.clear());
    }
    let [a, b] = &sides;
    let texts = |api: &Api| (api.title.clone(), api.summary.clone(), api.about.clone());
    vec![
        ("servers: names or addresses of data centres", a.servers != b.servers, None),
        ("authorization: words before a token, or where tokens come from", a.authorization != b.authorization, None),
        ("organization: how calls name it", a.organization != b.organization, None),
        (
            "scopes: their grammar, or which covers which",
            a.scopes != b.scopes,
            Some((EffectKind::OtherScopes, "scopes are read in another way, or cover others")),
        ),
        ("errors: the error object, or what codes mean", a.errors != b.errors, None),
        (
            "paging: how lists are read",
            a.paging != b.paging,
            Some((EffectKind::OtherReading, "parameters or keys of all lists")),
        ),
        ("credits: what calls cost", a.credits != b.credits, Some((EffectKind::OtherCost, "prices of pages"))),
        ("title, summary, about", texts(old) != texts(new), None),
    ]
}
