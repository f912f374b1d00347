//! Macros that stand where items do, and become items.

use super::{Loose, Owner, World};
use crate::audit::ir::Invocation;
use crate::audit::lower;
use crate::audit::name::Name;
use crate::audit::tokens::{Brackets, Token};

/// The steps that the use of a macro takes, and those for each token that it is given or becomes.
const EACH: usize = 16;
const OF_TOKEN: usize = 3;

/// More brackets in one another than in any source that is read.
const DEEPEST: usize = 500;

impl World {
    /// Expands what stands among items, and what comes out of that.
    pub(super) fn expand_items(&mut self) {
        let (mut left, items) = (Vec::new(), std::mem::take(&mut self.loose));
        for root in items.into_iter().rev() {
            self.budget.begin(root.call.place);
            self.loose.push(root.clone());
            while let Some(loose) = self.loose.pop() {
                let is_done = self.expand_item(&loose);
                if !self.gave_up(&root) && !is_done {
                    left.push(loose);
                }
            }
        }
        let members = std::mem::take(&mut self.loose_members);
        for root in members.into_iter().rev() {
            self.budget.begin(root.0.call.place);
            self.loose_members.push(root.clone());
            while let Some((loose, owner)) = self.loose_members.pop() {
                let is_done = self.expand_member(&loose, owner);
                if !self.gave_up(&root.0) && !is_done {
                    left.push(loose);
                }
            }
        }
        self.loose.extend(left);
    }

    /// Whether what a macro becomes takes too long: then the rest of it is left out, and told.
    fn gave_up(&mut self, root: &Loose) -> bool {
        let gives_up = self.budget.take_spent().is_some();
        if gives_up {
            self.loose.clear();
            self.loose_members.clear();
            self.unexpanded.push(root.clone());
        }
        gives_up
    }

    /// What a macro by example becomes, unless that is without end.
    pub(in crate::audit) fn expand(&mut self, rules: usize, call: &Invocation) -> Option<Vec<Token>> {
        if !self.budget.spend(EACH + OF_TOKEN * size(&call.tokens).0) {
            return None;
        }
        let tokens = self.rules.expand(rules, call);
        let (count, depth) = tokens.as_deref().map(size).unwrap_or_default();
        if std::mem::take(&mut self.rules.is_too_long) || depth > DEEPEST {
            self.budget.lose();
            return None;
        }
        tokens.filter(|_| self.budget.spend(OF_TOKEN * count))
    }

    fn expand_item(&mut self, loose: &Loose) -> bool {
        let Some(tokens) = self.expanded(loose) else { return false };
        let Some(fragment) = lower::items(&tokens, loose.test) else { return false };
        let inner = self.add_expanded(&fragment.modules, loose.module, loose.test);
        self.modules[loose.module as usize].included.push(inner);
        true
    }

    fn expand_member(&mut self, loose: &Loose, owner: Owner) -> bool {
        let Some(tokens) = self.expanded(loose) else { return false };
        let Some(fragment) = lower::members(&tokens, loose.test) else { return false };
        if !fragment.modules.is_empty() {
            self.add_expanded(&fragment.modules, loose.module, loose.test);
        }
        self.members(&fragment.what, loose.module, owner, loose.test);
        true
    }

    /// What an invocation becomes: by its rules, or as it is where a known macro only changes how items are written.
    fn expanded(&mut self, loose: &Loose) -> Option<Vec<Token>> {
        let of = self.modules[loose.module as usize].of;
        match self.rules.find(of, &loose.call) {
            Some(rules) => self.expand(rules, &loose.call),
            None => match loose.call.name.text() {
                "lazy_static" | "thread_local" | "task_local" => Some(plain_statics(&loose.call.tokens)),
                "paste" => Some(pasted(&loose.call.tokens)),
                "cfg_if" => Some(branches(&loose.call.tokens)),
                _ => None,
            },
        }
    }
}

/// `static ref NAME: T = …;` as a static; one without a value gets none.
fn plain_statics(tokens: &[Token]) -> Vec<Token> {
    let is = |token: Option<&Token>, word: &str| token.and_then(Token::word).is_some_and(|name| name.text() == word);
    let keeps = |(index, token): (usize, &Token)| {
        let follows_static = index > 0 && is(tokens.get(index - 1), "static");
        let drops = follows_static && is(Some(token), "ref");
        (!drops).then(|| token.clone())
    };
    let mut kept: Vec<Token> = tokens.iter().enumerate().filter_map(keeps).collect();
    // The last one needs no semicolon.
    if let Some(last) = kept.last().filter(|last| !last.is_sign(';')) {
        let place = last.place();
        kept.push(Token::Sign(';', false, place));
    }
    kept
}

/// What stands in the branches of `cfg_if!`.
fn branches(tokens: &[Token]) -> Vec<Token> {
    let inner = |token: &Token| match token {
        Token::Group(Brackets::Curly, inner, _) => inner.clone(),
        _ => Vec::new(),
    };
    tokens.iter().flat_map(inner).collect()
}

/// Tokens with `[< a b >]` as one name.
pub(in crate::audit) fn pasted(tokens: &[Token]) -> Vec<Token> {
    let one = |token: &Token| match token {
        Token::Group(Brackets::Square, inner, place) => match joined(inner) {
            Some(name) => {
                Token::Word(name, inner.iter().find_map(|token| token.word().map(|_| token.place())).unwrap_or(*place))
            }
            None => Token::Group(Brackets::Square, pasted(inner), *place),
        },
        Token::Group(brackets, inner, place) => Token::Group(*brackets, pasted(inner), *place),
        token => token.clone(),
    };
    tokens.iter().map(one).collect()
}

fn joined(tokens: &[Token]) -> Option<Name> {
    let [Token::Sign('<', ..), inner @ .., Token::Sign('>', ..)] = tokens else { return None };
    let mut joined = String::new();
    let mut part = String::new();
    let mut rest = inner;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, rest) {
            (Token::Sign(':', ..), [Token::Word(change, _), after @ ..]) => {
                rest = after;
                part = match change.text() {
                    "snake" => snake(&part),
                    "camel" => super::sdk::camel(&part),
                    "lower" => part.to_lowercase(),
                    "upper" => part.to_uppercase(),
                    _ => return None,
                };
            }
            (Token::Word(word, _), _) => {
                joined.push_str(&std::mem::replace(&mut part, word.text().to_owned()));
            }
            (Token::Literal(literal, _), _) => {
                let text = first.text().unwrap_or_else(|| literal.text().to_owned());
                joined.push_str(&std::mem::replace(&mut part, text));
            }
            _ => return None,
        }
    }
    Some(Name::new(&(joined + &part)))
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// How many tokens there are, and how many brackets are in one another.
pub(in crate::audit) fn size(tokens: &[Token]) -> (usize, usize) {
    tokens.iter().fold((0, 0), |(count, depth), token| match token {
        Token::Group(_, inner, _) => {
            let (inner, deeper) = size(inner);
            (count + 1 + inner, depth.max(1 + deeper))
        }
        _ => (count + 1, depth),
    })
}
