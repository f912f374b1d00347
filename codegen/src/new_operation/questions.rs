//! What is asked about a new operation.

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The HTTP method.
    Method,
    /// The path.
    Path,
    /// The name.
    Id,
    /// The module that it belongs to.
    Module,
    /// What it does.
    Summary,
    /// What a token needs.
    Scopes,
    /// What it may do to data.
    Risk,
    /// Whether it takes the organization.
    Organization,
    /// A parameter; asked until there is no other.
    Parameter,
    /// What is sent.
    Body,
    /// What comes back; asked until there is no other.
    Answer,
    /// The reason.
    Why,
    /// How reliable it is.
    Evidence,
    /// Who observed it.
    Strength,
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// What it is about.
    pub key: Key,
    /// The flag that answers it, without the dashes.
    pub flag: &'static str,
    /// The question.
    pub text: &'static str,
    /// The legal answers.
    pub legal: &'static str,
    /// Whether there may be several answers.
    pub several: bool,
}

/// Every question, in the order in which one may depend on those before it.
pub const QUESTIONS: [Question; 14] = [
    question(Key::Method, "method", "HTTP method?", "GET, POST, PUT, PATCH or DELETE"),
    question(Key::Path, "path", "Path?", "with its parameters in braces, such as /api/v1/tickets/{ticketId}"),
    question(Key::Id, "id", "Name of the operation?", "small letters, digits and underscores, starting with a letter"),
    question(Key::Module, "module", "Module?", "one that is in a family of spec/local/families.json"),
    question(Key::Summary, "summary", "What does it do?", "a sentence, such as: List the tickets of a contact."),
    question(
        Key::Scopes,
        "scopes",
        "Scopes?",
        "a space means or, a + means and: Desk.tickets.READ+Desk.search.READ Desk.basic.READ; none if any token will do",
    ),
    question(Key::Risk, "risk", "Risk?", "safe, write, outbound or destructive"),
    question(Key::Organization, "organization", "Does it take orgId?", "yes or no"),
    Question {
        several: true,
        ..question(
            Key::Parameter,
            "parameter",
            "Parameter?",
            "name, place, `required` if it is, type: limit query integer; ids query required {\"type\": \"list\", \"of\": \"id\"}",
        )
    },
    question(Key::Body, "body", "Body?", "json and a type, multipart and a type, or bytes; nothing if it has none"),
    Question {
        several: true,
        ..question(
            Key::Answer,
            "answer",
            "Answer?",
            "a status and what comes with it: 200 ticket.ticket, 200 bytes, 204 empty",
        )
    },
    question(Key::Why, "why", "Where is it known from?", "a sentence"),
    question(Key::Evidence, "evidence", "Evidence?", "documented, observed or inferred"),
    question(
        Key::Strength,
        "strength",
        "Who observed it?",
        "live (the service itself), many (clients) or one (client)",
    ),
];

const fn question(key: Key, flag: &'static str, text: &'static str, legal: &'static str) -> Question {
    Question { key, flag, text, legal, several: false }
}
