//! What is asked for when somebody signs in.

use std::collections::BTreeSet;

use desk_sdk::{
    OddScope, Oddity, Operation, Risk, Scope, ScopeSet, operations, organization_discovery, smallest_scopes,
};

use crate::scopes::{ScopesError, count, entries, families, granted, likely, line, operations as named};

/// What a token is to be good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All operations that only read.
    ReadOnly,
    /// Operations and families, by name; `all` is every family.
    For(Vec<String>),
    /// These scopes.
    Scopes(String),
}

/// The scopes of a consent, and what they are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The scopes.
    pub scopes: Vec<String>,
    /// What they are for, in words.
    pub purpose: String,
}

impl Wanted {
    /// The scopes to ask for: the smallest set, with what finding the organization takes. Scopes that were given are
    /// asked for as they are.
    ///
    /// # Errors
    ///
    /// If a name is unknown, or a scope cannot be one.
    pub fn asked(&self) -> Result<Asked, ScopesError> {
        match self {
            Self::ReadOnly => Ok(read_only()),
            Self::For(names) => {
                let operations = chosen(names)?;
                let listed = line(&names.join(", "));
                Ok(smallest(&operations, |count| format!("{listed} ({count})")))
            }
            Self::Scopes(text) => given(text),
        }
    }
}

/// What allows reading and nothing else. Some operations that read need a scope that allows changes as well, by the API's
/// description; they are left out.
fn read_only() -> Asked {
    let safe: Vec<_> = operations().filter(|operation| operation.risk == Risk::Safe).collect();
    let of_reads = |operation: &&&'static Operation| {
        operation.scopes.is_empty() || operation.scopes.iter().any(|set| set.iter().all(only_reads))
    };
    let reads: Vec<_> = safe.iter().filter(of_reads).copied().collect();
    let others = safe.len() - reads.len();
    let mut asked = smallest(&reads, |count| {
        format!("{count} that only read ({others} that need a scope for changes are left out; --for names them)")
    });
    // Where there is a choice, one that reads.
    asked.scopes.retain(|scope| is_read(scope));
    let granted = ScopeSet::new(&asked.scopes);
    for operation in reads.into_iter().filter(|operation| !granted.allow(operation)) {
        let set = operation.scopes.iter().find(|set| set.iter().all(only_reads));
        asked.scopes.extend(set.into_iter().flat_map(|set| set.iter()).map(ToString::to_string));
    }
    asked.scopes.sort();
    asked.scopes.dedup();
    asked
}

fn only_reads(scope: &Scope) -> bool {
    is_read(&scope.to_string())
}

/// Whether a scope's action is the one that reads.
fn is_read(scope: &str) -> bool {
    scope.rsplit('.').next().is_some_and(|action| action.eq_ignore_ascii_case("READ"))
}

fn smallest(operations: &[&'static Operation], purpose: impl FnOnce(String) -> String) -> Asked {
    let needed = operations.iter().copied().chain([organization_discovery()]);
    let scopes = smallest_scopes(needed).iter().map(ToString::to_string).collect();
    Asked { scopes, purpose: purpose(count(operations.len(), "operation")) }
}

fn given(text: &str) -> Result<Asked, ScopesError> {
    let scopes: ScopeSet = granted(text);
    if scopes.is_empty() {
        return Err(ScopesError::new("--scopes names none; write them as in \"Desk.tickets.READ Desk.basic.READ\""));
    }
    let odd: Vec<String> = scopes.odd().filter_map(|odd| wrong(&odd)).collect();
    if !odd.is_empty() {
        return Err(ScopesError::new(format!("--scopes: {}", odd.join("; "))));
    }
    let scopes: Vec<String> = scopes.iter().map(str::to_owned).collect();
    Ok(Asked { scopes, purpose: "what --scopes says".to_owned() })
}

/// What is wrong with a scope, with the one that was probably meant. One of another product, or of an area that is new,
/// may be meant as it is.
fn wrong(odd: &OddScope) -> Option<String> {
    let told = line(&odd.to_string());
    match odd.oddity {
        Oddity::Malformed | Oddity::UnknownAction => Some(told),
        Oddity::UnknownArea | Oddity::OtherProduct => {
            let (area, action) = odd.scope.rsplit_once('.')?;
            let sets = operations().flat_map(|operation| operation.scopes.iter().copied());
            let known: BTreeSet<String> = sets.flatten().map(ToString::to_string).collect();
            let areas = known.iter().filter_map(|scope| scope.rsplit_once('.')).map(|(area, _)| area);
            let product = |area: &str| area.split_once('.').map_or(area, |(product, _)| product).to_owned();
            let products: BTreeSet<String> = areas.clone().map(product).collect();
            likely(&product(area), products.iter().map(String::as_str))?;
            // What all of them begin with says nothing.
            let own = |area: &str| area.split_once('.').map_or(area, |(_, own)| own).to_owned();
            let names: BTreeSet<String> = areas.clone().map(own).collect();
            let meant = likely(&own(area), names.iter().map(String::as_str))?;
            let meant = areas.clone().find(|area| own(area) == meant)?;
            Some(format!("{told}; did you mean {meant}.{action}?"))
        }
        _ => None,
    }
}

/// The operations of these names, and of these families.
fn chosen(names: &[String]) -> Result<Vec<&'static Operation>, ScopesError> {
    let words: Vec<&str> =
        names.iter().flat_map(|names| names.split([',', ' '])).filter(|name| !name.is_empty()).collect();
    if words.is_empty() {
        return Err(ScopesError::new("--for names nothing; write operations or families, such as --for tickets"));
    }
    let (mut of_families, mut of_names) = (Vec::new(), Vec::new());
    for word in words {
        if families(&[word]).is_ok() {
            of_families.push(word);
        } else if named(&[word]).is_ok() {
            of_names.push(word);
        } else {
            return Err(unknown(word));
        }
    }
    let (families, mut all) = (families(&of_families)?, named(&of_names)?);
    for entry in entries().iter().filter(|entry| families.contains(entry.family())) {
        if !all.iter().any(|known| known.id == entry.operation.id) {
            all.push(entry.operation);
        }
    }
    Ok(all)
}

fn unknown(word: &str) -> ScopesError {
    let families = entries().iter().map(|entry| entry.family());
    let meant = match likely(word, families.chain(operations().map(|known| known.id))) {
        Some(likely) => format!(" (did you mean {likely}?)"),
        None => String::new(),
    };
    let shown: String = line(word).chars().take(100).collect();
    ScopesError::new(format!(
        "there is no operation and no family `{shown}`{meant}. `desk scopes list` has the operations with their families"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(names: &[&str]) -> Result<Asked, String> {
        Wanted::For(names.iter().map(ToString::to_string).collect()).asked().map_err(|error| error.to_string())
    }

    #[test]
    fn scopes_are_the_smallest_set_with_that_for_the_organization() {
        let one = asked(&["get_tickets,update_ticket"]).unwrap();
        assert_eq!(one.purpose, "get_tickets,update_ticket (2 operations)");
        let allows = |asked: &Asked, name: &str| ScopeSet::new(&asked.scopes).allow(desk_sdk::operation(name).unwrap());
        assert!(allows(&one, "get_tickets") && allows(&one, "get_organizations") && !allows(&one, "get_contacts"));
        let family = asked(&["contacts", "get_tickets"]).unwrap();
        assert!(allows(&family, "get_contacts") && allows(&family, "get_tickets") && !allows(&family, "create_ticket"));
    }

    #[test]
    fn a_read_only_token_reads_and_can_do_little_else() {
        let asked = Wanted::ReadOnly.asked().unwrap();
        assert!(asked.scopes.iter().all(|scope| scope.ends_with(".READ")), "{:?}", asked.scopes);
        let scopes = ScopeSet::new(&asked.scopes);
        let safe: Vec<_> = operations().filter(|operation| operation.risk == Risk::Safe).collect();
        let allowed = safe.iter().filter(|operation| scopes.allow(operation)).count();
        assert!(allowed * 20 > safe.len() * 19, "{allowed} of {}", safe.len());
        assert!(asked.purpose.starts_with(&format!("{allowed} operations that only read (")), "{}", asked.purpose);
        assert!(!scopes.allow(desk_sdk::operation("create_ticket").unwrap()));
    }

    #[test]
    fn what_is_unknown_is_told() {
        assert!(asked(&["tikets"]).unwrap_err().contains("did you mean tickets?"));
        assert!(asked(&["get_tickts"]).unwrap_err().contains("did you mean get_tickets?"));
        assert!(asked(&[" , "]).unwrap_err().contains("names nothing"));
        for (given, told) in [
            ("", "names none"),
            ("tickets", "tickets"),
            ("Desk.tickets.RAED", "RAED"),
            ("Desk.tickts.READ", "did you mean Desk.tickets.READ?"),
            ("Dsk.tickets.ALL", "did you mean Desk.tickets.ALL?"),
        ] {
            let error = Wanted::Scopes(given.to_owned()).asked().unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
        for given in ["ZohoCRM.modules.ALL", "Desk.somethingelse.READ"] {
            assert!(Wanted::Scopes(given.to_owned()).asked().is_ok(), "{given} may be meant");
        }
    }
}
