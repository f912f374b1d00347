//! Tokens that can be kept, sent and rendered again without losing where they stand.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::name::Name;
use super::place::Place;

#[derive(Clone, Debug)]
pub(super) enum Token {
    Word(Name, Place),
    /// Whether another one follows without a space.
    Sign(char, bool, Place),
    Literal(Name, Place),
    Group(Brackets, Vec<Token>, Place),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    Round,
    Square,
    Curly,
    /// Only keeps together what belongs together.
    None,
}

impl Token {
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Word(_, place) | Self::Sign(_, _, place) | Self::Literal(_, place) | Self::Group(_, _, place) => {
                *place
            }
        }
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        matches!(self, Self::Sign(known, ..) if *known == sign)
    }

    pub(super) fn word(&self) -> Option<Name> {
        match self {
            Self::Word(name, _) => Some(*name),
            _ => None,
        }
    }

    /// The text of a literal that is one.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Literal(literal, _) => syn::parse_str::<syn::LitStr>(literal.text()).ok().map(|text| text.value()),
            Self::Group(Brackets::None, tokens, _) => match tokens.as_slice() {
                [one] => one.text(),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Keeps tokens; `place` says where a span is.
pub(super) fn keep(tokens: TokenStream, place: &impl Fn(proc_macro2::Span) -> Place) -> Vec<Token> {
    let token = |token| match token {
        TokenTree::Ident(word) => {
            let at = place(word.span());
            Token::Word(Name::of(&word), at)
        }
        TokenTree::Punct(sign) => Token::Sign(sign.as_char(), sign.spacing() == Spacing::Joint, place(sign.span())),
        TokenTree::Literal(literal) => {
            let at = place(literal.span());
            Token::Literal(Name::of(&literal), at)
        }
        TokenTree::Group(group) => {
            let brackets = match group.delimiter() {
                Delimiter::Parenthesis => Brackets::Round,
                Delimiter::Bracket => Brackets::Square,
                Delimiter::Brace => Brackets::Curly,
                Delimiter::None => Brackets::None,
            };
            let at = place(group.span_open());
            Token::Group(brackets, keep(group.stream(), place), at)
        }
    };
    tokens.into_iter().map(token).collect()
}

/// Tokens as source text that can be parsed, and where each of its lines comes from: a token stands on a line of its own.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    pub(super) text: String,
    pub(super) places: Vec<Place>,
    /// How much of the text has its places.
    placed: usize,
}

impl Rendered {
    pub(super) fn new(tokens: &[Token]) -> Self {
        let mut rendered = Self::default();
        rendered.add(tokens);
        rendered
    }

    fn add(&mut self, tokens: &[Token]) {
        for token in tokens {
            match token {
                Token::Word(word, place) => self.line(word.text(), *place),
                Token::Literal(literal, place) => self.line(literal.text(), *place),
                Token::Sign(sign, joint, place) => {
                    self.text.push(*sign);
                    // What belongs together, such as `::` or a lifetime, stays on a line.
                    if !joint {
                        self.end(*place);
                    }
                }
                Token::Group(brackets, tokens, place) => {
                    let (open, close) = match brackets {
                        Brackets::Round => ("(", ")"),
                        Brackets::Square => ("[", "]"),
                        Brackets::Curly => ("{", "}"),
                        Brackets::None => ("", ""),
                    };
                    self.line(open, *place);
                    self.add(tokens);
                    self.line(close, *place);
                }
            }
        }
    }

    fn line(&mut self, text: &str, place: Place) {
        self.text.push_str(text);
        self.end(place);
    }

    /// Ends a line; a literal may have several.
    fn end(&mut self, place: Place) {
        self.text.push('\n');
        let lines = self.text[self.placed..].bytes().filter(|byte| *byte == b'\n').count();
        self.placed = self.text.len();
        self.places.resize(self.places.len() + lines, place);
    }
}
