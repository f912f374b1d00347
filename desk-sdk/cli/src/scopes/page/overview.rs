//! Families against areas: how many operations of a family need a scope of an area.

use std::collections::{BTreeMap, BTreeSet};

use desk_sdk::{Risk, Scope};

use super::{Usage, scopes, short};
use crate::scopes::entry::Entry;
use crate::scopes::text::html as text;
use crate::scopes::words::count;

/// The operations of a family that need a scope of an area.
#[derive(Default)]
struct Cell {
    operations: usize,
    used: usize,
    risk: Option<Risk>,
}

pub(super) fn html(families: &BTreeMap<&str, Vec<&Entry>>, usage: Option<&Usage>) -> String {
    let all = families.values().flatten().flat_map(|entry| scopes(entry.operation));
    let areas: BTreeSet<&str> = all.map(Scope::area).collect();
    if areas.is_empty() {
        return String::new();
    }
    let heads: String = areas
        .iter()
        .map(|area| format!("<th scope=\"col\" title=\"{}\"><span>{}</span></th>", text(area), text(short(area))))
        .collect();
    let rows: String = families.iter().map(|(family, entries)| row(family, entries, &areas, usage)).collect();
    format!(
        "<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">Families against areas</h2>\n\
         <p class=\"hint\">How many operations of a family name a scope of an area; the colour is that of the highest \
         risk. Choose a number to see them.</p>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"overview\">\n<table class=\"overview\">\n\
         <thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</section>\n"
    )
}

fn row(family: &str, entries: &[&Entry], areas: &BTreeSet<&str>, usage: Option<&Usage>) -> String {
    let mut cells: BTreeMap<&str, Cell> = BTreeMap::new();
    for entry in entries {
        let named: BTreeSet<&str> = scopes(entry.operation).into_iter().map(Scope::area).collect();
        for area in named {
            let cell = cells.entry(area).or_default();
            cell.operations += 1;
            cell.used += usize::from(usage.is_some_and(|usage| usage.uses(entry.operation)));
            cell.risk = cell.risk.max(Some(entry.operation.risk));
        }
    }
    let family = text(family);
    let cells: String = areas.iter().map(|area| self::cell(&family, area, cells.get(area), usage.is_some())).collect();
    format!("<tr><th scope=\"row\"><a href=\"#family-{family}\">{family}</a></th>{cells}</tr>\n")
}

fn cell(family: &str, area: &str, cell: Option<&Cell>, with_usage: bool) -> String {
    let Some(Cell { operations, used, risk: Some(risk) }) = cell else { return "<td></td>".to_owned() };
    let of = if with_usage { format!(", {used} used") } else { String::new() };
    let label = format!("{} of {family} with {area}{of}, up to {risk}", count(*operations, "operation"));
    let mark = if *used > 0 { " used" } else { "" };
    let shown = if *used > 0 { *used } else { *operations };
    format!(
        "<td><button type=\"button\" class=\"{risk}{mark}\" data-family=\"{family}\" data-area=\"{}\" aria-label=\"{}\" \
         title=\"{1}\">{shown}</button></td>",
        text(area),
        text(&label)
    )
}
