//! Documentation of what is generated, as sentences.

use crate::model::{Need, OperationModel, Type};
use crate::spec::{Operation, Risk, Rules};

/// What a method's page says, a paragraph each.
pub(super) fn operation(model: &OperationModel) -> Vec<String> {
    let operation = &model.operation;
    let summary =
        if operation.summary.is_empty() { "Nothing is known of it but its parameters." } else { &operation.summary };
    let mut paragraphs = vec![prose(summary)];
    paragraphs.push(facts(operation));
    if let Some(paging) = &operation.paging {
        let maximum = paging.maximum.map(|most| format!(", at most {most} a page")).unwrap_or_default();
        let default = paging.default.map(|usual| format!(", {usual} if `limit` is left out")).unwrap_or_default();
        paragraphs
            .push(format!("Paged: records under `{}`, counted from {}{maximum}{default}.", paging.key, paging.first));
    }
    if operation.undocumented_query {
        paragraphs
            .push("Its query parameters and its answer are not documented; set parameters with `query`.".to_owned());
    }
    if operation.risk > Risk::Safe && operation.method == crate::spec::Method::Get {
        let what = match operation.risk {
            Risk::Destructive => "destroys",
            Risk::Outbound => "sends something",
            Risk::Safe | Risk::Write => "changes something",
        };
        paragraphs.push(format!("**It {what} although it is a GET**, so it must not be repeated at will."));
    }
    if operation.doubtful_scopes {
        paragraphs
            .push(format!("Its scopes are in doubt{}: a call without them is made, with a warning.", reason(model)));
    }
    if !model.inferred.is_empty() {
        let names: Vec<_> = model.inferred.iter().map(|name| format!("`{name}`")).collect();
        paragraphs.push(format!("Inferred, as nothing documents it: {}.", names.join(", ")));
    }
    if !model.aliases.is_empty() {
        let aliases: Vec<_> = model.aliases.iter().map(|alias| format!("`{alias}`")).collect();
        paragraphs.push(format!("The same operation is also registered as {}.", aliases.join(", ")));
    }
    paragraphs
}

/// Why the scopes are in doubt.
fn reason(model: &OperationModel) -> String {
    let fact = model.facts.iter().find(|fact| matches!(fact.about.as_str(), "scopes" | "doubtful_scopes"));
    fact.map(|fact| format!(" ({})", prose(&fact.why))).unwrap_or_default()
}

/// What a call is and takes, in a line.
pub(super) fn facts(operation: &Operation) -> String {
    let organization = if operation.organization { "" } else { " · no organization" };
    let (method, path, risk) = (operation.method, &operation.path, operation.risk);
    format!("`{method} {path}` · {} · risk: {risk}{organization}", scopes(operation))
}

/// What is needed, in words.
pub(super) fn scopes(operation: &Operation) -> String {
    let set = |set: &Vec<String>| set.iter().map(|scope| format!("`{scope}`")).collect::<Vec<_>>().join(" and ");
    match operation.scopes.as_slice() {
        [] => "no scope".to_owned(),
        [one] if one.len() == 1 => format!("scope: {}", set(one)),
        [all] => format!("scopes: {}", set(all)),
        many => format!("scopes: {}", many.iter().map(set).collect::<Vec<_>>().join(", or ")),
    }
}

/// What a setter says: what is known, or at least what it sets.
pub(super) fn setter(
    what: &str,
    wire: &str,
    note: Option<&str>,
    ty: &Type,
    need: &Need,
    rules: &Rules,
    inner: &Rules,
) -> String {
    let mut parts = Vec::new();
    match need {
        Need::Expected => parts.push("needed, though that is in doubt".to_owned()),
        Need::Unless(other) => parts.push(format!("needed unless `{other}` is given")),
        Need::Optional | Need::Required => {}
    }
    if let Some(note) = note {
        parts.push(prose(note));
    }
    parts.extend(limits(ty, rules));
    parts.extend(default(rules.default.as_ref().or(inner.default.as_ref())));
    parts.extend(words(rules, inner));
    let text = parts.join("; ");
    if text.is_empty() { format!("The {what} `{wire}`.") } else { format!("The {what} `{wire}`: {text}.") }
}

fn limits(ty: &Type, rules: &Rules) -> Vec<String> {
    let mut parts = Vec::new();
    match (rules.minimum, rules.maximum) {
        (Some(least), Some(most)) => parts.push(format!("{least} to {most}")),
        (Some(least), None) => parts.push(format!("at least {least}")),
        (None, Some(most)) => parts.push(format!("at most {most}")),
        (None, None) => {}
    }
    match (rules.min_length, rules.max_length) {
        (Some(least), Some(most)) => parts.push(format!("{least} to {most} characters")),
        (Some(least), None) => parts.push(format!("at least {least} characters")),
        (None, Some(most)) => parts.push(format!("at most {most} characters")),
        (None, None) => {}
    }
    match (rules.min_items, rules.max_items) {
        (Some(least), Some(most)) => parts.push(format!("{least} to {most} elements")),
        (Some(least), None) => parts.push(format!("at least {least} elements")),
        (None, Some(most)) => parts.push(format!("at most {most} elements")),
        (None, None) => {}
    }
    if let [only] = rules.values.as_slice()
        && !matches!(ty, Type::Boolean)
    {
        parts.push(format!("always `{only}`"));
    }
    if rules.unique {
        parts.push("each once".to_owned());
    }
    parts
}

/// What the server takes when nothing is given.
fn default(default: Option<&serde_json::Value>) -> Option<String> {
    let default = default?;
    let shown = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
    (!shown.is_empty()).then(|| format!("`{shown}` if left out"))
}

/// What else is allowed, or not.
fn words(rules: &Rules, inner: &Rules) -> Vec<String> {
    let mut parts = Vec::new();
    let words: Vec<_> = rules.words.iter().chain(&inner.words).map(|word| format!("`{word}`")).collect();
    if !words.is_empty() {
        parts.push(format!("also {}", words.join(", ")));
    }
    if rules.descending || inner.descending {
        parts.push("a leading `-` sorts downwards".to_owned());
    }
    if rules.open || inner.open {
        parts.push("the list of values may not be complete".to_owned());
    }
    if rules.time_range || inner.time_range {
        parts.push("also two date-times, separated by a comma".to_owned());
    }
    if let Some(prefix) = rules.prefix.as_ref().or(inner.prefix.as_ref()) {
        parts.push(format!("begins with `{prefix}`"));
    }
    if rules.read_only {
        parts.push("set by the server, not to be sent".to_owned());
    }
    parts
}

/// Text that was not written as Markdown.
pub(super) fn prose(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if matches!(c, '[' | ']' | '<' | '>' | '*' | '_' | '`' | '\\') {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}
