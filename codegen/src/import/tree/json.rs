//! JSON.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::Number;

use super::{Entry, Node, Position, Repeated, Scalar, Tree, repeated};

/// Plain JSON, without what people have added to it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn read(text: &str) -> Result<Tree<'_>, (String, Position)> {
    let mut reader = Reader { text, read: 0, at: (1, 1), repeated: Vec::new() };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &STRICT)
        .map_err(|error| (error.kind().to_string(), (small(error.line_display()), small(error.column_display()))))?;
    let Some(value) = parsed.value else { return Err(("the file is empty".to_owned(), (1, 1))) };
    let root = reader.node(value)?;
    Ok(Tree { root, repeated: reader.repeated })
}

/// Goes through a text from start to end, counting lines.
struct Reader<'t> {
    text: &'t str,
    /// How many bytes were read, and the place there.
    read: usize,
    at: Position,
    repeated: Vec<Repeated>,
}

impl<'t> Reader<'t> {
    /// The place of a byte after those that were read before.
    fn place(&mut self, byte: usize) -> Position {
        let passed = self.text.get(self.read..byte).unwrap_or_default();
        match passed.rfind('\n') {
            Some(last) => {
                self.at.0 += small(passed.bytes().filter(|byte| *byte == b'\n').count());
                self.at.1 = 1 + small(passed[last + 1..].chars().count());
            }
            None => self.at.1 += small(passed.chars().count()),
        }
        self.read = byte.max(self.read);
        self.at
    }

    fn node(&mut self, value: Value<'t>) -> Result<Node<'t>, (String, Position)> {
        let at = self.place(value.start());
        Ok(match value {
            Value::NullKeyword(_) => Node::Scalar(at, Scalar::Null),
            Value::BooleanLit(flag) => Node::Scalar(at, Scalar::Flag(flag.value)),
            Value::StringLit(text) => Node::Scalar(at, Scalar::Text(text.value)),
            Value::NumberLit(number) => {
                let read: Result<Number, _> = number.value.parse();
                Node::Scalar(at, Scalar::Number(read.map_err(|_| (format!("{} is not a number", number.value), at))?))
            }
            Value::Array(list) => {
                let list = list.elements.into_iter().map(|element| self.node(element));
                Node::List(at, list.collect::<Result<_, _>>()?)
            }
            Value::Object(map) => {
                let mut entries = Vec::with_capacity(map.properties.len());
                for property in map.properties {
                    let at = self.place(property.range.start);
                    let value = self.node(property.value)?;
                    let key = match property.name {
                        ObjectPropName::String(name) => name.value,
                        ObjectPropName::Word(name) => name.value.into(),
                    };
                    entries.push(Entry { key, at, value });
                }
                repeated(&entries, &mut self.repeated);
                Node::Map(at, entries)
            }
        })
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
