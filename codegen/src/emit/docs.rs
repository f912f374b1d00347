//! Documentation of the generated code, as sentences.

use super::notes;
use crate::api::{Api, Counts};
use crate::model::{Field, Model, Need, OperationModel, OperationNames, Type};
use crate::spec::{Kind, Operation, Risk, Rules, Scalar};
use crate::visible::{is_hidden, visible};

/// What an operation does.
pub(crate) fn summary(operation: &Operation) -> String {
    if operation.summary.is_empty() { "Undocumented.".to_owned() } else { prose(&operation.summary) }
}

/// The docs of a method, paragraph by paragraph.
pub(crate) fn operation(api: &Api, model: &OperationModel, by_time: Option<&OperationNames>) -> Vec<String> {
    let operation = &model.operation;
    let mut paragraphs = vec![summary(operation), facts(api, model)];
    if let Some(paging) = &operation.paging {
        let maximum = paging.maximum.map(|most| format!(", at most {most} per page")).unwrap_or_default();
        let size = code(&api.paging.size);
        let default = paging.default.map(|usual| format!(", {size} defaults to {usual}")).unwrap_or_default();
        let counted = if api.paging.counts == Counts::Pages { "pages" } else { "indexes" };
        let list = if paging.key.is_empty() {
            "a bare list".to_owned()
        } else {
            format!("records under {}", code(&paging.key))
        };
        paragraphs.push(format!(
            "Paged: {list}, {counted} start at {}{maximum}{default}.{}",
            paging.first,
            walks(model, by_time)
        ));
    }
    if operation.undocumented_query {
        paragraphs
            .push("The query parameters and the answer are undocumented; set parameters with `query`.".to_owned());
    }
    if operation.risk > Risk::Safe && operation.method == crate::spec::Method::Get {
        let what = match operation.risk {
            Risk::Destructive => "destroys",
            Risk::Outbound => "sends something",
            Risk::Safe | Risk::Write => "changes something",
        };
        paragraphs.push(format!("**This GET {what}**, so repeating it is not safe."));
    }
    if operation.doubtful_scopes {
        paragraphs
            .push(format!("The scopes are in doubt{}: calls without them are made, with a warning.", reason(model)));
    }
    if operation.cookie_only {
        paragraphs
            .push("Described for a browser's cookie or another key that clients do not send: whether a token is enough is unknown.".to_owned());
    }
    if !model.inferred.is_empty() {
        let names: Vec<_> = model.inferred.iter().map(|name| code(name)).collect();
        paragraphs.push(format!("Inferred, not documented: {}.", names.join(", ")));
    }
    if !model.aliases.is_empty() {
        let aliases: Vec<_> = model.aliases.iter().map(|alias| code(&alias.id)).collect();
        paragraphs.push(format!("Also registered as {}.", aliases.join(", ")));
    }
    paragraphs.extend(model.example.as_deref().map(example));
    paragraphs
}

/// How `all` and `modified_since` read a list.
fn walks(model: &OperationModel, by_time: Option<&OperationNames>) -> String {
    let all = match (model.walked.filtered(), by_time) {
        (Some(timeline), _) => {
            let by = code(&timeline.field);
            format!(" [`all`](crate::Pending::all) reads any number of records, by {by}.")
        }
        (None, Some(other)) => format!(
            " [`all`](crate::Pending::all) reads some 5,000 records; that of [`{0}`](Client::{0}) reads any number.",
            other.method
        ),
        (None, None) => String::new(),
    };
    let changes = model.walked.changes().map(|timeline| match timeline.range {
        Some(_) => " [`modified_since`](crate::Pending::modified_since) reads what has changed.",
        None => " [`modified_since`](crate::Pending::modified_since) reads what has changed, newest first.",
    });
    format!("{all}{}", changes.unwrap_or_default())
}

/// What a method's page shows of an example; the surrounding lines are hidden.
fn example(body: &str) -> String {
    let before = "```no_run\n# async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {";
    format!("{before}\n{body}\n# Ok(())\n# }}\n```")
}

/// Why the scopes are in doubt.
fn reason(model: &OperationModel) -> String {
    let fact = model.facts.iter().find(|fact| matches!(fact.about.as_str(), "scopes" | "doubtful_scopes"));
    fact.map(|fact| format!(" ({})", prose(&fact.why))).unwrap_or_default()
}

/// The facts about a call, on one line.
pub(super) fn facts(api: &Api, model: &OperationModel) -> String {
    let operation = &model.operation;
    let route = code(&format!("{} {}", operation.method, operation.path));
    let (risk, family) = (operation.risk, code(&model.family));
    let mut facts = vec![route, scopes(operation), format!("risk: {risk}"), format!("feature: {family}")];
    if !operation.organization && api.organization.is_some() {
        facts.push("no organization".to_owned());
    }
    if !operation.errors.is_empty() {
        let statuses: Vec<_> = operation.errors.iter().map(u16::to_string).collect();
        // What each of them means is the same everywhere, and explained once.
        facts.push(format!("[errors](crate#errors): {}", statuses.join(", ")));
    }
    facts.join(" · ")
}

/// The required scopes, in words.
pub(super) fn scopes(operation: &Operation) -> String {
    let set = |set: &Vec<String>| set.iter().map(|scope| code(scope)).collect::<Vec<_>>().join(" and ");
    match operation.scopes.as_slice() {
        [] => "no scope".to_owned(),
        [one] if one.len() == 1 => format!("scope: {}", set(one)),
        [all] => format!("scopes: {}", set(all)),
        many => format!("scopes: {}", many.iter().map(set).collect::<Vec<_>>().join(", or ")),
    }
}

/// A value that has a setter.
pub(super) struct Value<'m> {
    pub(super) model: &'m Model,
    /// What part of the request it is.
    pub(super) what: &'static str,
    pub(super) wire: &'m str,
    pub(super) note: Option<&'m str>,
    pub(super) ty: &'m Type,
    pub(super) need: &'m Need,
    pub(super) rules: &'m Rules,
    pub(super) inner: &'m Rules,
}

/// The docs of a setter: everything that is known, or at least what it sets.
pub(super) fn setter(value: &Value<'_>) -> String {
    let Value { what, wire, note, ty, need, rules, inner, .. } = *value;
    let mut parts = Vec::new();
    let required = match need {
        Need::Required => "Required. ",
        Need::Expected => {
            parts.push("probably required".to_owned());
            ""
        }
        Need::Unless(other) => {
            parts.push(format!("required unless {} is given", code(other)));
            ""
        }
        Need::Optional => "",
    };
    let usual = default(rules.default.as_ref().or(inner.default.as_ref()));
    let known = notes::Known { ty, rules, inner, default: usual.as_deref() };
    let note = note.and_then(|note| notes::rest(note, &known));
    let note = note.as_deref();
    parts.extend(note.map(prose));
    parts.extend(limits(ty, rules));
    let listed = if matches!(ty, Type::List(_)) { inner } else { rules };
    let which = match (listed.values.len(), ty) {
        _ if rules.open || inner.open => "documented values:",
        (1, _) => "only",
        (_, Type::List(_)) => "any of",
        _ => "one of",
    };
    parts.extend(own_values(value.model, ty, rules, inner).map(|values| format!("{which} {values}")));
    parts.extend(usual.map(|usual| format!("defaults to {}", code(&usual))));
    parts.extend(words(note, rules, inner));
    let (name, text) = (code(wire), parts.join("; "));
    match text.as_str() {
        "" => format!("{required}The {what} {name}."),
        text => format!("{required}The {what} {name}: {text}."),
    }
}

fn limits(ty: &Type, rules: &Rules) -> Vec<String> {
    let mut parts: Vec<String> = numbers(rules).into_iter().collect();
    parts.extend(span(rules.min_length, rules.max_length, "character"));
    parts.extend(span(rules.min_items, rules.max_items, "element"));
    parts.extend(always(ty, rules));
    if rules.unique {
        parts.push("without duplicates".to_owned());
    }
    parts
}

/// How many of something there may be.
fn span(least: Option<u64>, most: Option<u64>, unit: &str) -> Option<String> {
    let (count, last) = match (least, most) {
        (Some(least), Some(most)) => (format!("{least} to {most}"), most),
        (Some(least), None) => (format!("at least {least}"), least),
        (None, Some(most)) => (format!("at most {most}"), most),
        (None, None) => return None,
    };
    Some(format!("{count} {unit}{}", if last == 1 { "" } else { "s" }))
}

fn numbers(rules: &Rules) -> Option<String> {
    match (rules.minimum, rules.maximum) {
        (Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (Some(least), None) => Some(format!("at least {least}")),
        (None, Some(most)) => Some(format!("at most {most}")),
        (None, None) => None,
    }
}

/// The only allowed value.
fn always(ty: &Type, rules: &Rules) -> Option<String> {
    match rules.values.as_slice() {
        [only] if *ty != Type::Boolean && !only.is_empty() => {
            // A sort field can be reversed, so it is not always the same.
            let which = if rules.descending { "only" } else { "always" };
            Some(format!("{which} {}", code(only)))
        }
        _ => None,
    }
}

/// What the server uses if nothing is given.
fn default(default: Option<&serde_json::Value>) -> Option<String> {
    let default = default?;
    let shown = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
    (!shown.is_empty()).then_some(shown)
}

/// Everything else that is allowed or not.
fn words(note: Option<&str>, rules: &Rules, inner: &Rules) -> Vec<String> {
    let mut parts = Vec::new();
    // A note that names a word already explains it.
    let said = |word: &&String| note.is_some_and(|note| note.contains(word.as_str()));
    let words: Vec<_> =
        rules.words.iter().chain(&inner.words).filter(|word| !said(word)).map(|word| code(word)).collect();
    if !words.is_empty() {
        parts.push(format!("also {}", words.join(", ")));
    }
    if rules.descending || inner.descending {
        parts.push("ascending, or descending with a leading `-`".to_owned());
    }
    if rules.open || inner.open {
        parts.push("other values may be accepted".to_owned());
    }
    if rules.time_range || inner.time_range {
        parts.push("also two date-times separated by a comma".to_owned());
    }
    if let Some(prefix) = rules.prefix.as_ref().or(inner.prefix.as_ref()) {
        parts.push(format!("starts with {}", code(prefix)));
    }
    if rules.read_only {
        parts.push("read-only".to_owned());
    }
    parts
}

/// How many of its own values a field lists; more are only in its type.
const SHOWN: usize = 8;

/// What the docs of a record say about a field after its wire name: its meaning, or else its form, and its limits.
/// Nothing if its type says it all.
pub(crate) fn field(model: &Model, meaning: Option<&str>, field: &Field) -> Option<String> {
    let Field { ty, rules, inner, .. } = field;
    let first = meaning.map(marked).or_else(|| form(field));
    // Only senders need to know how long a text may be, and it goes without saying that counts are not negative.
    let is_count = rules.minimum == Some(0) && rules.maximum.is_none();
    let few = rules.values.len().max(inner.values.len()) <= SHOWN;
    let limits = [
        numbers(rules).filter(|_| !is_count),
        always(ty, rules),
        own_values(model, ty, rules, inner).filter(|_| few).map(|values| format!("one of {values}")),
    ];
    let limits: Vec<String> = limits.into_iter().flatten().collect();
    let limits = (!limits.is_empty()).then(|| limits.join("; "));
    let sentences: Vec<String> = first.into_iter().chain(limits).map(|text| sentence(&text)).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(char::to_uppercase).into_iter().flatten();
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    first.chain(rest).chain(end.chars()).collect()
}

/// What a text looks like.
fn form(field: &Field) -> Option<String> {
    let form = match field.schema.kind {
        Kind::Scalar(Scalar::Date) => "a date, such as `2026-01-31`",
        Kind::Scalar(Scalar::Time) => "a time of day",
        Kind::Scalar(Scalar::Email) => "an e-mail address",
        Kind::Scalar(Scalar::Url) => "a URL",
        _ => return None,
    };
    Some(form.to_owned())
}

/// The values that a parameter or field allows, if these are not all values of its shared enum.
pub(super) fn own_values(model: &Model, ty: &Type, rules: &Rules, inner: &Rules) -> Option<String> {
    let (id, rules) = match ty {
        Type::Enum(id) => (*id, rules),
        Type::List(of) => match **of {
            Type::Enum(id) => (id, inner),
            _ => return None,
        },
        _ => return None,
    };
    let one = &model.enums.enums[model.enums.get(id)?];
    let own = |wire: &str| rules.values.iter().any(|value| value == wire);
    let fewer = !rules.values.is_empty() && one.variants.iter().any(|variant| !variant.spellings().any(own));
    let values: Vec<_> = rules.values.iter().map(|value| code(value)).collect();
    fewer.then(|| values.join(", "))
}

/// Text on one line in which the only markup is code between backticks.
pub fn marked(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for (position, part) in text.split('`').enumerate() {
        if position % 2 == 1 {
            line.push_str(&code(part));
            continue;
        }
        let plain = prose(part);
        let gap = |is_gap: bool| if is_gap { " " } else { "" };
        let before = gap(part.starts_with(char::is_whitespace) && position > 0);
        let after = gap(part.ends_with(char::is_whitespace) && !plain.is_empty());
        line.push_str(&format!("{before}{plain}{after}"));
    }
    line
}

/// Text that was not written as Markdown, on one line.
pub(super) fn prose(text: &str) -> String {
    let words: Vec<_> =
        text.split(|c: char| c.is_whitespace() || is_hidden(c)).filter(|word| !word.is_empty()).collect();
    let text = words.join(" ");
    let mut escaped = String::with_capacity(text.len());
    for (position, c) in text.char_indices() {
        let (before, after) = (&text[..position], &text[position + c.len_utf8()..]);
        if is_markup(before, c, after) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Whether a character would be read as markup: anywhere, at the start of a paragraph, or before what follows.
fn is_markup(before: &str, c: char, after: &str) -> bool {
    let first = before.is_empty();
    let number = !first && before.bytes().all(|c| c.is_ascii_digit());
    match c {
        '[' | ']' | '<' | '>' | '*' | '_' | '`' | '~' | '\\' => true,
        '#' | '-' | '+' | '=' => first,
        '.' | ')' => number,
        '&' => after.starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric()),
        ':' => after.starts_with("//"),
        _ => false,
    }
}

/// Text as a code span, whatever it contains.
pub fn code(text: &str) -> String {
    if text.is_empty() {
        return "`(empty)`".to_owned();
    }
    let text = visible(text);
    // A run of backticks inside would end a span opened by as many; a space on both sides would be stripped.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let beside = text.starts_with('`') || text.ends_with('`');
    let spaces = text.starts_with(' ') && text.ends_with(' ') && text.contains(|c| c != ' ');
    let (ticks, gap) = ("`".repeat(longest + 1), if beside || spaces { " " } else { "" });
    format!("{ticks}{gap}{text}{gap}{ticks}")
}
