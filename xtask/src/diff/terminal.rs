//! The page for a terminal.

use super::page::{Entry, List, Page};

/// The widest column of names; longer ones push the words after them.
const WIDEST: usize = 44;

const BOLD: &str = "1";
const RED: &str = "31";
const GREEN: &str = "32";

pub(super) fn write(page: &Page, coloured: bool) -> String {
    let paint = |code: &str, text: &str| match coloured {
        true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        false => text.to_owned(),
    };
    let mut text = format!("{}\n{}\n", paint(BOLD, &page.verdict()), page.summary());
    for (part, lists) in [("Integrations", page.integrations()), ("The crate", page.crate_changes())] {
        if lists.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}\n", paint(BOLD, part)));
        for list in lists {
            text.push_str(&format!("\n  {}\n", paint(BOLD, &list.heading)));
            let width = width(page, &list);
            for entry in &list.entries {
                let name = named(page, entry);
                text.push_str(&format!("    {name:width$}  {}\n", entry.what));
                let sides = [("-", &entry.old), ("+", &entry.new)];
                let sides = sides.into_iter().filter_map(|(sign, side)| Some(format!("{sign} {}", side.as_ref()?)));
                for line in sides.chain(entry.items.iter().cloned()) {
                    let code = if line.starts_with('-') { RED } else { GREEN };
                    text.push_str(&format!("        {}\n", paint(code, &line)));
                }
            }
            if list.more > 0 {
                text.push_str(&format!("    and {} more; --all shows them\n", list.more));
            }
        }
    }
    text
}

fn width(page: &Page, list: &List<'_>) -> usize {
    let widths = list.entries.iter().map(|entry| named(page, entry).chars().count());
    widths.filter(|width| *width <= WIDEST).max().unwrap_or_default()
}

fn named(page: &Page, entry: &Entry<'_>) -> String {
    let (names, more) = page.names(entry);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{} {}{more}", entry.word, names.join(", "))
}
