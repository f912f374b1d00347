//! Whether scopes that were enough still are.

use std::collections::BTreeMap;

use super::change::{Effect, EffectKind};
use crate::model::Scope;
use crate::spec::Operation;

const READ: u8 = 1;
const CREATE: u8 = 2;
const UPDATE: u8 = 4;
const DELETE: u8 = 8;
const CUSTOM: u8 = 16;

/// What an operation needs: one of several sets, of which every scope is needed.
#[derive(Debug, PartialEq, Eq)]
struct Need<'a> {
    sets: &'a [Vec<String>],
    in_doubt: bool,
    cookie_only: bool,
}

/// What other scopes do to those who call.
pub(super) fn effect(old: &Operation, new: &Operation) -> Option<Effect> {
    let (old, new) = (Need::of(old), Need::of(new));
    let kind = match (old.is_enough_for(&new), new.is_enough_for(&old)) {
        (false, _) => EffectKind::OtherScopes,
        (true, false) => EffectKind::MoreScopes,
        (true, true) if old.in_doubt != new.in_doubt || old.cookie_only != new.cookie_only => EffectKind::OtherDoubt,
        (true, true) => return None,
    };
    Some(Effect::new(kind, "scopes").between(old, new))
}

/// The scopes of an operation, in words.
pub(super) fn shown(operation: &Operation) -> String {
    Need::of(operation).to_string()
}

impl<'a> Need<'a> {
    fn of(operation: &'a Operation) -> Self {
        let Operation { scopes, doubtful_scopes, cookie_only, .. } = operation;
        Self { sets: scopes, in_doubt: *doubtful_scopes, cookie_only: *cookie_only }
    }

    /// Whether every token that is enough for this is enough for the other, too.
    fn is_enough_for(&self, other: &Self) -> bool {
        let meets = |granted: &[String]| {
            let granted = Granted::of(granted);
            other.sets.is_empty() || other.sets.iter().any(|set| set.iter().all(|scope| granted.covers(scope)))
        };
        if self.sets.is_empty() { meets(&[]) } else { self.sets.iter().all(|set| meets(set)) }
    }
}

impl std::fmt::Display for Need<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let set = |set: &Vec<String>| match set.len() {
            2.. if self.sets.len() > 1 => format!("({})", set.join(" and ")),
            _ => set.join(" and "),
        };
        match self.sets {
            [] => f.write_str("no scope")?,
            sets => f.write_str(&sets.iter().map(set).collect::<Vec<_>>().join(" or "))?,
        }
        if self.cookie_only {
            f.write_str(" (described for a browser's cookie)")?;
        }
        if self.in_doubt { f.write_str(" (in doubt)") } else { Ok(()) }
    }
}

/// What a token with some scopes may do: verbs by area, both in lower case.
struct Granted(BTreeMap<String, u8>);

impl Granted {
    fn of(scopes: &[String]) -> Self {
        let mut granted = BTreeMap::new();
        for scope in scopes.iter().map(|scope| Scope::parse(scope)) {
            let verbs = if scope.verb.eq_ignore_ascii_case("ALL") { u8::MAX } else { verbs(&scope.verb) };
            *granted.entry(scope.area.to_lowercase()).or_default() |= verbs;
        }
        Self(granted)
    }

    /// Whether it has a scope, by its own area or by those around it.
    fn covers(&self, scope: &str) -> bool {
        let scope = Scope::parse(scope);
        let area = scope.area.to_lowercase();
        let mut areas = vec![area.as_str()];
        while let Some((outer, _)) = areas[areas.len() - 1].rsplit_once('.').filter(|(outer, _)| outer.contains('.')) {
            areas.push(outer);
        }
        let granted = areas.into_iter().filter_map(|area| self.0.get(area)).fold(0, |all, verbs| all | verbs);
        granted & verbs(&scope.verb) == verbs(&scope.verb)
    }
}

fn verbs(verb: &str) -> u8 {
    match verb.to_uppercase().as_str() {
        "READ" => READ,
        "CREATE" => CREATE,
        "UPDATE" => UPDATE,
        "DELETE" => DELETE,
        "WRITE" => CREATE | UPDATE,
        "ALL" => READ | CREATE | UPDATE | DELETE,
        _ => CUSTOM,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enough(old: &[&[&str]], new: &[&[&str]]) -> bool {
        let sets = |sets: &[&[&str]]| -> Vec<Vec<String>> {
            sets.iter().map(|set| set.iter().map(|scope| (*scope).to_owned()).collect()).collect()
        };
        let (old, new) = (sets(old), sets(new));
        let need = |sets| Need { sets, in_doubt: false, cookie_only: false };
        need(&old).is_enough_for(&need(&new))
    }

    #[test]
    fn broader_scopes_cover_narrower_ones() {
        for (old, new) in [
            (&[&["Desk.a.ALL"][..]][..], &[&["Desk.a.READ"][..]][..]),
            (&[&["Desk.a.WRITE"]], &[&["desk.A.update"]]),
            (&[&["Desk.a.READ"]], &[&["Desk.a.b.READ"]]),
            (&[&["Desk.a.READ"]], &[&["Desk.a.READ"], &["Desk.c.READ"]]),
            (&[&["Desk.a.READ"]], &[]),
            (&[&["Desk.a.ALL"]], &[&["Desk.a.CUSTOM"]]),
        ] {
            assert!(enough(old, new), "{old:?} is enough for {new:?}");
            assert!(!enough(new, old), "{new:?} is not enough for {old:?}");
        }
        let (both, write) = (&[&["Desk.a.CREATE", "Desk.a.UPDATE"][..]][..], &[&["Desk.a.WRITE"][..]][..]);
        assert!(enough(both, write) && enough(write, both), "two words for the same");
    }

    #[test]
    fn every_way_in_must_still_be_open() {
        assert!(!enough(&[&["Desk.a.READ"], &["Desk.c.READ"]], &[&["Desk.a.READ"]]));
        assert!(!enough(&[&["Desk.a.READ"]], &[&["Desk.a.READ", "Desk.c.READ"]]));
        assert!(!enough(&[], &[&["Desk.a.READ"]]));
        assert!(!enough(&[&["Desk.a.b.READ"]], &[&["Desk.a.READ"]]), "an inner area does not cover the outer one");
        assert!(!enough(&[&["Other.READ"]], &[&["Other.x.READ"]]), "the product alone is no area");
    }
}
