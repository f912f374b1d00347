//! What to do about an entry of `corrections`, which may be true of several things: upstream may agree about one of
//! them, or about one key, and the rest has to stay.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{GONE, Help, Wrong};
use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::load::local::Correction;

/// The corrections of one entry, each of another thing, with what is wrong with it.
pub(super) struct Written<'c> {
    pub(super) location: &'c Location,
    pub(super) parts: Vec<(&'c Correction, Vec<Wrong>)>,
}

/// The names by which the parts of an entry differ, in the order of [`KEYS`].
type Names<'c> = Vec<&'c str>;

/// The keys that may name several things.
const KEYS: [&str; 4] = ["operation", "type", "parameter", "field"];

/// Names, with the keys that are still to be changed for them.
type Rest<'c> = (Vec<Names<'c>>, Vec<&'c str>);

impl Written<'_> {
    /// Reports what is wrong with any part, in the same words only once.
    pub(super) fn report(&self, diagnostics: &mut Diagnostics) {
        let wrongs = || self.parts.iter().flat_map(|(part, wrongs)| wrongs.iter().map(move |wrong| (*part, wrong)));
        let told: BTreeSet<(&[String], &str)> =
            wrongs().map(|(_, wrong)| (wrong.at.as_slice(), wrong.problem.as_str())).collect();
        for (at, problem) in told {
            let same: Vec<_> =
                wrongs().filter(|(_, wrong)| (wrong.at.as_slice(), wrong.problem.as_str()) == (at, problem)).collect();
            let names = same.iter().map(|(part, _)| self.names(part).join(", "));
            let names: BTreeSet<String> = names.filter(|name| !name.is_empty() && !problem.contains(name)).collect();
            let names = names.into_iter().collect::<Vec<_>>().join("; ");
            let of = if names.is_empty() { String::new() } else { format!("{names}: ") };
            let Some((part, wrong)) = same.first() else { continue };
            let location = at.iter().fold(self.location.clone(), |location, step| location.join(step));
            diagnostics.push(Diagnostic::new(location, format!("{of}{problem}"), self.help(part, wrong)));
        }
    }

    fn help(&self, part: &Correction, wrong: &Wrong) -> String {
        match &wrong.help {
            Help::Words(words) => words.clone(),
            Help::Agrees(_) => format!("upstream agrees now: {}", self.without()),
            Help::Gone(meant) => {
                let meant = meant.as_ref().map_or(String::new(), |meant| format!("did you mean {meant}? Else "));
                let gone = match self.parts.len() {
                    1 => GONE.to_owned(),
                    _ => format!("it may be gone or renamed upstream: fix its name, or {}", self.without()),
                };
                format!("{meant}{gone}")
            }
            Help::Has(known) => {
                let out =
                    if self.parts.len() == 1 { "remove the correction" } else { "take this one out of the entry" };
                format!("upstream has {known}: {out} if that is right, or use `change` for its keys")
            }
            Help::Third(now) => {
                let was = self.was(part, now);
                format!("if it is right nevertheless, say \"was\": {was}; else remove or change it")
            }
        }
    }

    /// The names of a part that tell it from the others.
    fn names<'c>(&self, part: &'c Correction) -> Names<'c> {
        let several = |index: &usize| {
            let of = |part: &Correction| named(part)[*index].map(str::to_owned);
            self.parts.iter().any(|(other, _)| of(other) != of(part))
        };
        (0..KEYS.len()).filter(several).filter_map(|index| named(part)[index]).collect()
    }

    /// What to write now that upstream agrees about something, or lacks it.
    fn without(&self) -> String {
        let rest = self.rest();
        let Some(((names, keys), more)) = rest.split_first() else { return "remove the correction".to_owned() };
        if !more.is_empty() {
            let entries = rest.iter().map(|(names, keys)| {
                let keys = if keys.len() == self.parts[0].0.change.len() {
                    String::new()
                } else {
                    format!(" with {} alone", quoted(keys))
                };
                format!("{{{}, …}}{keys}", self.written(names))
            });
            let entries: Vec<String> = entries.collect();
            return format!("make it {} entries, {}", entries.len(), entries.join(" and "));
        }
        let mut advice = Vec::new();
        if names.len() < self.parts.len() {
            advice.push(format!("write {} in its place", self.written(names)));
        }
        let settled: Vec<&str> = self.parts[0].0.change.keys().map(String::as_str).collect();
        let settled: Vec<&str> = settled.into_iter().filter(|key| !keys.contains(key)).collect();
        if !settled.is_empty() {
            advice.push(format!("take {} out of `change` and `was`", quoted(&settled)));
        }
        advice.join(", and ")
    }

    /// What is still to be corrected: entries that name things for which the same keys are open.
    fn rest(&self) -> Vec<Rest<'_>> {
        let mut rest: Vec<Rest<'_>> = Vec::new();
        for (part, wrongs) in &self.parts {
            let agreed = |key: &str| {
                wrongs.iter().any(|wrong| matches!(&wrong.help, Help::Agrees(known) if known.as_deref() == Some(key)))
            };
            let open: Vec<&str> = part.change.keys().map(String::as_str).filter(|key| !agreed(key)).collect();
            let settled = |wrong: &Wrong| matches!(wrong.help, Help::Gone(_) | Help::Agrees(None));
            if wrongs.iter().any(settled) || (open.is_empty() && part.add.is_none()) {
                continue;
            }
            match rest.iter_mut().find(|(_, keys)| *keys == open) {
                Some((names, _)) => names.push(self.names(part)),
                None => rest.push((vec![self.names(part)], open)),
            }
        }
        rest.into_iter()
            .flat_map(|(names, keys)| products(names).into_iter().map(move |names| (names, keys.clone())))
            .collect()
    }

    /// Names as the keys of an entry.
    fn written(&self, names: &[Names<'_>]) -> String {
        let several =
            |key: &usize| self.parts.iter().any(|(part, _)| named(part)[*key] != named(self.parts[0].0)[*key]);
        let keys = (0..KEYS.len()).filter(several).map(|index| KEYS[index]);
        let written = keys.enumerate().map(|(index, key)| {
            let mut each: Vec<&str> = Vec::new();
            names.iter().map(|names| names[index]).for_each(|name| {
                if !each.contains(&name) {
                    each.push(name)
                }
            });
            match each.as_slice() {
                [one] => format!("{key:?}: {}", json!(one)),
                each => format!("{key:?}: {}", json!(each)),
            }
        });
        written.collect::<Vec<_>>().join(", ")
    }

    /// `was` for what upstream has now: for a thing alone in place of what stands there, for one of several beside it.
    fn was(&self, part: &Correction, now: &Map<String, Value>) -> Value {
        let third = self.parts.iter().flat_map(|(_, wrongs)| wrongs).filter_map(|wrong| match &wrong.help {
            Help::Third(now) => Some(now),
            _ => None,
        });
        let before = if self.parts.len() > 1 { part.was.as_slice() } else { &[] };
        let mut all: Vec<&Map<String, Value>> = Vec::new();
        for one in before.iter().chain([now]).chain(third) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        match all.as_slice() {
            [one] => json!(one),
            all => json!(all),
        }
    }
}

/// What a correction names, in the order of [`KEYS`].
fn named(part: &Correction) -> [Option<&str>; 4] {
    [&part.operation, &part.type_name, &part.parameter, &part.field].map(Option::as_deref)
}

/// Names as groups that can be written as one list for each key: all of them if every combination is there, or else
/// one group for those that agree in all but the first key.
fn products(names: Vec<Names<'_>>) -> Vec<Vec<Names<'_>>> {
    let width = names.first().map_or(0, Vec::len);
    let values = |index: usize| names.iter().map(|names| names[index]).collect::<BTreeSet<_>>().len();
    if (0..width).map(values).product::<usize>() == names.len() {
        return vec![names];
    }
    let mut groups: Vec<(BTreeSet<Vec<&str>>, Vec<Names<'_>>)> = Vec::new();
    let mut firsts: Vec<&str> = Vec::new();
    names.iter().map(|names| names[0]).for_each(|first| {
        if !firsts.contains(&first) {
            firsts.push(first)
        }
    });
    for first in firsts {
        let own: Vec<Names<'_>> = names.iter().filter(|names| names[0] == first).cloned().collect();
        let rest: BTreeSet<Vec<&str>> = own.iter().map(|names| names[1..].to_vec()).collect();
        match groups.iter_mut().find(|(known, _)| *known == rest) {
            Some((_, group)) => group.extend(own),
            None => groups.push((rest, own)),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn quoted(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}
