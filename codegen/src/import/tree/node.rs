//! A value with its place.

use std::borrow::Cow;

use serde_json::{Number, Value};

/// Line and column, both from 1.
pub(in crate::import) type Position = (u32, u32);

/// A value of a file, whose text it borrows from.
#[derive(Clone, Debug)]
pub(in crate::import) enum Node<'t> {
    Scalar(Position, Scalar<'t>),
    List(Position, Vec<Node<'t>>),
    Map(Position, Vec<Entry<'t>>),
}

/// A value without parts.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::import) enum Scalar<'t> {
    Null,
    Flag(bool),
    Number(Number),
    Text(Cow<'t, str>),
}

/// A key of an object with its value.
#[derive(Clone, Debug)]
pub(in crate::import) struct Entry<'t> {
    pub(in crate::import) key: Cow<'t, str>,
    pub(in crate::import) at: Position,
    pub(in crate::import) value: Node<'t>,
}

impl<'t> Node<'t> {
    pub(in crate::import) fn at(&self) -> Position {
        match self {
            Self::Scalar(at, _) | Self::List(at, _) | Self::Map(at, _) => *at,
        }
    }

    /// What kind of value it is, in a word.
    pub(in crate::import) fn kind(&self) -> &'static str {
        match self {
            Self::Scalar(_, Scalar::Null) => "null",
            Self::Scalar(_, Scalar::Flag(_)) => "a boolean",
            Self::Scalar(_, Scalar::Number(_)) => "a number",
            Self::Scalar(_, Scalar::Text(_)) => "a text",
            Self::List(..) => "a list",
            Self::Map(..) => "an object",
        }
    }

    pub(in crate::import) fn entries(&self) -> Option<&[Entry<'t>]> {
        if let Self::Map(_, entries) = self { Some(entries) } else { None }
    }

    pub(in crate::import) fn list(&self) -> Option<&[Node<'t>]> {
        if let Self::List(_, list) = self { Some(list) } else { None }
    }

    pub(in crate::import) fn text(&self) -> Option<&str> {
        if let Self::Scalar(_, Scalar::Text(text)) = self { Some(text) } else { None }
    }

    pub(in crate::import) fn flag(&self) -> Option<bool> {
        if let Self::Scalar(_, Scalar::Flag(flag)) = self { Some(*flag) } else { None }
    }

    pub(in crate::import) fn number(&self) -> Option<&Number> {
        if let Self::Scalar(_, Scalar::Number(number)) = self { Some(number) } else { None }
    }

    pub(in crate::import) fn is_null(&self) -> bool {
        matches!(self, Self::Scalar(_, Scalar::Null))
    }

    /// The value of a key; the last one if it is repeated, as with all readers of JSON.
    pub(in crate::import) fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.entries()?.iter().rev().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The value that keys and indexes lead to.
    pub(in crate::import) fn follow<S: AsRef<str>>(&self, steps: &[S]) -> Option<&Node<'t>> {
        steps.iter().try_fold(self, |node, step| match node {
            Self::List(_, list) => list.get(step.as_ref().parse::<usize>().ok()?),
            node => node.get(step.as_ref()),
        })
    }

    /// The keys and indexes that lead to the deepest value that starts at or before a place.
    pub(in crate::import) fn path_to(&self, at: Position) -> Vec<String> {
        let mut path = Vec::new();
        let mut node = self;
        loop {
            let step = match node {
                Self::Scalar(..) => None,
                Self::List(_, list) => {
                    let before = list.iter().take_while(|element| element.at() <= at).count();
                    before.checked_sub(1).map(|index| (index.to_string(), &list[index]))
                }
                Self::Map(_, entries) => {
                    let last = entries.iter().take_while(|entry| entry.at <= at).last();
                    last.map(|entry| (entry.key.to_string(), &entry.value))
                }
            };
            // What starts at the place itself is what is meant, not its first part.
            let Some((name, inner)) = step.filter(|_| node.at() != at) else { return path };
            path.push(name);
            node = inner;
        }
    }

    /// Whether two values say the same, wherever they stand.
    pub(in crate::import) fn same(&self, other: &Node<'_>) -> bool {
        match (self, other) {
            (Node::Scalar(_, one), Node::Scalar(_, other)) => one == other,
            (Node::List(_, one), Node::List(_, other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.same(other))
            }
            (Node::Map(_, one), Node::Map(_, other)) => {
                let equal =
                    |(one, other): (&Entry<'_>, &Entry<'_>)| one.key == other.key && one.value.same(&other.value);
                one.len() == other.len() && one.iter().zip(other).all(equal)
            }
            _ => false,
        }
    }

    /// As JSON.
    pub(in crate::import) fn value(&self) -> Value {
        match self {
            Self::Scalar(_, Scalar::Null) => Value::Null,
            Self::Scalar(_, Scalar::Flag(flag)) => Value::Bool(*flag),
            Self::Scalar(_, Scalar::Number(number)) => Value::Number(number.clone()),
            Self::Scalar(_, Scalar::Text(text)) => Value::String(text.to_string()),
            Self::List(_, list) => list.iter().map(Self::value).collect(),
            Self::Map(_, entries) => entries.iter().map(|entry| (entry.key.to_string(), entry.value.value())).collect(),
        }
    }
}
