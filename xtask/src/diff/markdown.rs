//! The page as Markdown.

use desk_codegen::diff::{Change, EffectKind};
use desk_codegen::{code, marked, visible};

use super::page::{Entry, Page};

pub(super) fn write(page: &Page) -> String {
    let mut text = format!("## {}\n\n{}\n", marked(&page.verdict()), marked(&page.summary()));
    for (part, lists) in [("Integrations", page.integrations()), ("The crate", page.crate_changes())] {
        if lists.is_empty() {
            continue;
        }
        text.push_str(&format!("\n### {part}\n"));
        for list in lists {
            text.push_str(&format!("\n**{}**\n\n", list.heading));
            list.entries.iter().for_each(|entry| of(page, entry, &mut text));
            if list.more > 0 {
                text.push_str(&format!("- and {} more\n", list.more));
            }
        }
    }
    text
}

/// Some of the changes as entries of a changelog: with all names, and without the items of the crate.
pub(crate) fn changes(page: &Page, kept: impl Fn(&Change) -> bool) -> Vec<String> {
    page.entries(kept).iter().map(entry).collect()
}

/// What programs that call the API have to look at, as entries of a changelog.
pub(crate) fn effects(page: &Page) -> Vec<String> {
    let kinds = EffectKind::ALL.into_iter().filter(|kind| kind.asks_for_work());
    let entries = kinds.flat_map(|kind| page.effects(kind).into_iter().map(move |effect| (kind, effect)));
    entries.map(|(kind, effect)| format!("{}: {}", kind.heading(), entry(&effect))).collect()
}

fn entry(entry: &Entry<'_>) -> String {
    let names: Vec<String> = entry.names.iter().map(|name| code(&visible(name))).collect();
    let sides = entry.old.iter().zip(&entry.new).map(|(old, new)| format!(": {} → {}", code(old), code(new)));
    format!("{} {}: {}{}", entry.word, names.join(", "), marked(&entry.what), sides.collect::<String>())
}

fn of(page: &Page, entry: &Entry<'_>, text: &mut String) {
    let (names, more) = page.names(entry);
    let names: Vec<String> = names.iter().map(|name| code(name)).collect();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    text.push_str(&format!("- {} {}{more}: {}\n", entry.word, names.join(", "), marked(&entry.what)));
    if let (Some(old), Some(new)) = (&entry.old, &entry.new) {
        text.push_str(&format!("  - {} → {}\n", code(old), code(new)));
    }
    for item in &entry.items {
        let line = match (item.strip_prefix("- "), item.strip_prefix("+ ")) {
            (Some(line), _) => format!("gone: {}", code(line)),
            (_, Some(line)) => format!("now: {}", code(line)),
            _ => item.clone(),
        };
        text.push_str(&format!("  - {line}\n"));
    }
}
