//! Notes what is found, and what cannot be seen.

use super::Walker;
use crate::audit::budget::SPENT;
use crate::audit::finding::{Found, Hidden, How, Why};
use crate::audit::names::FRAGMENT;
use crate::audit::place::Place;
use crate::audit::types::Ty;

/// The steps that a note takes.
const NOTE: usize = 8;

/// What a macro is given whose rules are not in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    /// It stands where items do.
    Item,
    /// It is an attribute.
    Attribute,
}

impl Foreign {
    pub(super) fn doubt(self) -> &'static str {
        match self {
            Self::Item => "it is given to a macro whose rules are not in the source",
            Self::Attribute => "it is given to an attribute whose macro is not in the source",
        }
    }
}

impl Walker<'_> {
    /// Notes a use that is sure.
    pub(super) fn found(&mut self, number: u32, how: How, written: &str, place: Place) {
        let operation = self.world.catalogue.operation(number);
        self.note(operation, how, written, place, None);
    }

    pub(super) fn note(
        &mut self,
        operation: &'static desk_sdk::Operation,
        how: How,
        written: &str,
        place: Place,
        doubt: Option<String>,
    ) {
        if self.muted > 0 || !self.world.budget.spend(NOTE) {
            return;
        }
        let doubt = match self.foreign {
            Some(foreign @ Foreign::Attribute) => Some(foreign.doubt().to_owned()),
            _ => doubt,
        };
        let found = Found {
            operation,
            how,
            written: shown(written),
            place,
            function: shown(&self.function),
            test: self.test,
            doubt,
        };
        match found.doubt {
            None => {
                self.reach.insert(place.file());
                self.walked.found.push(found);
            }
            Some(_) if self.foreign.is_some() && self.may_reach() => self.walked.found.push(found),
            Some(_) if self.may_reach() => self.candidates.push(found),
            Some(_) => {}
        }
    }

    /// Notes a call whose operation cannot be seen; `sure` if it certainly is the SDK's.
    pub(super) fn hidden(&mut self, written: &str, why: impl Into<Why>, place: Place, sure: bool) {
        if self.muted > 0 || !self.world.budget.spend(NOTE) {
            return;
        }
        let (function, test) = (shown(&self.function), self.test);
        let why = match why.into() {
            Why::Told(told) => Why::Told(shown(&told)),
            Why::Refused(told) => Why::Refused(shown(&told)),
            why @ Why::UnknownName(_) => why,
        };
        let hidden = Hidden { written: shown(written), why, place, function, test };
        self.asked += 1;
        match sure {
            true if self.is_open => {
                self.reach.insert(place.file());
                self.hidden_candidates.push(hidden);
            }
            true => self.walked.hidden.push(hidden),
            false if self.may_reach() => self.hidden_candidates.push(hidden),
            false => {}
        }
    }

    /// Tells where the steps for something were used up, even if it was only looked at for its value.
    pub(super) fn tell_spent(&mut self) {
        if let Some(place) = self.world.budget.take_spent().filter(|_| self.may_reach()) {
            let (written, function, test) = (shown(&self.function), shown(&self.function), self.test);
            self.walked.hidden.push(Hidden { written, why: SPENT.into(), place, function, test });
        }
    }

    /// Whether the package can have a client at all.
    pub(super) fn may_reach(&self) -> bool {
        self.reaching[self.world.crate_of(self.scope.module).package]
    }

    /// Notes that a file has something of the SDK in reach.
    pub(super) fn reaches(&mut self, ty: &Ty, place: Place) {
        if !self.reach.contains(&place.file()) && self.world.holds_client(ty) {
            self.reach.insert(place.file());
        }
    }
}

/// As people write it: the fragments of macros that nobody uses have names of their own here.
fn shown(text: &str) -> String {
    text.replace(FRAGMENT, "$")
}
