//! Which organization a request is for.

use desk_spec::Operation;

use crate::exchange::incoming::Incoming;
use crate::exchange::refusal::{Code, FieldFault, Refusal, Wrong};

/// The header's and the query parameter's name.
pub(crate) const ORG_ID: &str = "orgId";

/// The organization that a request names.
pub(crate) fn named(incoming: &Incoming) -> Option<String> {
    all_named(incoming).into_iter().next()
}

fn all_named(incoming: &Incoming) -> Vec<String> {
    let header = incoming.headers.get(ORG_ID).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let query = incoming.query.iter().filter(|(name, _)| name == ORG_ID).map(|(_, value)| value.clone());
    header.into_iter().chain(query).collect()
}

/// Whether the request names its organization where required, and no unknown one. Naming one where none is required is
/// not a fault: many programs send the header with every call.
pub(crate) fn check(
    operation: &Operation,
    incoming: &Incoming,
    required: bool,
    known: impl Fn(&str) -> bool,
) -> Result<(), Refusal> {
    let given = all_named(incoming);
    match (operation.organization && required, given.is_empty()) {
        (true, true) => {
            let message = "The organization is missing: send it in the header (or query parameter) orgId.";
            let faults = vec![FieldFault::parameter(ORG_ID, Wrong::Missing, message)];
            Err(Refusal { faults, ..Refusal::new(Code::InvalidData, message) })
        }
        (false, true) => Ok(()),
        (_, false) => match given.iter().find(|id| !known(id)) {
            Some(id) => {
                let message = format!("The token does not belong to the organization {id:?}.");
                Err(Refusal::new(Code::OauthOrgMismatch, message))
            }
            None if given.iter().any(|id| *id != given[0]) => {
                let message = "The header and the query parameter orgId name different organizations.";
                Err(Refusal::new(Code::OauthOrgMismatch, message))
            }
            None => Ok(()),
        },
    }
}
