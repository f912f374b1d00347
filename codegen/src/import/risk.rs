//! What a call may do to data, judging by its method and name. If the rule is wrong, a correction
//! in `spec/local` overrides it.

use heck::ToSnakeCase;

use crate::spec::{Method, Risk};

/// Words in paths and operation ids that mean something is lost.
const DESTROYING: &[&str] = &[
    "anonymize",
    "clear",
    "deactivate",
    "delete",
    "disable",
    "discard",
    "dissociate",
    "empty",
    "erase",
    "merge",
    "purge",
    "remove",
    "reset",
    "revoke",
    "spam",
    "trash",
    "unassociate",
    "unpin",
];

/// The risk of an operation, judging by its method and words.
pub(crate) fn of(method: Method, path: &str, id: &str) -> Risk {
    match method {
        Method::Get => Risk::Safe,
        Method::Delete => Risk::Destructive,
        Method::Post | Method::Put | Method::Patch if destroys(path, id) => Risk::Destructive,
        Method::Post | Method::Put | Method::Patch => Risk::Write,
    }
}

fn destroys(path: &str, id: &str) -> bool {
    let literals = path.split('/').filter(|step| !step.starts_with('{'));
    literals.chain([id]).any(|step| {
        let words = step.to_snake_case();
        words.split('_').any(|word| DESTROYING.contains(&word)) && !words.starts_with("restore")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_for_writing_methods_only() {
        let cases = [
            (Method::Get, "/api/v1/tickets/{ticketId}", "getTicket", Risk::Safe),
            (Method::Get, "/api/v1/recycleBin/trash", "getTrash", Risk::Safe),
            (Method::Delete, "/api/v1/tasks/{taskId}/timer", "stopTimer", Risk::Destructive),
            (Method::Post, "/api/v1/tickets/moveToTrash", "deleteTicket", Risk::Destructive),
            (Method::Post, "/api/v1/tickets/markSpam", "markTicketAsSpam", Risk::Destructive),
            (Method::Patch, "/api/v1/tickets/{ticketId}", "updateTicket", Risk::Write),
            (Method::Post, "/api/v1/emptyings/{merge}", "createThing", Risk::Write),
        ];
        for (method, path, id, risk) in cases {
            assert_eq!(of(method, path, id), risk, "{method} {path} {id}");
        }
    }
}
