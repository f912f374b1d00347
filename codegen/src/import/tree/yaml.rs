//! YAML: what JSON can say as well, written in another way.

use std::borrow::Cow;
use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use serde_json::Number;

use super::{DEPTH, Entry, Node, Position, Repeated, Scalar, Tree, repeated};

/// How many values the aliases of a file may stand for, so that a small file does not become a huge one.
const ALIASED: usize = 200_000;

pub(super) fn read(text: &str) -> Result<Tree<'_>, (String, Position)> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| (error.info().to_owned(), place(*error.marker())))?;
        builder.take(event, place(span.start))?;
    }
    let Some(root) = builder.root else { return Err(("the file is empty".to_owned(), (1, 1))) };
    Ok(Tree { root, repeated: builder.repeated })
}

/// A list or an object whose end has not come yet.
enum Open<'t> {
    List(Position, usize, Vec<Node<'t>>),
    /// With the key whose value comes next.
    Map(Position, usize, Vec<Entry<'t>>, Option<(Cow<'t, str>, Position)>),
}

#[derive(Default)]
struct Builder<'t> {
    root: Option<Node<'t>>,
    open: Vec<Open<'t>>,
    /// The values that have an anchor.
    anchors: HashMap<usize, Node<'t>>,
    aliased: usize,
    repeated: Vec<Repeated>,
}

impl<'t> Builder<'t> {
    fn take(&mut self, event: Event<'t>, at: Position) -> Result<(), (String, Position)> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                // A key is a text whatever it looks like: 200, true.
                let key = matches!(self.open.last(), Some(Open::Map(_, _, _, None)));
                let value = if plain && !key { plain_value(text) } else { Scalar::Text(text) };
                self.add(Node::Scalar(at, value), anchor, at)
            }
            Event::SequenceStart(anchor, _) => self.start(Open::List(at, anchor, Vec::new()), at),
            Event::MappingStart(anchor, _) => self.start(Open::Map(at, anchor, Vec::new(), None), at),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(at, anchor, list)) => self.add(Node::List(at, list), anchor, at),
                Some(Open::Map(at, anchor, entries, _)) => {
                    repeated(&entries, &mut self.repeated);
                    self.add(Node::Map(at, merged(entries)), anchor, at)
                }
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let Some(value) = self.anchors.get(&anchor) else {
                    return Err(("an alias stands inside what it is an alias of".to_owned(), at));
                };
                let value = moved(value, at, &mut self.aliased);
                if self.aliased > ALIASED {
                    return Err((format!("the file's aliases stand for over {ALIASED} values"), at));
                }
                self.add(value, 0, at)
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                Err(("the file holds a second document, which nothing refers to".to_owned(), at))
            }
            Event::DocumentStart(_) | Event::DocumentEnd | Event::StreamStart | Event::StreamEnd | Event::Nothing => {
                Ok(())
            }
        }
    }

    fn start(&mut self, open: Open<'t>, at: Position) -> Result<(), (String, Position)> {
        if let Some(Open::Map(_, _, _, None)) = self.open.last() {
            return Err(("a key is a text, not a list or an object".to_owned(), at));
        }
        self.open.push(open);
        if self.open.len() > DEPTH { Err((format!("nested over {DEPTH} levels deep"), at)) } else { Ok(()) }
    }

    /// Puts a value, which is whole, where it belongs.
    fn add(&mut self, value: Node<'t>, anchor: usize, at: Position) -> Result<(), (String, Position)> {
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(Open::List(_, _, list)) => list.push(value),
            Some(Open::Map(_, _, entries, key)) => match key.take() {
                Some((key, at)) => entries.push(Entry { key, at, value }),
                None => match value {
                    Node::Scalar(_, Scalar::Text(text)) => *key = Some((text, at)),
                    _ => return Err(("a key is a text, not a list or an object".to_owned(), at)),
                },
            },
        }
        Ok(())
    }
}

/// What a text without quotes means.
fn plain_value(text: Cow<'_, str>) -> Scalar<'_> {
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Flag(true),
        "false" | "False" | "FALSE" => Scalar::Flag(false),
        word => match number(word) {
            Some(number) => Scalar::Number(number),
            None => Scalar::Text(text),
        },
    }
}

fn number(text: &str) -> Option<Number> {
    let digits = text.trim_start_matches(['-', '+']);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let based = |prefix: &str, base: u32| {
        let digits = text.strip_prefix(prefix)?;
        u64::from_str_radix(digits, base).ok().map(Number::from)
    };
    let whole = text.trim_start_matches('+').parse::<i64>().ok().map(Number::from);
    let large = || text.trim_start_matches('+').parse::<u64>().ok().map(Number::from);
    let broken = || text.parse::<f64>().ok().and_then(Number::from_f64);
    whole.or_else(large).or_else(|| based("0x", 16)).or_else(|| based("0o", 8)).or_else(broken)
}

/// The entries, with those that `<<` takes over from other objects.
fn merged(entries: Vec<Entry<'_>>) -> Vec<Entry<'_>> {
    if entries.iter().all(|entry| entry.key != "<<") {
        return entries;
    }
    let (merges, mut entries): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.key == "<<");
    for merge in merges {
        let sources = match merge.value {
            Node::List(_, list) => list,
            one => vec![one],
        };
        for inner in sources.into_iter().filter_map(|source| source.entries().map(<[Entry<'_>]>::to_vec)).flatten() {
            if entries.iter().all(|entry| entry.key != inner.key) {
                entries.push(inner);
            }
        }
    }
    entries.sort_by_key(|entry| entry.at);
    entries
}

/// A copy of a value at another place, which is that of all its parts.
fn moved<'t>(value: &Node<'t>, at: Position, count: &mut usize) -> Node<'t> {
    *count += 1;
    // The caller refuses the file; nothing more needs to be copied.
    if *count > ALIASED {
        return Node::Scalar(at, Scalar::Null);
    }
    match value {
        Node::Scalar(_, scalar) => Node::Scalar(at, scalar.clone()),
        Node::List(_, list) => Node::List(at, list.iter().map(|element| moved(element, at, count)).collect()),
        Node::Map(_, entries) => {
            let entry = |entry: &Entry<'t>| Entry { key: entry.key.clone(), at, value: moved(&entry.value, at, count) };
            Node::Map(at, entries.iter().map(entry).collect())
        }
    }
}

fn place(marker: Marker) -> Position {
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (small(marker.line()).max(1), small(marker.col()).saturating_add(1))
}
