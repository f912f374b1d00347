//! Macros: those whose arguments are expressions are read at once, the tokens of others are kept.

use std::sync::Arc;

use proc_macro2::TokenStream;
use syn::parse::Parser as _;

use super::item::start;
use super::{Lowering, file_name, name, place};
use crate::audit::ir::{Expr, Invocation, ItemKind, Rules};
use crate::audit::name::Name;
use crate::audit::tokens::{Brackets, Token, keep};

/// Macros of the standard library whose arguments are expressions, and which give none of them back.
const EXPRESSIONS: [&str; 15] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "panic",
    "print",
    "println",
    "unreachable",
    "write",
    "writeln",
];

/// Macros that take no code: what they are given is no text of the program, nor is what they give back.
const NO_CODE: [&str; 10] = [
    "cfg",
    "column",
    "compile_error",
    "env",
    "file",
    "include_bytes",
    "include_str",
    "line",
    "module_path",
    "option_env",
];

impl Lowering<'_> {
    pub(super) fn macro_expr(&mut self, call: &syn::Macro) -> Expr {
        let called = last(call);
        match called.text() {
            "concat" | "stringify" => match text(called, call) {
                Some(text) => Expr::Text(Name::new(&text)),
                None => Expr::Literal,
            },
            known if NO_CODE.contains(&known) => Expr::Literal,
            "format" | "format_args" => {
                let parser = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
                match parser.parse2(call.tokens.clone()) {
                    Ok(list) => {
                        let list: Vec<syn::Expr> = list.into_iter().collect();
                        self.format(&list).unwrap_or_else(|| Expr::Several(self.exprs(&list)))
                    }
                    Err(_) => Expr::Macro(Box::new(self.invocation(call))),
                }
            }
            "vec" => match self.arguments_of(call) {
                Some(list) => Expr::List(list),
                None => Expr::Macro(Box::new(self.invocation(call))),
            },
            known if EXPRESSIONS.contains(&known) => match self.arguments_of(call) {
                // It gives back what it shows.
                Some(list) if known == "dbg" => Expr::List(list),
                Some(list) if matches!(known, "panic" | "unreachable") => {
                    Expr::Leave(Some(Box::new(Expr::Several(list))))
                }
                Some(list) if matches!(known, "write" | "writeln") => {
                    let mut list = list.into_vec();
                    let first = list.drain(..list.len().min(1)).map(|first| Expr::Lent(Box::new(first))).next();
                    Expr::Several(first.into_iter().chain(list).collect())
                }
                Some(list) => Expr::Several(list),
                None => Expr::Macro(Box::new(self.invocation(call))),
            },
            _ => Expr::Macro(Box::new(self.invocation(call))),
        }
    }

    /// The arguments between commas, or those of `vec![value; number]`.
    fn arguments_of(&mut self, call: &syn::Macro) -> Option<Box<[Expr]>> {
        let parser = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        if let Ok(list) = parser.parse2(call.tokens.clone()) {
            return Some(self.exprs(&list));
        }
        let repeated = |input: syn::parse::ParseStream<'_>| {
            let value = input.parse::<syn::Expr>()?;
            input.parse::<syn::Token![;]>()?;
            input.parse::<syn::Expr>()?;
            Ok(value)
        };
        repeated.parse2(call.tokens.clone()).ok().map(|value| [self.expr(&value)].into())
    }

    pub(super) fn invocation(&self, call: &syn::Macro) -> Invocation {
        let places = self.places;
        Invocation {
            name: last(call),
            place: self.place(start(call)),
            tokens: keep(call.tokens.clone(), &|span| place(places, span)),
        }
    }

    /// What syn keeps as tokens, as if it were given to a macro of which nothing is known.
    pub(super) fn unread(&self, tokens: &TokenStream) -> Invocation {
        let places = self.places;
        let place_of = |span| place(places, span);
        let start = tokens.clone().into_iter().next().map(|first| place_of(first.span())).unwrap_or_default();
        Invocation { name: Name::new(""), place: start, tokens: keep(tokens.clone(), &place_of) }
    }

    pub(super) fn unread_item(&self, tokens: &TokenStream) -> ItemKind {
        let unread = self.unread(tokens);
        match declared(&unread.tokens) {
            Some(rules) => ItemKind::Rules(Arc::new(rules)),
            None => ItemKind::Macro(Arc::new(unread)),
        }
    }

    pub(super) fn macro_item(&self, item: &syn::ItemMacro) -> ItemKind {
        let invocation = self.invocation(&item.mac);
        match (&item.ident, invocation.name.text()) {
            (Some(ident), _) => {
                let Invocation { place, tokens, .. } = invocation;
                ItemKind::Rules(Arc::new(Rules { name: name(ident), place, tokens }))
            }
            (None, "include") => match invocation.tokens.first().and_then(|token| token.text()) {
                Some(file) => ItemKind::Include(file_name(&file), invocation.place),
                None => ItemKind::Macro(Arc::new(invocation)),
            },
            (None, _) => ItemKind::Macro(Arc::new(invocation)),
        }
    }
}

/// `macro name(pattern) { … }` or `macro name { (pattern) => { … }, … }`, as the rules of the older kind are written.
fn declared(tokens: &[Token]) -> Option<Rules> {
    let start = tokens.iter().position(|token| token.word().is_some_and(|word| word.text() == "macro"))?;
    let (Some(Token::Word(name, place)), rest) = (tokens.get(start + 1), tokens.get(start + 2..)?) else { return None };
    let tokens = match rest {
        [Token::Group(Brackets::Curly, arms, _)] => arms.clone(),
        [Token::Group(Brackets::Round, ..), Token::Group(Brackets::Curly, ..)] => rest.to_vec(),
        _ => return None,
    };
    Some(Rules { name: *name, place: *place, tokens })
}

fn last(call: &syn::Macro) -> Name {
    call.path.segments.last().map_or_else(|| Name::new(""), |segment| name(&segment.ident))
}

/// The text that `concat!` or `stringify!` gives, as far as it can be told.
fn text(called: Name, call: &syn::Macro) -> Option<String> {
    if called.text() == "stringify" {
        return Some(call.tokens.to_string());
    }
    let parser = syn::punctuated::Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
    let parts = parser.parse2(call.tokens.clone()).ok()?;
    parts.iter().map(text_of).collect()
}

/// The text of a literal, or of a macro that gives one.
pub(super) fn text_of(expr: &syn::Expr) -> Option<String> {
    match expr {
        syn::Expr::Paren(inner) => text_of(&inner.expr),
        syn::Expr::Group(inner) => text_of(&inner.expr),
        syn::Expr::Macro(inner) if matches!(last(&inner.mac).text(), "concat" | "stringify") => {
            text(last(&inner.mac), &inner.mac)
        }
        syn::Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Str(text) => Some(text.value()),
            syn::Lit::Char(letter) => Some(letter.value().to_string()),
            syn::Lit::Int(number) => Some(number.base10_digits().to_owned()),
            syn::Lit::Bool(value) => Some(value.value.to_string()),
            _ => None,
        },
        _ => None,
    }
}
