//! Families against areas: how many operations of a family need a scope of an area.

use std::collections::{BTreeMap, BTreeSet};

use desk_sdk::{Operation, Risk, Scope};

use super::{RISKS, Usage, in_order, scopes, short};
use crate::scopes::entry::Entry;
use crate::scopes::text::html as text;
use crate::scopes::words::count;

/// The operations of a family that need a scope of an area. If a program uses some of them, it is about these.
#[derive(Default)]
struct Cell {
    used: Tally,
    all: Tally,
}

/// Operations by their risk.
#[derive(Default)]
struct Tally {
    number: usize,
    risk: Option<Risk>,
    /// How many have each risk.
    risks: [usize; RISKS.len()],
}

impl Cell {
    fn add(&mut self, operation: &Operation, is_used: bool) {
        self.all.add(operation);
        if is_used {
            self.used.add(operation);
        }
    }

    fn shown(&self) -> &Tally {
        if self.used.number > 0 { &self.used } else { &self.all }
    }
}

impl Tally {
    fn add(&mut self, operation: &Operation) {
        self.number += 1;
        self.risk = self.risk.max(Some(operation.risk));
        for (risk, number) in RISKS.iter().zip(&mut self.risks) {
            *number += usize::from(*risk == operation.risk);
        }
    }

    /// The shares of the risks, as a bar.
    fn bar(&self) -> String {
        let mut reached = 0;
        let stops = RISKS.iter().zip(self.risks).filter(|(_, number)| *number > 0).map(|(risk, number)| {
            let from = reached * 100 / self.number;
            reached += number;
            format!("var(--{risk}) {from}% {}%", reached * 100 / self.number)
        });
        format!("--bar:linear-gradient(90deg,{})", stops.collect::<Vec<_>>().join(","))
    }
}

pub(super) fn html(families: &BTreeMap<&str, Vec<&Entry>>, usage: Option<&Usage>) -> String {
    let all = families.values().flatten().flat_map(|entry| scopes(entry.operation));
    let areas = in_order(all.map(Scope::area));
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
         risk, the bar has the shares of all. Choose a number to see them.</p>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"overview\">\n<table class=\"overview\">\n\
         <thead><tr><td></td>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</section>\n"
    )
}

fn row(family: &str, entries: &[&Entry], areas: &[&str], usage: Option<&Usage>) -> String {
    let mut cells: BTreeMap<&str, Cell> = BTreeMap::new();
    for entry in entries {
        let named: BTreeSet<&str> = scopes(entry.operation).into_iter().map(Scope::area).collect();
        for area in named {
            let is_used = usage.is_some_and(|usage| usage.uses(entry.operation));
            cells.entry(area).or_default().add(entry.operation, is_used);
        }
    }
    let family = text(family);
    let cells: String = areas.iter().map(|area| self::cell(&family, area, cells.get(area), usage.is_some())).collect();
    format!("<tr><th scope=\"row\"><a href=\"#family-{family}\">{family}</a></th>{cells}</tr>\n")
}

fn cell(family: &str, area: &str, cell: Option<&Cell>, with_usage: bool) -> String {
    let Some(cell) = cell else { return "<td></td>".to_owned() };
    let shown = cell.shown();
    let Some(risk) = shown.risk else { return "<td></td>".to_owned() };
    let (operations, used) = (cell.all.number, cell.used.number);
    let of = if with_usage { format!(", {used} used") } else { String::new() };
    let label = format!("{} of {family} with {area}{of}, up to {risk}", count(operations, "operation"));
    let mark = if used > 0 { " used" } else { "" };
    format!(
        "<td><button type=\"button\" class=\"{risk}{mark}\" data-family=\"{family}\" data-area=\"{}\" aria-label=\"{}\" \
         title=\"{1}\" style=\"{2}\">{3}</button></td>",
        text(area),
        text(&label),
        shown.bar(),
        shown.number
    )
}
