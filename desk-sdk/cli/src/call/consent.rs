//! Which calls need a flag, and which a person's yes.

use crate::problem::Problem;
use desk_sdk::Risk;

/// What a call needs before it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Nothing more.
    Given,
    /// A person's yes: it cannot be taken back.
    Asked,
}

/// What a call of this risk needs. `asks` says whether there is a person to ask.
///
/// # Errors
///
/// If its risk is not allowed, or nobody can be asked.
pub fn consent(call: &str, risk: Risk, allowed: Risk, yes: bool, asks: bool) -> Result<Consent, Problem> {
    if risk > allowed {
        return Err(Problem::too_risky(call, risk, allowed));
    }
    match (risk >= Risk::Outbound && !yes, asks) {
        (false, _) => Ok(Consent::Given),
        (true, true) => Ok(Consent::Asked),
        (true, false) => Err(Problem::usage(format!(
            "{call} is {risk}, which cannot be taken back, and there is no terminal to ask at: add --yes if it is meant; \
             nothing was sent"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_taken_back_needs_both_a_flag_and_a_yes() {
        use Risk::{Destructive, Outbound, Safe, Write};
        for (risk, allowed, yes, asks, expected) in [
            (Safe, Safe, false, false, Ok(Consent::Given)),
            (Write, Safe, true, true, Err("--max-risk write")),
            (Write, Write, false, false, Ok(Consent::Given)),
            (Outbound, Write, true, true, Err("--max-risk outbound")),
            (Outbound, Outbound, false, true, Ok(Consent::Asked)),
            (Outbound, Outbound, false, false, Err("--yes")),
            (Destructive, Destructive, true, false, Ok(Consent::Given)),
            (Destructive, Outbound, true, true, Err("--max-risk destructive")),
        ] {
            let got = consent("a_call", risk, allowed, yes, asks);
            match expected {
                Ok(expected) => assert_eq!(got, Ok(expected)),
                Err(part) => {
                    let problem = got.unwrap_err();
                    assert!(problem.code == 2 && problem.text.contains(part), "{problem}");
                }
            }
        }
    }
}
