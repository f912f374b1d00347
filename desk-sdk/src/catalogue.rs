//! The table of all operations.

use crate::Operation;
use crate::call::Endpoint;
#[cfg(feature = "by-name")]
use crate::key_field::KeyField;
use crate::record::Leaf;
#[cfg(feature = "by-name")]
use crate::record::{DecodeError, Decoding, Enclosing, Mismatches, Shape, decode};

/// One listed operation, which may be an alias.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) operation: &'static Operation,
    #[cfg(feature = "by-name")]
    pub(crate) answer: AnswerKind,
    /// Those of the records in its answer.
    #[cfg(feature = "by-name")]
    pub(crate) key_fields: &'static [KeyField],
}

/// What an operation answers.
#[cfg(feature = "by-name")]
#[derive(Clone, Copy, Debug)]
pub(crate) enum AnswerKind {
    /// JSON of a type.
    Json(Typed),
    /// Nothing.
    Empty,
    /// A file.
    Bytes,
}

/// What can be asked of an answer's type.
#[cfg(feature = "by-name")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed {
    /// Reads a body as the type.
    pub(crate) read: fn(&[u8]) -> Result<Mismatches, DecodeError>,
    /// What its values look like.
    pub(crate) shape: fn(&mut Enclosing) -> Shape,
}

impl Entry {
    /// An operation that answers JSON.
    pub(crate) const fn json<E: Endpoint>(operation: &'static Operation) -> Self
    where
        E::Answer: Leaf + Default,
    {
        Self {
            operation,
            #[cfg(feature = "by-name")]
            answer: AnswerKind::Json(Typed {
                read: |body| decode::<E::Answer>(body, Decoding::Lenient).map(|(_, mismatches)| mismatches),
                shape: E::Answer::shape,
            }),
            #[cfg(feature = "by-name")]
            key_fields: E::Answer::RECORD_KEY_FIELDS,
        }
    }

    /// An operation that answers nothing.
    pub(crate) const fn empty(operation: &'static Operation) -> Self {
        Self {
            operation,
            #[cfg(feature = "by-name")]
            answer: AnswerKind::Empty,
            #[cfg(feature = "by-name")]
            key_fields: &[],
        }
    }

    /// An operation that answers with a file.
    pub(crate) const fn bytes(operation: &'static Operation) -> Self {
        Self {
            operation,
            #[cfg(feature = "by-name")]
            answer: AnswerKind::Bytes,
            #[cfg(feature = "by-name")]
            key_fields: &[],
        }
    }
}

/// Every operation of the enabled families, aliases included, family by family.
pub(crate) fn entries() -> impl Iterator<Item = &'static Entry> {
    crate::generated::ENTRIES.iter().copied().flatten().copied().flatten()
}

/// Every operation of the enabled families, aliases included, family by family.
///
/// ```
/// use desk_sdk::{Risk, operations};
///
/// let destroying = operations().filter(|operation| operation.risk == Risk::Destructive);
/// for operation in destroying {
///     println!("{operation} needs {:?}", operation.scopes);
/// }
/// ```
pub fn operations() -> impl Iterator<Item = &'static Operation> {
    entries().map(|entry| entry.operation)
}

/// The operation by which a client finds the organization if none is set. A consent that is meant to do without one has
/// to allow it.
pub fn organization_discovery() -> &'static Operation {
    &crate::generated::ORGANIZATION_DISCOVERY
}

/// The operation with this id or alias, if its family is enabled.
pub fn operation(id: &str) -> Option<&'static Operation> {
    operations().find(|operation| operation.id == id)
}
