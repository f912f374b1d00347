//! Items.

use std::sync::Arc;

use super::{Block, Expr, Generics, Invocation, Path, Pattern, Rules, Type};
use crate::audit::name::Name;
use crate::audit::place::Place;

#[derive(Clone, Debug)]
pub(in crate::audit) struct Item {
    pub(in crate::audit) test: bool,
    pub(in crate::audit) kind: ItemKind,
}

#[derive(Clone, Debug)]
pub(in crate::audit) enum ItemKind {
    Use(Vec<Import>),
    Crate {
        name: Name,
        alias: Name,
    },
    /// A module in this file, by its number there.
    Inline {
        name: Name,
        module: u32,
    },
    /// A module in another file.
    Outline {
        name: Name,
        path: Option<Name>,
        place: Place,
        /// Whether another file may stand for it.
        may_lack: bool,
    },
    Structure(Arc<Structure>),
    Alias(Arc<Alias>),
    Trait(Arc<Trait>),
    Impl(Arc<Impl>),
    Function(Arc<Function>),
    Value(Arc<Constant>),
    Rules(Arc<Rules>),
    Macro(Arc<Invocation>),
    /// What an attribute is given whose macro is not in the source.
    Attribute(Arc<Invocation>),
    /// `include!("…")`.
    Include(Name, Place),
}

/// One name that a `use` brings in.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Import {
    pub(in crate::audit) global: bool,
    pub(in crate::audit) path: Vec<Name>,
    /// `None` for a glob.
    pub(in crate::audit) name: Option<Name>,
}

/// A struct, a union, or an enum.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Structure {
    pub(in crate::audit) name: Name,
    pub(in crate::audit) generics: Generics,
    pub(in crate::audit) is_enum: bool,
    /// A struct has one variant of its own name.
    pub(in crate::audit) variants: Vec<(Name, Vec<(Name, Type)>)>,
    /// The field that a derived `Deref` leads to.
    pub(in crate::audit) derefs_to: Option<Name>,
}

#[derive(Clone, Debug)]
pub(in crate::audit) struct Alias {
    pub(in crate::audit) name: Name,
    pub(in crate::audit) generics: Generics,
    pub(in crate::audit) aliased: Type,
}

#[derive(Clone, Debug)]
pub(in crate::audit) struct Trait {
    pub(in crate::audit) name: Name,
    pub(in crate::audit) generics: Generics,
    pub(in crate::audit) supertraits: Vec<Path>,
    pub(in crate::audit) members: Members,
}

#[derive(Clone, Debug)]
pub(in crate::audit) struct Impl {
    pub(in crate::audit) generics: Generics,
    pub(in crate::audit) of_trait: Option<Path>,
    pub(in crate::audit) of: Type,
    pub(in crate::audit) members: Members,
}

/// What a trait or an impl has.
#[derive(Clone, Debug, Default)]
pub(in crate::audit) struct Members {
    pub(in crate::audit) functions: Vec<Arc<Function>>,
    pub(in crate::audit) constants: Vec<Arc<Constant>>,
    pub(in crate::audit) types: Vec<(Name, Type)>,
    pub(in crate::audit) macros: Vec<Arc<Invocation>>,
}

#[derive(Clone, Debug)]
pub(in crate::audit) struct Function {
    pub(in crate::audit) name: Name,
    pub(in crate::audit) place: Place,
    pub(in crate::audit) test: bool,
    /// Whether it is `pub` without limits.
    pub(in crate::audit) is_public: bool,
    /// Whether an attribute may let something else call it.
    pub(in crate::audit) is_called_elsewhere: bool,
    pub(in crate::audit) generics: Generics,
    pub(in crate::audit) has_self: bool,
    /// Without `self`.
    pub(in crate::audit) parameters: Box<[(Pattern, Type)]>,
    pub(in crate::audit) output: Option<Type>,
    pub(in crate::audit) body: Option<Block>,
}

/// A constant or a static.
#[derive(Clone, Debug)]
pub(in crate::audit) struct Constant {
    pub(in crate::audit) name: Name,
    pub(in crate::audit) place: Place,
    pub(in crate::audit) test: bool,
    /// Whether the program may give it another value: `static mut`, a lock, a cell.
    pub(in crate::audit) may_change: bool,
    pub(in crate::audit) of: Type,
    pub(in crate::audit) value: Option<Expr>,
}
