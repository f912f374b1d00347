//! References between OpenAPI files.

use std::fmt;

use heck::ToSnakeCase;

/// Where a reference points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    /// The file's name, such as `Ticket.json`.
    pub(super) file: String,
    pub(super) section: Section,
    pub(super) name: String,
}

/// A part of an OpenAPI file's `components`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Schemas,
    Responses,
    RequestBodies,
    Parameters,
}

impl Reference {
    /// Reads `./Ticket.json#/components/schemas/data`, or `#/components/…` for a reference within `file`.
    pub(super) fn parse(text: &str, file: &str) -> Self {
        let (target, pointer) = text.split_once('#').unwrap_or((text, ""));
        let target = target.trim_start_matches("./");
        let mut steps = pointer.trim_start_matches('/').rsplit('/');
        let name = steps.next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
        let section = match steps.next() {
            Some("responses") => Section::Responses,
            Some("requestBodies") => Section::RequestBodies,
            Some("parameters") => Section::Parameters,
            _ => Section::Schemas,
        };
        let file = if target.is_empty() { file } else { target };
        Self { file: file.to_owned(), section, name }
    }

    /// The module in a file: `IM_Bot.json` holds `im_bot`.
    pub(super) fn module(file: &str) -> String {
        file.trim_end_matches(".json").to_snake_case()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let section = match self.section {
            Section::Schemas => "schemas",
            Section::Responses => "responses",
            Section::RequestBodies => "requestBodies",
            Section::Parameters => "parameters",
        };
        write!(f, "{}#/components/{section}/{}", self.file, self.name)
    }
}
