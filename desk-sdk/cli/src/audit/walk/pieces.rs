//! What a macro is given that is no code as a whole, such as the branches of `select!`: piece by piece.

use super::Walker;
use crate::audit::ir::{Block, Expr, Method, Path, Segment};
use crate::audit::lower;
use crate::audit::tokens::{Brackets, Token};
use crate::audit::types::Ty;

impl Walker<'_> {
    /// A part of what is no code as a whole, such as a branch of `select!`.
    pub(super) fn piece(&mut self, tokens: &[Token]) {
        match tokens {
            [Token::Group(_, inner, _)] => {
                self.code(inner);
            }
            _ if self.bound(tokens) => {}
            _ => match lower::statements(tokens, self.test) {
                Some(fragment) => {
                    self.fragment(fragment, |this, block: &Block| this.block(block, None));
                }
                None => self.scan(tokens),
            },
        }
    }

    /// `pattern = value`, whose names are known in the pieces that follow.
    fn bound(&mut self, tokens: &[Token]) -> bool {
        let Some((pattern, value)) = bound(tokens) else { return false };
        let Some(pattern) = lower::pattern(pattern, self.test) else { return false };
        let value = self.code(value);
        self.fragment(pattern, |this, pattern| this.bind(pattern, &value));
        true
    }

    /// Token by token: methods that are called, and paths.
    fn scan(&mut self, tokens: &[Token]) {
        let mut index = 0;
        while index < tokens.len() {
            match &tokens[index..] {
                [Token::Sign('.', ..), Token::Word(name, place), Token::Group(Brackets::Round, inner, _), ..] => {
                    let receiver = match index.checked_sub(1).and_then(|before| tokens[before].word()) {
                        Some(word) => self.locals.get(word).cloned().unwrap_or(Ty::Unknown),
                        None => Ty::Unknown,
                    };
                    let (name, place) = (*name, *place);
                    match lower::expressions(inner, self.test) {
                        Some(fragment) => {
                            self.fragment(fragment, |this, arguments| {
                                let (receiver_expr, types) = (Expr::Literal, Box::default());
                                let method = Method {
                                    receiver: receiver_expr,
                                    name,
                                    place,
                                    types,
                                    arguments: arguments.clone(),
                                };
                                this.method_on(&receiver, &method)
                            });
                        }
                        None => {
                            self.code(inner);
                        }
                    }
                    index += 3;
                }
                [Token::Word(word, _), Token::Word(name, _), ..] if word.text() == "mut" => {
                    self.lent_name(*name);
                    index += 1;
                }
                [Token::Word(..), ..] => index += self.scanned_path(&tokens[index..]),
                [Token::Group(_, inner, _), ..] => {
                    self.code(inner);
                    index += 1;
                }
                _ => index += 1,
            }
        }
    }

    /// A path among tokens, and how many of them it takes.
    fn scanned_path(&mut self, tokens: &[Token]) -> usize {
        let mut segments = Vec::new();
        let mut taken = 0;
        while let Some(Token::Word(name, place)) = tokens.get(taken) {
            segments.push(Segment { name: *name, place: *place, arguments: None });
            taken += 1;
            match &tokens[taken..] {
                [Token::Sign(':', ..), Token::Sign(':', ..), Token::Word(..), ..] => taken += 2,
                _ => break,
            }
        }
        self.path(&Path { segments: segments.into(), ..Path::default() });
        taken.max(1)
    }
}

/// What stands before and after a sign of equality.
fn bound(tokens: &[Token]) -> Option<(&[Token], &[Token])> {
    let is_end = |index: &usize| {
        let follows = index.checked_sub(1).is_some_and(|before| matches!(tokens[before], Token::Sign(_, true, _)));
        matches!(tokens[*index], Token::Sign('=', false, _)) && !follows
    };
    let end = (0..tokens.len()).find(is_end)?;
    let start = usize::from(tokens[0].word().is_some_and(|word| word.text() == "let"));
    Some((tokens.get(start..end)?, &tokens[end + 1..]))
}

/// Tokens between commas, semicolons, arrows, and single colons.
pub(super) fn pieces(tokens: &[Token]) -> Vec<&[Token]> {
    let mut pieces = Vec::new();
    let (mut start, mut index) = (0, 0);
    while index < tokens.len() {
        let length = match &tokens[index..] {
            [Token::Sign(',' | ';', ..), ..] => 1,
            [Token::Sign('=', true, _), Token::Sign('>', ..), ..] => 2,
            [Token::Sign(':', true, _), Token::Sign(':', ..), ..] => {
                index += 2;
                continue;
            }
            [Token::Sign(':', false, _), ..] => 1,
            // What stands in curly brackets ends a piece, as in `select!`.
            [Token::Group(Brackets::Curly, ..), ..] if index == start => 0,
            _ => {
                index += 1;
                continue;
            }
        };
        if length == 0 {
            pieces.push(&tokens[index..=index]);
            index += 1;
        } else {
            pieces.push(&tokens[start..index]);
            index += length;
        }
        start = index;
    }
    pieces.push(&tokens[start..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}
