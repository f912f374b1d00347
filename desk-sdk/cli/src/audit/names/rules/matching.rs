//! Whether tokens meet a pattern, and what its fragments stand for.

use syn::parse::{ParseStream, Parser as _};

use super::pattern::{Kind, Pattern};
use super::{Bindings, Bound};
use crate::audit::name::Name;
use crate::audit::nesting;
use crate::audit::tokens::{Brackets, Rendered, Token};

/// How many commas a fragment may have outside of brackets, such as those between the arguments of a type.
const MOST_COMMAS: usize = 8;

/// The bindings, if all tokens are met.
pub(super) fn whole(patterns: &[Pattern], tokens: &[Token]) -> Option<Bindings> {
    let mut bindings = Bindings::new();
    let rest = several(patterns, tokens, &mut bindings)?;
    rest.is_empty().then_some(bindings)
}

/// What is left after the patterns.
fn several<'t>(patterns: &[Pattern], tokens: &'t [Token], bindings: &mut Bindings) -> Option<&'t [Token]> {
    patterns.iter().try_fold(tokens, |rest, pattern| one(pattern, rest, bindings))
}

fn one<'t>(pattern: &Pattern, tokens: &'t [Token], bindings: &mut Bindings) -> Option<&'t [Token]> {
    match pattern {
        Pattern::Token(wanted) => {
            let (first, rest) = tokens.split_first()?;
            is_same(wanted, first).then_some(rest)
        }
        Pattern::Group(brackets, inner) => match tokens.split_first()? {
            (Token::Group(given, tokens, _), rest) if given == brackets => {
                several(inner, tokens, bindings)?.is_empty().then_some(rest)
            }
            _ => None,
        },
        Pattern::Fragment(name, kind) => {
            let length = length(*kind, tokens)?;
            let (taken, rest) = tokens.split_at(length);
            // What was one expression stays one, whatever stands around it.
            let kept = match (kind, taken) {
                (Kind::Expr, [first, _, ..]) => vec![Token::Group(Brackets::Round, taken.to_vec(), first.place())],
                _ => taken.to_vec(),
            };
            bindings.insert(*name, Bound::Tokens(kept));
            Some(rest)
        }
        Pattern::Repeat { of, separator, optional } => Some(repeat(of, separator, *optional, tokens, bindings)),
    }
}

fn repeat<'t>(
    of: &[Pattern],
    separator: &[Token],
    optional: bool,
    tokens: &'t [Token],
    bindings: &mut Bindings,
) -> &'t [Token] {
    let mut names = Vec::new();
    names_of(of, &mut names);
    let mut found: Vec<Bindings> = Vec::new();
    let mut rest = tokens;
    let most = if optional { 1 } else { usize::MAX };
    while !rest.is_empty() && found.len() < most {
        let after = match found.is_empty() {
            true => Some(rest),
            false => separator.iter().try_fold(rest, |rest, wanted| {
                let (first, rest) = rest.split_first()?;
                is_same(wanted, first).then_some(rest)
            }),
        };
        let mut inner = Bindings::new();
        match after.and_then(|after| several(of, after, &mut inner)) {
            // What takes nothing would be met without end.
            Some(after) if after.len() < rest.len() => {
                found.push(inner);
                rest = after;
            }
            _ => break,
        }
    }
    for name in names {
        let each = found.iter_mut().filter_map(|inner| inner.remove(&name)).collect();
        bindings.insert(name, Bound::Many(each));
    }
    rest
}

fn names_of(patterns: &[Pattern], names: &mut Vec<Name>) {
    for pattern in patterns {
        match pattern {
            Pattern::Fragment(name, _) => names.push(*name),
            Pattern::Repeat { of, .. } | Pattern::Group(_, of) => names_of(of, names),
            Pattern::Token(_) => {}
        }
    }
}

fn is_same(wanted: &Token, given: &Token) -> bool {
    match (wanted, given) {
        (Token::Word(wanted, _), Token::Word(given, _)) => wanted == given,
        (Token::Sign(wanted, ..), Token::Sign(given, ..)) => wanted == given,
        (Token::Literal(wanted, _), Token::Literal(given, _)) => wanted == given,
        _ => false,
    }
}

/// How many tokens a fragment takes.
fn length(kind: Kind, tokens: &[Token]) -> Option<usize> {
    match (kind, tokens) {
        (Kind::Word, [Token::Word(name, _), ..]) => (name.text() != "_").then_some(1),
        (Kind::Tree | Kind::Lifetime, [Token::Sign('\'', ..), Token::Word(..), ..]) => Some(2),
        (Kind::Tree, [Token::Sign(_, true, _), ..]) => {
            Some(1 + tokens.iter().take(2).take_while(|token| matches!(token, Token::Sign(_, true, _))).count())
        }
        (Kind::Tree, [_, ..]) => Some(1),
        (Kind::Literal, [Token::Literal(..), ..]) => Some(1),
        (Kind::Literal, [Token::Word(name, _), ..]) => matches!(name.text(), "true" | "false").then_some(1),
        (Kind::Literal, [Token::Sign('-', ..), Token::Literal(..), ..]) => Some(2),
        (Kind::Visibility, [Token::Word(word, _), Token::Group(Brackets::Round, ..), ..]) => {
            Some(if word.text() == "pub" { 2 } else { 0 })
        }
        (Kind::Visibility, [Token::Word(word, _), ..]) => Some(usize::from(word.text() == "pub")),
        (Kind::Visibility, _) => Some(0),
        (Kind::Block, [Token::Group(Brackets::Curly, ..), ..]) => Some(1),
        (Kind::Expr, _) => parsed(tokens, |input| input.parse::<syn::Expr>().map(drop)),
        (Kind::Type, _) => parsed(tokens, |input| input.parse::<syn::Type>().map(drop)),
        (Kind::Path, _) => parsed(tokens, |input| input.parse::<syn::TypePath>().map(drop)),
        (Kind::Pattern, _) => parsed(tokens, |input| syn::Pat::parse_multi(input).map(drop)),
        (Kind::Statement, _) => parsed(tokens, |input| input.parse::<syn::Stmt>().map(drop))
            .or_else(|| parsed(tokens, |input| input.parse::<syn::Expr>().map(drop))),
        (Kind::Item, _) => parsed(tokens, |input| input.parse::<syn::Item>().map(drop)),
        (Kind::Meta, _) => parsed(tokens, |input| input.parse::<syn::Meta>().map(drop)),
        _ => None,
    }
}

/// How many tokens a parser takes: of those before a comma, a semicolon or `=>`, or before the next of them.
fn parsed(tokens: &[Token], parser: impl Fn(ParseStream<'_>) -> syn::Result<()> + Copy) -> Option<usize> {
    if tokens.is_empty() {
        return None;
    }
    let ends = (0..tokens.len()).filter(|index| match &tokens[*index] {
        Token::Sign(',' | ';', ..) => true,
        Token::Sign('=', true, _) => tokens.get(index + 1).is_some_and(|next| next.is_sign('>')),
        _ => false,
    });
    for end in ends.take(MOST_COMMAS).chain([tokens.len()]) {
        let given = &tokens[..end];
        let mut left = 0;
        let count = |input: ParseStream<'_>| {
            parser(input)?;
            input.parse::<proc_macro2::TokenStream>()
        };
        let tokens = nesting::tokens(&Rendered::new(given).text).ok();
        let rest = tokens.and_then(|tokens| count.parse2(tokens).ok());
        proc_macro2::extra::invalidate_current_thread_spans();
        if let Some(rest) = rest {
            left += rest.into_iter().count();
            return given.len().checked_sub(left).filter(|taken| *taken > 0);
        }
    }
    None
}
