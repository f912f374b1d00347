//! The pattern of a rule.

use crate::audit::name::Name;
use crate::audit::tokens::{Brackets, Token};

#[derive(Clone, Debug)]
pub(super) enum Pattern {
    Token(Token),
    /// `$name:kind`.
    Fragment(Name, Kind),
    /// `$( … ) separator *`.
    Repeat {
        of: Vec<Pattern>,
        separator: Vec<Token>,
        optional: bool,
    },
    Group(Brackets, Vec<Pattern>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Tree,
    Literal,
    Lifetime,
    Visibility,
    Block,
    Expr,
    Type,
    Path,
    Pattern,
    Statement,
    Item,
    Meta,
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "ident" => Kind::Word,
        "tt" => Kind::Tree,
        "literal" => Kind::Literal,
        "lifetime" => Kind::Lifetime,
        "vis" => Kind::Visibility,
        "block" => Kind::Block,
        "expr" | "expr_2021" => Kind::Expr,
        "ty" => Kind::Type,
        "path" => Kind::Path,
        "pat" | "pat_param" => Kind::Pattern,
        "stmt" => Kind::Statement,
        "item" => Kind::Item,
        "meta" => Kind::Meta,
        _ => return None,
    })
}

/// Reads a pattern; `None` if it is none.
pub(super) fn read(tokens: &[Token]) -> Option<Vec<Pattern>> {
    let mut patterns = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let pattern = match first {
            Token::Sign('$', ..) => match rest {
                [Token::Word(name, _), Token::Sign(':', ..), Token::Word(of, _), after @ ..] => {
                    rest = after;
                    Pattern::Fragment(*name, kind(of.text())?)
                }
                [Token::Group(Brackets::Round, inner, _), after @ ..] => {
                    let (separator, sign, after) = repetition(after)?;
                    rest = after;
                    Pattern::Repeat { of: read(inner)?, separator: separator.to_vec(), optional: sign == '?' }
                }
                _ => return None,
            },
            Token::Group(brackets, inner, _) => Pattern::Group(*brackets, read(inner)?),
            token => Pattern::Token(token.clone()),
        };
        patterns.push(pattern);
    }
    Some(patterns)
}

/// What follows `$( … )`: a separator, if there is one, and `*`, `+` or `?`.
pub(super) fn repetition(tokens: &[Token]) -> Option<(&[Token], char, &[Token])> {
    // A separator may have several signs, such as `=>`.
    for length in 0..=3.min(tokens.len()) {
        if let Some(Token::Sign(sign @ ('*' | '+' | '?'), ..)) = tokens.get(length) {
            let is_separator = length == 0
                && matches!(tokens.get(1), Some(Token::Sign('*' | '+', ..)))
                && matches!(tokens[0], Token::Sign('+' | '*', true, _));
            if !is_separator {
                return Some((&tokens[..length], *sign, &tokens[length + 1..]));
            }
        }
    }
    None
}
