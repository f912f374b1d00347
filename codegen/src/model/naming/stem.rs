//! What a type of the spec is about: its name without the words that only say how it is transported.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Words of transport: that something is requested, answered, listed or written, and in which form.
const TRANSPORT: &[&str] = &[
    // Forms.
    "response",
    "responses",
    "request",
    "payload",
    "body",
    "json",
    "object",
    "obj",
    "array",
    "answer",
    "wrapper",
    "schema",
    "structure", // Acts.
    "get",
    "create",
    "update",
    "edit",
    "add",
    "cud",
    "read", // Views.
    "list",
    "listview",
    "view",
    "all",
    "table",
    "detail",
    "details",
    "detailed",
    "single",
    "complete",
    "common",
    "basic",
    "new",
    "meta",
    "keys",
    "resp",
];

/// The words of transport in the name of a type.
pub(crate) fn transport_words(name: &str) -> Vec<String> {
    // Upstream writes `calljson` as one word.
    let transport = |word: &String| TRANSPORT.contains(&word.as_str()) || word.ends_with("json");
    words(name).into_iter().filter(transport).collect()
}

/// Words that suit a place but not a thing.
pub(super) const VAGUE: &[&str] =
    &["", "data", "item", "value", "values", "properties", "result", "results", "info", "list", "arr"];

/// The words of a name in lower case.
fn words(name: &str) -> Vec<String> {
    // `IM` and `CRM` are always separate words.
    name.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A type of the spec, split into its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stem {
    /// The words of its module.
    module: Vec<String>,
    /// Its own words without those of transport; empty if it has no others.
    own: Vec<String>,
    /// All of its own words.
    whole: Vec<String>,
}

impl Stem {
    pub(crate) fn of(type_name: &str) -> Self {
        let (module, own) = type_name.split_once('.').unwrap_or(("", type_name));
        let whole = words(own);
        let mut module = words(module);
        module.retain(|word| word != "response");
        // A word of the module's name has a meaning there.
        let transport = |word: &String| TRANSPORT.contains(&word.as_str()) && !module.contains(word);
        let own = whole.iter().filter(|word| !transport(word)).cloned().collect();
        Self { module, own, whole }
    }

    /// What it is about, in whichever module; nothing if its module alone says it.
    pub(crate) fn subject(&self) -> String {
        let subject = self.own.join(" ");
        if VAGUE.contains(&subject.as_str()) { String::new() } else { subject }
    }

    /// What it is about, including the module.
    pub(crate) fn subject_in_module(&self) -> String {
        joined(&self.module, &self.own).join(" ")
    }

    /// The names that it may have, shortest first.
    pub(crate) fn names(&self) -> [String; 4] {
        let name = |own: &[String]| joined(&self.module, own).join("_").to_upper_camel_case();
        let bare = if self.own.is_empty() { name(&self.own) } else { self.own.join("_").to_upper_camel_case() };
        let unfolded = [self.module.join("_"), self.whole.join("_")].map(|words| words.to_upper_camel_case()).concat();
        [bare, name(&self.own), name(&self.whole), unfolded]
    }
}

/// Joins two lists of words; words that both have where they meet appear once.
pub(crate) fn joined(first: &[String], then: &[String]) -> Vec<String> {
    if first.is_empty() || contains(then, first) {
        return then.to_vec();
    }
    let overlap = (0..=first.len().min(then.len()))
        .rev()
        .find(|length| same(&first[first.len() - length..], &then[..*length]))
        .unwrap_or_default();
    let mut words = first[..first.len() - overlap].to_vec();
    words.extend_from_slice(then);
    words
}

fn contains(words: &[String], part: &[String]) -> bool {
    words.windows(part.len()).any(|window| same(window, part))
}

/// Whether words are the same, in singular or plural.
fn same(a: &[String], b: &[String]) -> bool {
    let one = |word: &String| word.strip_suffix('s').unwrap_or(word).to_owned();
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| one(a) == one(b))
}

/// A part of something, named after both: `CallAttachment` and `attachment` make `CallAttachment`.
pub(crate) fn part_name(owner: &str, field: &str) -> String {
    joined(&words(owner), &words(field)).join("_").to_upper_camel_case()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transport_goes_and_what_repeats_stands_once() {
        for (type_name, names) in [
            ("ticket.getTicketResponse", ["Ticket", "Ticket", "GetTicketResponse"]),
            ("ticket.listviewJson", ["Ticket", "Ticket", "TicketListviewJson"]),
            ("call_attachment.attachmentResponse", ["Attachment", "CallAttachment", "CallAttachmentResponse"]),
            ("template_folders.templateFolder", ["TemplateFolder", "TemplateFolder", "TemplateFolder"]),
            ("email_templates.template", ["Template", "EmailTemplate", "EmailTemplate"]),
            (
                "kb_root_category.commonCategoryResponse",
                ["Category", "KbRootCategory", "KbRootCategoryCommonCategoryResponse"],
            ),
        ] {
            assert_eq!(Stem::of(type_name).names()[..3], names, "{type_name}");
        }
        assert_eq!(part_name("CallAttachment", "attachment"), "CallAttachment");
        assert_eq!(part_name("Ticket", "assignee"), "TicketAssignee");
    }
}
