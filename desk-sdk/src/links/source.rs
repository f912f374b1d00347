//! Where the links of a record come from.

/// Where a record's links come from.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Links {
    pub(super) agent: Source,
    pub(super) help_center: Source,
}

/// Where a link to one kind of page comes from.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    /// The field that holds it, by wire name.
    pub(super) field: Option<&'static str>,
    /// What follows the site's address, with fields in braces.
    pub(super) pattern: Option<&'static str>,
    /// Whether nobody says that the pattern is right.
    pub(super) inferred: bool,
}

impl Links {
    pub(crate) const NONE: Self = Self { agent: Source::NONE, help_center: Source::NONE };

    pub(crate) const fn agent(self, source: Source) -> Self {
        Self { agent: source, ..self }
    }

    pub(crate) const fn help_center(self, source: Source) -> Self {
        Self { help_center: source, ..self }
    }
}

impl Source {
    pub(crate) const NONE: Self = Self { field: None, pattern: None, inferred: false };

    pub(crate) const fn field(self, wire: &'static str) -> Self {
        Self { field: Some(wire), ..self }
    }

    pub(crate) const fn observed(self, pattern: &'static str) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    pub(crate) const fn inferred(self, pattern: &'static str) -> Self {
        Self { pattern: Some(pattern), inferred: true, ..self }
    }
}
