//! A table that fits a terminal, and a record as lines.

use std::fmt::Write as _;
use std::mem::take;

use serde_json::Value;

use super::columns::{Columns, at, exact, flat};

/// Columns that are no wider than this are never cut.
const NARROW: usize = 24;
/// Wider ones are not cut to less.
const LEAST: usize = 10;
/// What stands between two columns.
const GAP: &str = "  ";
/// How many rows settle how wide columns are. Those after them are printed as they come, so that a long list needs no
/// memory.
const LOOKED_AT: usize = 1000;

/// Rows of texts under headings, each on one line that is no wider than the terminal. On one that is too narrow for
/// that, each row is a block of lines instead.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    width: Option<u16>,
    /// The first rows, until it is settled how they are printed.
    kept: Vec<Vec<String>>,
    settled: Option<Settled>,
}

/// How a column is printed.
#[derive(Clone, Copy, Debug)]
struct Column {
    width: usize,
    /// From which length on texts are cut.
    most: usize,
}

#[derive(Clone, Debug)]
enum Settled {
    /// The columns.
    Rows(Vec<Column>),
    /// What stands before each text.
    Blocks(Vec<String>),
}

impl Grid {
    pub(super) fn new(width: Option<u16>) -> Self {
        Self { width, kept: Vec::new(), settled: None }
    }

    /// Takes a row. Returns what can be printed by now.
    pub(super) fn row(&mut self, headings: impl FnOnce() -> Vec<String>, row: Vec<String>) -> String {
        if let Some(settled) = &self.settled {
            return settled.text(&row);
        }
        self.kept.push(row);
        if self.kept.len() < LOOKED_AT { String::new() } else { self.settle(headings()) }
    }

    /// What is left to be printed at the end.
    pub(super) fn end(&mut self, headings: impl FnOnce() -> Vec<String>) -> String {
        if self.kept.is_empty() { String::new() } else { self.settle(headings()) }
    }

    fn settle(&mut self, headings: Vec<String>) -> String {
        let rows = take(&mut self.kept);
        let mut contents = vec![0; headings.len()];
        for row in rows.iter().chain([&headings]) {
            for (widest, text) in contents.iter_mut().zip(row) {
                *widest = console::measure_text_width(text).max(*widest);
            }
        }
        let limit = self.width.map(usize::from);
        let (settled, head) = match widths(&contents, limit) {
            Some(widths) => {
                // Ids that come later may be longer, and are of no use if they are cut.
                let column = |(width, content): (usize, &usize)| Column {
                    width,
                    most: match limit {
                        Some(_) if *content > NARROW => width,
                        Some(_) => NARROW,
                        None => usize::MAX,
                    },
                };
                let settled = Settled::Rows(widths.into_iter().zip(&contents).map(column).collect());
                let head = settled.text(&headings);
                (settled, head)
            }
            None => (Settled::Blocks(headings), String::new()),
        };
        let text = rows.iter().fold(head, |text, row| text + &settled.text(row));
        self.settled = Some(settled);
        text
    }
}

impl Settled {
    fn text(&self, row: &[String]) -> String {
        match self {
            Self::Rows(columns) => {
                let mut line = String::new();
                for (text, Column { width, most }) in row.iter().zip(columns) {
                    let text = console::truncate_str(text, *most, "…");
                    let rest = width.saturating_sub(console::measure_text_width(&text));
                    let _ = write!(line, "{text}{:rest$}{GAP}", "");
                }
                format!("{}\n", line.trim_end())
            }
            Self::Blocks(names) => {
                let lines = names.iter().zip(row).filter(|(_, text)| !text.is_empty());
                lines.fold(String::new(), |block, (name, text)| format!("{block}{name}: {text}\n")) + "\n"
            }
        }
    }
}

/// How wide columns are whose texts are that wide, if they all fit: narrow ones as wide as they are, and the others share
/// what is left.
fn widths(contents: &[usize], limit: Option<usize>) -> Option<Vec<usize>> {
    let gaps = GAP.len() * contents.len().saturating_sub(1);
    let Some(limit) = limit.filter(|limit| contents.iter().sum::<usize>() + gaps > *limit) else {
        return Some(contents.to_vec());
    };
    let is_wide = |width: &&usize| **width > NARROW;
    let narrow: usize = contents.iter().filter(|width| !is_wide(width)).sum();
    let mut left = limit.checked_sub(gaps + narrow)?;
    // Those that need the least get it first, so that what they leave is for the others.
    let mut wide: Vec<usize> = contents.iter().filter(is_wide).copied().collect();
    wide.sort_unstable();
    let mut most = 0;
    for (index, width) in wide.iter().enumerate() {
        most = (*width).min(left / (wide.len() - index));
        if most < *width {
            break;
        }
        left -= most;
    }
    let least = if contents.len() == 1 { 1 } else { LEAST };
    (most >= least)
        .then(|| contents.iter().map(|width| if *width > NARROW { most.min(*width) } else { *width }).collect())
}

/// All rows at once.
pub(crate) fn table(headings: &[String], rows: Vec<Vec<String>>, width: Option<u16>) -> String {
    let mut grid = Grid { kept: rows, ..Grid::new(width) };
    grid.end(|| headings.to_vec())
}

/// A record as lines of `field: value`, the fields of records within it included.
pub(super) fn lines(columns: &Columns, record: &Value) -> String {
    let mut text = String::new();
    if columns.chosen {
        for name in columns.names() {
            let found = at(record, &name).unwrap_or_default();
            let line = format!("{}: {}", flat(&name), flat(&exact(&found)));
            let _ = writeln!(text, "{}", line.trim_end());
        }
        return text;
    }
    write(&mut text, "", record);
    text
}

fn write(text: &mut String, name: &str, value: &Value) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (field, value) in fields {
                let name = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
                write(text, &name, value);
            }
        }
        value => {
            let name = if name.is_empty() { String::new() } else { format!("{}: ", flat(name)) };
            let line = format!("{name}{}", flat(&exact(value)));
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn wide_columns_share_what_narrow_ones_leave() {
        for (contents, limit, expected) in [
            (&[3, 4][..], None, Some(&[3, 4][..])),
            (&[3, 100], Some(40), Some(&[3, 35])),
            (&[30, 100], Some(80), Some(&[30, 48])),
            (&[100, 30, 100], Some(80), Some(&[25, 25, 25])),
            (&[18, 18], Some(30), None),
            (&[18, 100], Some(29), None),
            (&[100], Some(5), Some(&[5])),
        ] {
            let got = widths(contents, limit);
            let sum = got.as_ref().map_or(0, |got| got.iter().sum::<usize>() + 2 * (got.len() - 1));
            assert!(limit.is_none_or(|limit| sum <= limit), "{got:?}");
            assert_eq!(got.as_deref(), expected, "{contents:?} in {limit:?}");
        }
    }

    #[test]
    fn a_terminal_that_is_too_narrow_gets_blocks_with_whole_texts() {
        let (id, subject) = ("4000000008001", "The printer is on fire and nobody knows why");
        let rows = vec![texts(&[id, subject, ""]), texts(&[id, subject, "High"])];
        let headings = texts(&["id", "subject", "priority"]);
        let text = table(&headings, rows.clone(), Some(30));
        assert_eq!(text, format!("id: {id}\nsubject: {subject}\n\nid: {id}\nsubject: {subject}\npriority: High\n\n"));
        let text = table(&headings, rows, Some(60));
        assert!(
            text.starts_with("id             subject") && text.contains("…") && text.lines().count() == 3,
            "{text}"
        );
    }

    #[test]
    fn a_long_list_is_printed_as_it_comes() {
        let mut grid = Grid::new(Some(20));
        let headings = || texts(&["id", "subject"]);
        let mut printed = String::new();
        for number in 1000..1000 + LOOKED_AT * 3 {
            printed += &grid.row(headings, texts(&[&number.to_string(), "a subject that is too long"]));
            assert!(grid.kept.len() < LOOKED_AT);
        }
        printed += &grid.end(headings);
        assert_eq!(printed.lines().count(), LOOKED_AT * 3 + 1);
        assert!(printed.lines().all(|line| console::measure_text_width(line) <= 20), "{printed}");
        assert!(printed.ends_with("3999  a subject tha…\n"), "{}", &printed[printed.len() - 100..]);
        // An id that is longer than all before it is whole.
        assert_eq!(grid.row(headings, texts(&["4000000008001", "short"])), "4000000008001  short\n");
    }
}
