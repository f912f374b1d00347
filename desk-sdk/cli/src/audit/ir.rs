//! A program as the audit sees it: what syn read, without what does not matter.
//!
//! References, `?`, `.await`, parentheses, lifetimes and visibility are left out: they change nothing about which calls are
//! made. It can be sent between threads, as syn's trees cannot, and takes a fraction of their memory.

mod items;

use super::name::Name;
use super::place::Place;
use super::tokens::Token;

pub(super) use self::items::{Alias, Constant, Function, Impl, Import, Item, ItemKind, Members, Structure, Trait};

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
    /// What some of them are where a type leaves them out.
    pub(super) defaults: Box<[(Name, Type)]>,
}

#[derive(Clone, Debug)]
pub(super) enum Pattern {
    Name(Name, Reach, Option<Box<Pattern>>),
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

/// What a name in a pattern may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Fixed,
    /// `mut name`
    Changes,
    /// `ref mut name`: with it changes what it is a part of.
    Lent,
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
    /// `&mut value`, and whatever else may be changed by who gets it: `value += other`, the first of `write!`.
    Lent(Box<Expr>),
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
