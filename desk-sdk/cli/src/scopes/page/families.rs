//! The operations of a family against the areas of their scopes.

use desk_sdk::{Operation, Scope};

use super::{Usage, in_order, scopes, short};
use crate::scopes::entry::Entry;
use crate::scopes::text::html as text;
use crate::scopes::words::{count, requirement};

pub(super) fn html(family: &str, entries: &[&Entry], usage: Option<&Usage>) -> String {
    let areas = in_order(entries.iter().flat_map(|entry| scopes(entry.operation)).map(Scope::area));
    let heads: String = areas
        .iter()
        .map(|area| format!("<th scope=\"col\" title=\"{}\">{}</th>", text(area), text(short(area))))
        .collect();
    let rows: String = entries.iter().map(|entry| row(entry, &areas, usage)).collect();
    let (family, number) = (text(family), count(entries.len(), "operation"));
    format!(
        "<details class=\"family\" id=\"family-{family}\" data-family=\"{family}\" open>\n\
         <summary><h2>{family}</h2> <span class=\"number\">{number}</span></summary>\n\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Operations of {family}\">\n\
         <table class=\"operations\">\n<thead><tr><th scope=\"col\">operation</th><th scope=\"col\">risk</th>{heads}</tr>\
         </thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</details>\n"
    )
}

fn row(entry: &Entry, areas: &[&str], usage: Option<&Usage>) -> String {
    let operation = entry.operation;
    let (id, risk, method) = (text(operation.id), operation.risk, operation.method);
    let (path, needs) = (text(operation.path), text(&requirement(operation)));
    let used = usage.and_then(|usage| usage.places(operation));
    let marks = marks(entry, usage);
    let class = if used.is_some() { " class=\"used\"" } else { "" };
    let places = used.filter(|places| !places.is_empty()).map(|places| {
        let places: String = places.iter().map(|place| format!("<li>{}</li>", text(place))).collect();
        format!("<ul class=\"places\">{places}</ul>")
    });
    let cells: String = areas.iter().map(|area| cell(operation, area)).collect();
    format!(
        "<tr{class} data-risk=\"{risk}\" data-method=\"{method}\" data-path=\"{path}\" data-needs=\"{needs}\">\
         <th scope=\"row\"><b>{id}</b>{marks}<span class=\"path\">{method} {path}</span>\
         <span class=\"about\">{}</span><span class=\"needs\" aria-hidden=\"true\">{needs}</span>{}</th><td><span class=\"risk {risk}\">{risk}</span></td>{cells}</tr>\n",
        text(operation.summary),
        places.unwrap_or_default()
    )
}

fn marks(entry: &Entry, usage: Option<&Usage>) -> String {
    let mut marks = Vec::new();
    if usage.is_some_and(|usage| usage.places(entry.operation).is_some()) {
        marks.push(("used", "used"));
    }
    if usage.is_some_and(|usage| usage.lacks(entry.operation)) {
        marks.push(("missing", "scope missing"));
    }
    if !entry.remark().is_empty() {
        marks.push(("doubt", entry.remark()));
    } else if entry.operation.scopes.is_empty() {
        marks.push(("free", "no scope"));
    }
    marks.iter().map(|(class, word)| format!(" <span class=\"mark {class}\">{word}</span>")).collect()
}

/// What an operation needs of an area: full if nothing else would do, outlined if it is one of several.
fn cell(operation: &Operation, area: &str) -> String {
    let there = scopes(operation).into_iter().filter(|scope| scope.area() == area);
    let chips: String = there
        .map(|scope| {
            let always = operation.scopes.iter().all(|set| set.contains(&scope));
            let (class, how) = if always { ("all", "needed") } else { ("any", "one of several that would do") };
            format!(
                "<span class=\"chip {class} {}\" title=\"{scope}: {how}\">{}<span class=\"unseen\"> ({how})</span></span>",
                operation.risk,
                scope.action().to_lowercase()
            )
        })
        .collect();
    format!("<td>{chips}</td>")
}
