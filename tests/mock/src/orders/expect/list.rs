//! All expectations of a server, and their outcomes.

use serde_json::Value;

use super::shown::{Signature, line};
use super::wanted::{Given, Wanted, times};
use crate::exchange::incoming::Incoming;
use crate::exchange::refusal::Refusal;
use crate::judge::check::Call;
use crate::judge::route::RouteId;

/// The number of closest expectations reported for a call.
const NEAREST: usize = 3;

/// Which expectation of a server, over all that it ever had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WantedId(u64);

/// The expectations, and the calls that did not match.
#[derive(Debug, Default)]
pub(crate) struct Expectations {
    /// Whether there are any expectations, including that of no calls.
    begun: bool,
    wanted: Vec<(WantedId, Wanted)>,
    made: u64,
    unexpected: Vec<Unexpected>,
    verified: bool,
}

/// A call that came and was not expected.
#[derive(Debug)]
struct Unexpected {
    words: String,
    /// The signature of the call if it is repeated: then the first attempt does not count.
    until: Option<Signature>,
}

impl Expectations {
    pub(crate) fn begin(&mut self) {
        self.begun = true;
        self.verified = false;
    }

    pub(crate) fn add(&mut self, wanted: Wanted) -> WantedId {
        self.begin();
        let id = WantedId(self.made);
        self.made += 1;
        self.wanted.push((id, wanted));
        id
    }

    /// An expectation that was not taken back.
    pub(crate) fn wanted(&mut self, id: WantedId) -> Option<&mut Wanted> {
        self.wanted.iter_mut().find(|(known, _)| *known == id).map(|(_, wanted)| wanted)
    }

    pub(crate) fn forget(&mut self) {
        *self = Self { made: self.made, ..Self::default() };
    }

    /// Counts a call that passed every check. Returns the answer that a test ordered, if any.
    pub(crate) fn meet(&mut self, route: RouteId, call: Call<'_>, body: Option<&Value>) -> Option<Given> {
        if !self.begun {
            return None;
        }
        let made_again = Signature::of(call.incoming);
        self.unexpected.retain(|call| call.until.as_ref() != Some(&made_again));
        let mut near: Vec<(usize, String, String)> = Vec::new();
        for (_, wanted) in self.wanted.iter_mut().filter(|(_, wanted)| wanted.route == route) {
            let differences = wanted.differences(call, body);
            if !differences.is_empty() {
                near.push((differences.len(), wanted.to_string(), differences.join("; ")));
            } else if wanted.has_room() {
                wanted.seen += 1;
                return wanted.given.clone();
            } else {
                near.push((0, wanted.to_string(), format!("expected {}", wanted.number())));
            }
        }
        near.sort_by_key(|(differences, ..)| *differences);
        let why = match near.as_slice() {
            [] => "the operation is not expected".to_owned(),
            [(0, wanted, why)] => format!("{wanted} was {why}"),
            [(_, _, why)] => why.clone(),
            several => {
                let several = several.iter().take(NEAREST).map(|(_, wanted, why)| format!("{wanted}: {why}"));
                several.collect::<Vec<_>>().join(", or ")
            }
        };
        self.note(format!("{} ({}): {why}", line(call.incoming), call.operation.id), None);
        None
    }

    /// Notes a call that did not pass every check.
    pub(crate) fn refused(&mut self, incoming: &Incoming, refusal: &Refusal) {
        if self.begun {
            let until = refusal.code.may_pass().then(|| Signature::of(incoming));
            self.note(format!("{}: refused, {}", line(incoming), refusal.without_secrets()), until);
        }
    }

    fn note(&mut self, words: String, until: Option<Signature>) {
        self.verified = false;
        self.unexpected.push(Unexpected { words, until });
    }

    /// The unmet expectations and unexpected calls not yet reported.
    pub(crate) fn last_verdict(&mut self) -> Option<String> {
        if self.verified { None } else { self.verdict() }
    }

    /// The unmet expectations and unexpected calls; None if there are none.
    pub(crate) fn verdict(&mut self) -> Option<String> {
        if !self.begun {
            return None;
        }
        self.verified = true;
        let unmet = self.wanted.iter().map(|(_, wanted)| wanted).filter(|wanted| !wanted.is_met());
        let unmet = unmet.map(|wanted| {
            let came =
                if wanted.seen == 0 { "it never came".to_owned() } else { format!("it came {}", times(wanted.seen)) };
            format!("expected {wanted} {}, but {came}", wanted.number())
        });
        let unexpected = self.unexpected.iter().map(|call| format!("unexpected {}", call.words));
        let lines: Vec<String> = unmet.chain(unexpected).collect();
        (!lines.is_empty()).then(|| format!("the calls were not as expected:\n- {}", lines.join("\n- ")))
    }
}
