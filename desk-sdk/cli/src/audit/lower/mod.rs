//! From syn's trees to those of the audit.

mod attributes;
mod expr;
mod format;
mod item;
mod macros;
mod pattern;
mod types;
mod uses;

use std::path::Path as FilePath;

use proc_macro2::{Ident, Span};
use syn::parse::Parser as _;

use super::ir::{Expr, Item};
use super::name::Name;
use super::nesting::{self, TooDeep};
use super::place::Place;
use super::tokens::{Rendered, Token, keep};

/// The modules of a file: the file itself, and those that are written in it, blocks with items included.
#[derive(Clone, Debug, Default)]
pub(super) struct Module {
    pub(super) parent: Option<u32>,
    /// The module's name; `None` for the file itself, and for a block.
    pub(super) name: Option<Name>,
    pub(super) test: bool,
    pub(super) items: Vec<Item>,
    /// The folder of modules that are declared here, below that of the file's own.
    pub(super) folders: Vec<Name>,
}

/// The modules of a file that was read.
pub(super) type Lowered = Vec<Module>;

/// Where spans are.
#[derive(Clone, Copy)]
enum Places<'p> {
    /// In a file.
    File(u32),
    /// In a text that was made of tokens: the place of each line.
    Lines(&'p [Place]),
}

struct Lowering<'p> {
    places: Places<'p>,
    modules: Vec<Module>,
    /// The module that items are added to.
    current: u32,
    test: bool,
}

/// Reads a file's text.
pub(super) fn file(number: u32, text: &str) -> Result<Lowered, TooDeep> {
    let read = nesting::tokens(code(text)).and_then(|tokens| {
        syn::parse2::<syn::File>(tokens).map_err(|error| {
            let start = error.span().start();
            TooDeep {
                line: start.line,
                column: start.column,
                problem: format!("is not Rust that can be read: {error}"),
            }
        })
    });
    let parsed = match read {
        Ok(parsed) => parsed,
        Err(problem) => {
            proc_macro2::extra::invalidate_current_thread_spans();
            return Err(problem);
        }
    };
    let mut lowering = Lowering::new(Places::File(number));
    lowering.test = attributes::is_test(&parsed.attrs);
    let test = lowering.test;
    lowering.modules.push(Module { test, ..Module::default() });
    lowering.foreign_attributes(&parsed.attrs, test);
    for item in &parsed.items {
        lowering.item(item);
    }
    let modules = lowering.modules;
    // Spans of this thread are not looked up again.
    drop(parsed);
    proc_macro2::extra::invalidate_current_thread_spans();
    Ok(modules)
}

/// The text without what may stand before the code: a byte order mark, and a line for the shell.
fn code(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.strip_prefix("#!") {
        // `#![…]` is an attribute. The line itself stays, so that lines are counted right.
        Some(rest) if !rest.trim_start().starts_with('[') => rest.find('\n').map_or("", |end| &rest[end..]),
        _ => text,
    }
}

/// The tokens of a file that is included where an expression is.
pub(super) fn included(number: usize, text: &str) -> Option<Vec<Token>> {
    let tokens = nesting::tokens(text).ok();
    let kept = tokens.map(|tokens| keep(tokens, &|span| place(Places::File(number as u32), span)));
    proc_macro2::extra::invalidate_current_thread_spans();
    kept
}

/// What a macro was expanded to, with modules for the items in it.
pub(super) struct Fragment<T> {
    pub(super) what: T,
    pub(super) modules: Vec<Module>,
}

/// Reads tokens as statements, as in a block.
pub(super) fn statements(tokens: &[Token], test: bool) -> Option<Fragment<super::ir::Block>> {
    read(tokens, test, syn::Block::parse_within, |lowering, statements| lowering.block_of(&statements))
}

/// Reads tokens as expressions between commas.
pub(super) fn expressions(tokens: &[Token], test: bool) -> Option<Fragment<Box<[Expr]>>> {
    let parser = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
    read(tokens, test, parser, |lowering, list| list.iter().map(|one| lowering.expr(one)).collect())
}

/// Reads tokens as a pattern.
pub(super) fn pattern(tokens: &[Token], test: bool) -> Option<Fragment<super::ir::Pattern>> {
    read(tokens, test, syn::Pat::parse_multi_with_leading_vert, |lowering, pattern| lowering.pattern(&pattern))
}

/// Reads tokens as items; they are in the first of the modules.
pub(super) fn items(tokens: &[Token], test: bool) -> Option<Fragment<()>> {
    read(tokens, test, <syn::File as syn::parse::Parse>::parse, |lowering, file| {
        let test = lowering.test;
        lowering.modules.push(Module { test, ..Module::default() });
        file.items.iter().for_each(|item| lowering.item(item));
    })
}

/// Reads tokens as what may stand in an impl.
pub(super) fn members(tokens: &[Token], test: bool) -> Option<Fragment<super::ir::Members>> {
    let parser = |input: syn::parse::ParseStream<'_>| {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.push(input.parse::<syn::ImplItem>()?);
        }
        Ok(items)
    };
    read(tokens, test, parser, |lowering, items| lowering.impl_members(&items))
}

fn read<P, T>(
    tokens: &[Token],
    test: bool,
    parser: impl FnOnce(syn::parse::ParseStream<'_>) -> syn::Result<P>,
    lower: impl FnOnce(&mut Lowering<'_>, P) -> T,
) -> Option<Fragment<T>> {
    let rendered = Rendered::new(tokens);
    // What macros make may be deeper than any source.
    let parsed = nesting::tokens(&rendered.text).ok().and_then(|tokens| parser.parse2(tokens).ok());
    let fragment = parsed.map(|parsed| {
        let mut lowering = Lowering::new(Places::Lines(&rendered.places));
        lowering.test = test;
        let what = lower(&mut lowering, parsed);
        Fragment { what, modules: lowering.modules }
    });
    proc_macro2::extra::invalidate_current_thread_spans();
    fragment
}

impl<'p> Lowering<'p> {
    fn new(places: Places<'p>) -> Self {
        Self { places, modules: Vec::new(), current: 0, test: false }
    }

    fn place(&self, span: Span) -> Place {
        place(self.places, span)
    }

    fn add(&mut self, item: Item) {
        if let Some(module) = self.modules.get_mut(self.current as usize) {
            module.items.push(item);
        }
    }

    /// Adds a module, and lowers what is in it.
    fn within(&mut self, module: Module, fill: impl FnOnce(&mut Self)) -> u32 {
        let number = self.modules.len() as u32;
        let (outer, test) = (self.current, self.test);
        self.test = module.test;
        self.modules.push(module);
        self.current = number;
        fill(self);
        (self.current, self.test) = (outer, test);
        number
    }
}

fn place(places: Places<'_>, span: Span) -> Place {
    let start = span.start();
    match places {
        Places::File(file) => Place::new(file as usize, start.line, start.column + 1),
        Places::Lines(lines) => lines.get(start.line.saturating_sub(1)).copied().unwrap_or_default(),
    }
}

fn name(ident: &Ident) -> Name {
    let name = Name::of(ident);
    name.text().strip_prefix("r#").map_or(name, Name::new)
}

/// The value of `path = "…"`, or what `include!` names.
fn file_name(text: &str) -> Name {
    Name::new(&FilePath::new(text).display().to_string())
}
