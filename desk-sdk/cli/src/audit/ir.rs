//! A program as the audit sees it: what syn read, without what does not matter.
//!
//! References, `?`, `.await`, parentheses, lifetimes and visibility are left out: they change nothing about which calls are
//! made. It can be sent between threads, as syn's trees cannot, and takes a fraction of their memory.

use std::sync::Arc;

use super::name::Name;
use super::place::Place;
use super::tokens::Token;

/// A path: of a module, a type, a function or a value.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    /// The type in `<T>::name`; the segments are what follows it.
    pub(super) of: Option<Box<Type>>,
    /// Whether it starts with `::`.
    pub(super) global: bool,
    pub(super) segments: Box<[Segment]>,
}

#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) name: Name,
    pub(super) place: Place,
    pub(super) arguments: Option<Box<Arguments>>,
}

/// What stands in angle brackets, or in the parentheses of `Fn(A) -> B`.
#[derive(Clone, Debug, Default)]
pub(super) struct Arguments {
    pub(super) types: Box<[Type]>,
    /// `Item = T`; and the output of `Fn(A) -> B`.
    pub(super) bindings: Box<[(Name, Type)]>,
    /// Whether it is `Fn(A) -> B`.
    pub(super) call: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Type {
    Path(Path),
    Tuple(Box<[Type]>),
    Function(Box<[Type]>, Box<Type>),
    /// `impl A + B` or `dyn A + B`.
    Bounds(Box<[Path]>),
    /// Left to the compiler.
    Inferred,
    Other,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Generics {
    /// Type parameters with their bounds, those of `where` included.
    pub(super) parameters: Vec<(Name, Vec<Path>)>,
}

#[derive(Clone, Debug)]
pub(super) enum Pattern {
    /// Whether what it names may be changed.
    Name(Name, bool, Option<Box<Pattern>>),
    Tuple(Box<[Pattern]>),
    /// `Path(a, b)`.
    Parts(Box<Path>, Box<[Pattern]>),
    /// `Path { a, b: c }`.
    Fields(Box<Path>, Box<[(Name, Pattern)]>),
    /// `[a, b]`: each is an element.
    List(Box<[Pattern]>),
    Or(Box<[Pattern]>),
    Typed(Box<Pattern>, Box<Type>),
    Guarded(Box<Pattern>, Box<Expr>),
    Path(Box<Path>),
    Rest,
    Other,
}

/// There are millions of these at once: what is rare or large is in a box, and no list has room to spare.
const _: () = assert!(size_of::<Expr>() <= 32 && size_of::<Pattern>() <= 32 && size_of::<Statement>() <= 40);

#[derive(Clone, Debug)]
pub(super) enum Expr {
    Path(Path),
    Text(Name),
    /// Texts and other values after one another.
    Template(Box<[Expr]>),
    /// An operator that a program may define, by the method that does: `add`, `not`.
    Operator(Name, Box<[Expr]>),
    Flag(bool),
    /// A number, a character or another value that cannot matter.
    Literal,
    Call(Box<Expr>, Box<[Expr]>),
    Method(Box<Method>),
    Field(Box<Expr>, Name),
    Index(Box<Expr>, Box<Expr>),
    Cast(Box<Expr>, Box<Type>),
    Block(Block),
    Closure(Box<Closure>),
    If(Box<If>),
    /// A condition that is a pattern.
    Let(Box<Pattern>, Box<Expr>),
    Match(Box<Expr>, Box<[(Pattern, Expr)]>),
    For(Box<For>),
    While(Box<While>),
    Loop(Block),
    Tuple(Box<[Expr]>),
    List(Box<[Expr]>),
    Struct(Box<Literal>),
    Assign(Box<Expr>, Box<Expr>),
    /// A value leaves: by `return` or `break`.
    Leave(Option<Box<Expr>>),
    /// Several, of which no value comes.
    Several(Box<[Expr]>),
    Macro(Box<Invocation>),
}

#[derive(Clone, Debug)]
pub(super) struct Method {
    pub(super) receiver: Expr,
    pub(super) name: Name,
    pub(super) place: Place,
    pub(super) types: Box<[Type]>,
    pub(super) arguments: Box<[Expr]>,
}

#[derive(Clone, Debug)]
pub(super) struct If {
    pub(super) condition: Expr,
    pub(super) then: Block,
    pub(super) otherwise: Option<Expr>,
}

#[derive(Clone, Debug)]
pub(super) struct For {
    pub(super) pattern: Pattern,
    pub(super) list: Expr,
    pub(super) body: Block,
}

#[derive(Clone, Debug)]
pub(super) struct While {
    pub(super) condition: Expr,
    pub(super) body: Block,
}

/// `Path { name: value, ..rest }`.
#[derive(Clone, Debug)]
pub(super) struct Literal {
    pub(super) path: Path,
    pub(super) fields: Box<[(Name, Expr)]>,
    pub(super) rest: Option<Expr>,
}

#[derive(Clone, Debug)]
pub(super) struct Closure {
    pub(super) parameters: Box<[Pattern]>,
    pub(super) output: Option<Type>,
    pub(super) body: Expr,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// The module with the block's own items, by its number in the file.
    pub(super) items: Option<u32>,
    pub(super) statements: Box<[Statement]>,
}

#[derive(Clone, Debug)]
pub(super) enum Statement {
    Let(Box<Local>),
    /// Whether a semicolon follows.
    Expr(Expr, bool),
}

/// `let pattern = value else { otherwise };`.
#[derive(Clone, Debug)]
pub(super) struct Local {
    pub(super) pattern: Pattern,
    pub(super) value: Option<Expr>,
    pub(super) otherwise: Option<Expr>,
}

/// A macro that is used, with what it is given.
#[derive(Clone, Debug)]
pub(super) struct Invocation {
    pub(super) name: Name,
    pub(super) place: Place,
    pub(super) tokens: Vec<Token>,
}

/// A macro by example.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) name: Name,
    pub(super) place: Place,
    pub(super) tokens: Vec<Token>,
}

#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) test: bool,
    pub(super) kind: ItemKind,
}

#[derive(Clone, Debug)]
pub(super) enum ItemKind {
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
    /// `include!("…")`.
    Include(Name, Place),
}

/// One name that a `use` brings in.
#[derive(Clone, Debug)]
pub(super) struct Import {
    pub(super) global: bool,
    pub(super) path: Vec<Name>,
    /// `None` for a glob.
    pub(super) name: Option<Name>,
}

/// A struct, a union, or an enum.
#[derive(Clone, Debug)]
pub(super) struct Structure {
    pub(super) name: Name,
    pub(super) generics: Generics,
    pub(super) is_enum: bool,
    /// A struct has one variant of its own name.
    pub(super) variants: Vec<(Name, Vec<(Name, Type)>)>,
    /// The field that a derived `Deref` leads to.
    pub(super) derefs_to: Option<Name>,
}

#[derive(Clone, Debug)]
pub(super) struct Alias {
    pub(super) name: Name,
    pub(super) generics: Generics,
    pub(super) aliased: Type,
}

#[derive(Clone, Debug)]
pub(super) struct Trait {
    pub(super) name: Name,
    pub(super) generics: Generics,
    pub(super) supertraits: Vec<Path>,
    pub(super) members: Members,
}

#[derive(Clone, Debug)]
pub(super) struct Impl {
    pub(super) generics: Generics,
    pub(super) of_trait: Option<Path>,
    pub(super) of: Type,
    pub(super) members: Members,
}

/// What a trait or an impl has.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    pub(super) functions: Vec<Arc<Function>>,
    pub(super) constants: Vec<Arc<Constant>>,
    pub(super) types: Vec<(Name, Type)>,
    pub(super) macros: Vec<Arc<Invocation>>,
}

#[derive(Clone, Debug)]
pub(super) struct Function {
    pub(super) name: Name,
    pub(super) test: bool,
    /// Whether it is `pub` without limits.
    pub(super) is_public: bool,
    /// Whether an attribute may let something else call it.
    pub(super) is_called_elsewhere: bool,
    pub(super) generics: Generics,
    pub(super) has_self: bool,
    /// Without `self`.
    pub(super) parameters: Box<[(Pattern, Type)]>,
    pub(super) output: Option<Type>,
    pub(super) body: Option<Block>,
}

/// A constant or a static.
#[derive(Clone, Debug)]
pub(super) struct Constant {
    pub(super) name: Name,
    pub(super) test: bool,
    pub(super) of: Type,
    pub(super) value: Option<Expr>,
}
