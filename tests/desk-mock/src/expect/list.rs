//! All expectations of a server, and what came of them.

use std::fmt;

use serde_json::Value;

use super::condition::Condition;
use crate::check::Call;
use crate::fault::Fault;
use crate::incoming::Incoming;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::route::RouteId;

/// So much of a body is shown.
const SHOWN: usize = 200;

/// What a call that suits is answered with, instead of the usual.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Reply(Reply),
    Fault(Fault),
}

/// A call that is expected.
#[derive(Debug)]
pub(crate) struct Wanted {
    operation: String,
    route: RouteId,
    pub(super) conditions: Vec<Condition>,
    pub(super) least: usize,
    pub(super) most: Option<usize>,
    pub(super) given: Option<Given>,
    seen: usize,
}

impl Wanted {
    pub(super) fn new(operation: &str, route: RouteId) -> Self {
        let (operation, conditions) = (operation.to_owned(), Vec::new());
        Self { operation, route, conditions, least: 1, most: None, given: None, seen: 0 }
    }

    fn differences(&self, call: Call<'_>, body: Option<&Value>) -> Vec<String> {
        self.conditions.iter().filter_map(|condition| condition.difference(call, body)).collect()
    }

    fn number(&self) -> String {
        match (self.least, self.most) {
            (least, Some(most)) if least == most => times(least),
            (0, Some(most)) => format!("at most {}", times(most)),
            (least, Some(most)) => format!("{least} to {}", times(most)),
            (least, None) => format!("at least {}", times(least)),
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.operation)?;
        for (index, condition) in self.conditions.iter().enumerate() {
            write!(f, "{}{condition}", if index == 0 { " with " } else { ", " })?;
        }
        Ok(())
    }
}

fn times(number: usize) -> String {
    match number {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        number => format!("{number} times"),
    }
}

/// What is expected, and what came otherwise.
#[derive(Debug, Default)]
pub(crate) struct Expectations {
    /// Whether anything is expected, be it nothing.
    begun: bool,
    wanted: Vec<Wanted>,
    /// What came and was not expected, in words.
    unexpected: Vec<String>,
    verified: bool,
}

impl Expectations {
    pub(super) fn begin(&mut self) {
        self.begun = true;
        self.verified = false;
    }

    pub(super) fn add(&mut self, wanted: Wanted) -> usize {
        self.begin();
        self.wanted.push(wanted);
        self.wanted.len() - 1
    }

    pub(super) fn wanted(&mut self, place: usize) -> Option<&mut Wanted> {
        self.wanted.get_mut(place)
    }

    /// Counts a call that passed every check; what it is to be answered with, if a test says so.
    pub(crate) fn meet(&mut self, route: RouteId, call: Call<'_>, body: Option<&Value>) -> Option<Given> {
        if !self.begun {
            return None;
        }
        let mut nearest: Option<Vec<String>> = None;
        for wanted in self.wanted.iter_mut().filter(|wanted| wanted.route == route) {
            let differences = wanted.differences(call, body);
            let full = wanted.most.is_some_and(|most| wanted.seen >= most);
            if differences.is_empty() && !full {
                wanted.seen += 1;
                return wanted.given.clone();
            }
            let why = if full { vec![format!("{wanted} was expected {}", wanted.number())] } else { differences };
            if nearest.as_ref().is_none_or(|known| why.len() < known.len()) {
                nearest = Some(why);
            }
        }
        let why = nearest.map_or("the operation is not expected".to_owned(), |why| why.join("; "));
        self.verified = false;
        self.unexpected.push(format!("{} ({}): {why}", shown(call.incoming), call.operation.id));
        None
    }

    /// Notes a call that passed not every check.
    pub(crate) fn refused(&mut self, incoming: &Incoming, refusal: &Refusal) {
        if self.begun {
            self.verified = false;
            self.unexpected.push(format!("{}: refused, {refusal}", shown(incoming)));
        }
    }

    /// What was not as expected and was not told before.
    pub(crate) fn last_verdict(&mut self) -> Option<String> {
        if self.verified { None } else { self.verdict() }
    }

    /// What was not as expected; none: nothing.
    pub(crate) fn verdict(&mut self) -> Option<String> {
        if !self.begun {
            return None;
        }
        self.verified = true;
        let unmet = self.wanted.iter().filter(|wanted| wanted.seen < wanted.least);
        let unmet = unmet.map(|wanted| {
            let came =
                if wanted.seen == 0 { "it never came".to_owned() } else { format!("it came {}", times(wanted.seen)) };
            format!("expected {wanted} {}, but {came}", wanted.number())
        });
        let unexpected = self.unexpected.iter().map(|call| format!("unexpected {call}"));
        let lines: Vec<String> = unmet.chain(unexpected).collect();
        (!lines.is_empty()).then(|| format!("the calls were not as expected:\n- {}", lines.join("\n- ")))
    }
}

/// A call in a line, with the beginning of its body.
fn shown(incoming: &Incoming) -> String {
    let query = crate::hide::pairs(&incoming.query);
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    let body = String::from_utf8_lossy(&incoming.body);
    let body = match body.char_indices().nth(SHOWN) {
        Some((end, _)) => format!(" {}…", &body[..end]),
        None if body.is_empty() => String::new(),
        None => format!(" {body}"),
    };
    format!("{} {}{mark}{}{body}", incoming.method, incoming.path, query.join("&"))
}
