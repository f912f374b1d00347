//! What blocks and items there are.

use crate::model::Role;

/// What a block is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A list of values, by its Rust name.
    Enum,
    /// A record that is sent, by its Rust name.
    Input,
    /// A module of the spec and the family that has it.
    Module,
    /// An operation, by its id.
    Operation,
    /// A record in answers, by its Rust name.
    Record,
}

/// What an item of a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// The type that an operation answers with.
    Answer,
    /// The type that an operation sends, if it is no list of fields.
    Body,
    /// A field of a record or a body.
    Field,
    /// A parameter in the header.
    Header,
    /// The client's method.
    Method,
    /// The module that an operation belongs to.
    Module,
    /// A parameter in the path.
    Path,
    /// A parameter in the query.
    Query,
    /// What tells a record without a name in the spec from others that might have its name.
    Shape,
    /// The parameter struct of an operation.
    Struct,
    /// A type of the spec that the record stands for.
    Type,
    /// A value of an enum.
    Value,
}

impl BlockKind {
    pub(super) const ALL: [Self; 5] = [Self::Enum, Self::Input, Self::Module, Self::Operation, Self::Record];
    /// Blocks whose names are those of Rust types.
    pub(crate) const TYPES: [Self; 3] = [Self::Enum, Self::Input, Self::Record];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Enum => "enum",
            Self::Input => "input",
            Self::Module => "module",
            Self::Operation => "operation",
            Self::Record => "record",
        }
    }
}

impl From<Role> for BlockKind {
    fn from(role: Role) -> Self {
        match role {
            Role::Answer => Self::Record,
            Role::Input => Self::Input,
        }
    }
}

impl ItemKind {
    pub(super) const ALL: [Self; 12] = [
        Self::Answer,
        Self::Body,
        Self::Field,
        Self::Header,
        Self::Method,
        Self::Module,
        Self::Path,
        Self::Query,
        Self::Shape,
        Self::Struct,
        Self::Type,
        Self::Value,
    ];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Body => "body",
            Self::Field => "field",
            Self::Header => "header",
            Self::Method => "method",
            Self::Module => "module",
            Self::Path => "path",
            Self::Query => "query",
            Self::Shape => "shape",
            Self::Struct => "struct",
            Self::Type => "type",
            Self::Value => "value",
        }
    }

    /// Whether its line says what it is on the wire, or in the spec.
    pub(super) fn has_wire(self) -> bool {
        matches!(self, Self::Field | Self::Header | Self::Path | Self::Query | Self::Type | Self::Value)
    }

    pub(super) fn has_name(self) -> bool {
        !matches!(self, Self::Answer | Self::Body | Self::Type)
    }

    /// The blocks that may have it.
    pub(super) fn belongs(self, block: BlockKind) -> bool {
        match self {
            Self::Field => matches!(block, BlockKind::Input | BlockKind::Operation | BlockKind::Record),
            Self::Shape | Self::Type => matches!(block, BlockKind::Input | BlockKind::Record),
            Self::Value => block == BlockKind::Enum,
            _ => block == BlockKind::Operation,
        }
    }
}
