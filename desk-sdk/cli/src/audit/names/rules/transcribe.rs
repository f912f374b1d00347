//! What a rule becomes.

use super::pattern::repetition;
use super::{Bindings, Bound, FRAGMENT};
use crate::audit::name::Name;
use crate::audit::names::lookup::ROOT_OF;
use crate::audit::place::Place;
use crate::audit::tokens::{Brackets, Token};

/// More tokens than a rule that people write becomes.
const MOST: usize = 200_000;

/// The tokens with their fragments replaced; `None` if that cannot be done. Also whether they are too many.
pub(super) fn transcribe(tokens: &[Token], bindings: &Bindings, of: u32) -> (Option<Vec<Token>>, bool) {
    let mut budget = MOST;
    let replaced = replaced(tokens, bindings, of, &mut budget);
    (replaced, budget == 0)
}

/// Takes some of what is left; all of it if that is not enough.
fn take(budget: &mut usize, count: usize) -> Option<()> {
    *budget = budget.saturating_sub(count);
    (*budget > 0).then_some(())
}

fn replaced(tokens: &[Token], bindings: &Bindings, of: u32, budget: &mut usize) -> Option<Vec<Token>> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            Token::Sign('$', _, place) => match rest {
                [Token::Word(name, at), after @ ..] => {
                    rest = after;
                    match bindings.get(name) {
                        Some(Bound::Tokens(bound)) => out.extend(bound.iter().cloned()),
                        Some(Bound::Many(_)) => return None,
                        None if name.text() == "crate" => out.push(root_of(of, *at)),
                        None => out.extend([Token::Sign('$', false, *place), Token::Word(*name, *at)]),
                    }
                }
                [Token::Group(Brackets::Round, inner, _), after @ ..] => {
                    let (separator, _, after) = repetition(after)?;
                    rest = after;
                    for (index, bindings) in rounds(inner, bindings)?.iter().enumerate() {
                        if index > 0 {
                            out.extend(separator.iter().cloned());
                        }
                        out.extend(replaced(inner, bindings, of, budget)?);
                    }
                }
                _ => return None,
            },
            Token::Group(brackets, inner, place) => {
                out.push(Token::Group(*brackets, replaced(inner, bindings, of, budget)?, *place));
            }
            Token::Word(name, _) => {
                // A call by what the macro is given stands where that is given.
                let given = match rest {
                    [Token::Group(Brackets::Round, inner, _), ..] => given(*name, inner, bindings),
                    _ => None,
                };
                out.push(given.map_or_else(|| first.clone(), |place| Token::Word(*name, place)));
            }
            token => out.push(token.clone()),
        }
        take(budget, 1)?;
    }
    take(budget, out.len())?;
    Some(out)
}

/// Where the macro is given what names the operation of a call: its name, or the method and the path.
fn given(called: Name, arguments: &[Token], bindings: &Bindings) -> Option<Place> {
    let number = match called.text() {
        "invoke" | "operation" => 1,
        "request" => 2,
        _ => return None,
    };
    let mut names = Vec::new();
    let ends = (0..arguments.len()).filter(|index| arguments[*index].is_sign(','));
    let end = ends.take(number).last().unwrap_or(arguments.len());
    used(&arguments[..end], &mut names);
    names.iter().find_map(|name| match bindings.get(name) {
        Some(Bound::Tokens(tokens)) => tokens.first().map(Token::place),
        _ => None,
    })
}

/// The bindings of each round of a repetition.
fn rounds(tokens: &[Token], bindings: &Bindings) -> Option<Vec<Bindings>> {
    let mut names = Vec::new();
    used(tokens, &mut names);
    let known: Vec<(Name, &Bound)> = names.iter().filter_map(|name| Some((*name, bindings.get(name)?))).collect();
    let length = |bound: &Bound| match bound {
        Bound::Many(each) => Some(each.len()),
        Bound::Tokens(_) => None,
    };
    let number = known.iter().filter_map(|(_, bound)| length(bound)).min()?;
    let round = |index: usize| {
        let of_round = |bound: &Bound| match bound {
            Bound::Many(each) => each[index].clone(),
            bound => bound.clone(),
        };
        known.iter().map(|(name, bound)| (*name, of_round(bound))).collect()
    };
    Some((0..number).map(round).collect())
}

/// The fragments that tokens use.
fn used(tokens: &[Token], names: &mut Vec<Name>) {
    for (index, token) in tokens.iter().enumerate() {
        match (token, tokens.get(index + 1)) {
            (Token::Sign('$', ..), Some(Token::Word(name, _))) => names.push(*name),
            (Token::Group(_, inner, _), _) => used(inner, names),
            _ => {}
        }
    }
}

/// The tokens with a name in place of each fragment, and each repetition once.
pub(super) fn plain(tokens: &[Token], of: u32) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, rest) {
            (Token::Sign('$', ..), [Token::Word(name, at), after @ ..]) => {
                rest = after;
                out.push(match name.text() {
                    "crate" => root_of(of, *at),
                    name => Token::Word(Name::new(&format!("{FRAGMENT}{name}")), *at),
                });
            }
            (Token::Sign('$', ..), [Token::Group(Brackets::Round, inner, _), after @ ..]) => {
                rest = repetition(after).map_or(after, |(_, _, after)| after);
                out.extend(plain(inner, of));
            }
            (Token::Group(brackets, inner, place), _) => out.push(Token::Group(*brackets, plain(inner, of), *place)),
            (token, _) => out.push(token.clone()),
        }
    }
    out
}

fn root_of(of: u32, place: Place) -> Token {
    Token::Word(Name::new(&format!("{ROOT_OF}{of}")), place)
}
