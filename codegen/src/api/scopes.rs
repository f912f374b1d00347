//! The grammar of scopes: their parts, and which covers which.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::model::shouty;

/// What scopes look like, and which covers which.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scopes {
    /// The reason.
    pub why: String,
    /// A scope, for messages.
    pub example: String,
    /// The order of area and action and what stands between them, such as `{area}.{action}`; `{area}` alone if scopes
    /// have no parts.
    pub form: String,
    /// The product that areas start with, whose name says nothing in the names of constants.
    #[serde(default)]
    pub product: Option<String>,
    /// What stands between an area and another within it; none if areas do not nest.
    #[serde(default)]
    pub nested_by: Option<String>,
    /// Areas that hold for others although their names do not tell.
    #[serde(default)]
    pub includes: IndexMap<String, Vec<String>>,
    /// Whether case does not matter.
    #[serde(default)]
    pub ignore_case: bool,
    /// What the names of areas may have besides letters and digits.
    #[serde(default)]
    pub characters: String,
    /// The actions, the narrower first. The empty name is that of scopes without one.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// The action that is meant where a granted scope has none.
    #[serde(default)]
    pub without_action: Option<String>,
    /// What several scopes in one list of the OpenAPI files mean.
    pub list_means: ListMeans,
    /// Scopes that are required in addition to one of the others of their list.
    #[serde(default)]
    pub in_addition: Vec<String>,
}

/// What an action permits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// The actions that it is short for.
    #[serde(default)]
    pub stands_for: Vec<String>,
    /// Other actions that it permits once it is granted.
    #[serde(default)]
    pub covers: Vec<String>,
}

/// What several scopes in one list mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListMeans {
    /// Any one of them is enough.
    Any,
    /// All of them are needed, as OpenAPI has it.
    All,
}

/// One scope, split into its parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// The area as written, with its product: `Desk.tickets`.
    pub area: String,
    /// What it permits: `READ`; empty if the scope has no action.
    pub action: String,
}

/// The parts of the form.
const AREA: &str = "{area}";
const ACTION: &str = "{action}";

impl Scopes {
    /// What stands between area and action; none if scopes have no actions.
    pub fn separator(&self) -> Option<&str> {
        let between = self.form.strip_prefix(AREA).and_then(|rest| rest.strip_suffix(ACTION));
        let between = between.or_else(|| self.form.strip_prefix(ACTION).and_then(|rest| rest.strip_suffix(AREA)));
        between.filter(|separator| !separator.is_empty())
    }

    /// Whether the action comes before the area.
    pub fn action_first(&self) -> bool {
        self.form.starts_with(ACTION)
    }

    /// Whether the form is one that can be read.
    pub(super) fn has_form(&self) -> bool {
        self.form == AREA || self.separator().is_some()
    }

    /// The actions that are not short for others; each has a bit. Scopes without actions have one that has no name.
    pub fn single(&self) -> Vec<&str> {
        let single = self.actions.iter().filter(|action| action.stands_for.is_empty());
        let names: Vec<&str> = single.map(|action| action.name.as_str()).collect();
        if names.is_empty() { vec![""] } else { names }
    }

    /// All actions, each with the bits of what it is as a requirement, and of what it permits as a grant.
    pub fn bits(&self) -> Vec<(&str, u8, u8)> {
        let single = self.single();
        let bit = |name: &str| single.iter().position(|known| *known == name).map_or(0, |place| 1_u8 << place.min(7));
        let union = |names: &[String]| names.iter().fold(0, |all, name| all | bit(name));
        if self.actions.is_empty() {
            return vec![("", 1, 1)];
        }
        let bits = self.actions.iter().map(|action| {
            let needs = if action.stands_for.is_empty() { bit(&action.name) } else { union(&action.stands_for) };
            (action.name.as_str(), needs, needs | union(&action.covers))
        });
        bits.collect()
    }

    /// A scope that is needed, in its parts; none if it is not one.
    pub fn parse(&self, text: &str) -> Option<Scope> {
        let parts = self.parts(text);
        let known = |action: &str| self.actions.iter().any(|one| one.name == action);
        let (area, action) = match parts {
            Some((area, action)) if !action.is_empty() && known(action) => (area, action),
            _ if self.separator().is_none() || known("") => (text, ""),
            _ => return None,
        };
        self.is_area(area).then(|| Scope { area: area.to_owned(), action: action.to_owned() })
    }

    /// Area and action by the form alone; none if nothing separates them.
    fn parts<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let separator = self.separator()?;
        match self.action_first() {
            true => text.split_once(separator).map(|(action, area)| (area, action)),
            false => text.rsplit_once(separator),
        }
    }

    /// Whether granted scopes permit what another one names.
    pub fn covers(&self, granted: &[String], needed: &str) -> bool {
        let bits = self.bits();
        let read = |text: &'_ str| -> (String, u8, u8) {
            let (area, action) = self.parts(text).unwrap_or((text, ""));
            let known = bits.iter().find(|(name, _, _)| self.same(name, action));
            known.map_or((text.to_owned(), 0, 0), |(_, needs, grants)| (area.to_owned(), *needs, *grants))
        };
        let (area, needs, _) = read(needed);
        let permitting = granted.iter().map(|one| read(one)).filter(|(outer, _, _)| self.within(&area, outer));
        let permitted = permitting.fold(0, |all, (_, _, grants)| all | grants);
        permitted & needs == needs && (needs != 0 || granted.iter().any(|one| self.same(one, needed)))
    }

    /// Whether an area is the outer one or lies within it.
    fn within(&self, inner: &str, outer: &str) -> bool {
        let nests = |outer: &str| {
            let (head, rest) = (inner.get(..outer.len()), inner.get(outer.len()..));
            let inside = self.nested_by.as_deref().is_some_and(|separator| {
                rest.is_some_and(|rest| rest.starts_with(separator))
                    && (self.product.is_none() || outer.contains(separator))
            });
            head.is_some_and(|head| self.same(head, outer)) && (inside || rest.is_some_and(str::is_empty))
        };
        let included = self.includes.iter().filter(|(area, _)| self.same(area, outer)).flat_map(|(_, inner)| inner);
        nests(outer) || included.into_iter().any(|area| nests(area))
    }

    /// A scope as it is written.
    pub fn text(&self, scope: &Scope) -> String {
        match scope.action.as_str() {
            "" => scope.area.clone(),
            action => self.form.replacen(AREA, &scope.area, 1).replacen(ACTION, action, 1),
        }
    }

    /// The name of a scope's constant: `TICKETS_READ`; the product is left out.
    pub fn constant(&self, scope: &Scope) -> String {
        let area = self.without_product(&scope.area).to_owned();
        let short = self.text(&Scope { area, action: scope.action.clone() });
        shouty(&short.replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
    }

    /// An area without the API's own product: `tickets`.
    pub fn without_product<'t>(&self, area: &'t str) -> &'t str {
        let product = self.product.as_deref().zip(self.nested_by.as_deref());
        let short = product.and_then(|(product, separator)| area.strip_prefix(product)?.strip_prefix(separator));
        short.unwrap_or(area)
    }

    /// The name of the constant for a scope that is written like this; empty if it is not a scope.
    pub fn constant_of(&self, text: &str) -> String {
        self.parse(text).map(|scope| self.constant(&scope)).unwrap_or_default()
    }

    /// What a scope looks like, for people.
    pub fn advice(&self) -> String {
        let area = match (&self.product, &self.nested_by) {
            (Some(_), Some(separator)) => format!("Product{separator}area"),
            _ => "area".to_owned(),
        };
        let scope = self.form.replacen(AREA, &area, 1).replacen(ACTION, "OP", 1);
        let names: Vec<&str> =
            self.actions.iter().map(|action| action.name.as_str()).filter(|name| !name.is_empty()).collect();
        match names.is_empty() {
            true => format!("{scope}, such as {}", self.example),
            false => format!("{scope}, where OP is one of {}", names.join(", ")),
        }
    }

    /// Whether two scopes have the same name.
    pub fn same(&self, one: &str, other: &str) -> bool {
        if self.ignore_case { one.eq_ignore_ascii_case(other) } else { one == other }
    }

    fn is_area(&self, area: &str) -> bool {
        let letters = |part: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || self.characters.contains(c))
        };
        let parts: Vec<&str> = match &self.nested_by {
            Some(separator) => area.split(separator.as_str()).collect(),
            None => vec![area],
        };
        // The product alone is no area, and no product has an area of its own name.
        let of_product = self.product.is_none() || (parts.len() >= 2 && !parts[0].eq_ignore_ascii_case(parts[1]));
        of_product && parts.iter().all(|part| letters(part))
    }
}
