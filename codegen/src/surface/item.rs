//! One public item of the generated crate.

use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A public item, as those see it who use the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'m> {
    /// Where it is found: `tickets::GetTickets::limit`, `types::Ticket::status`.
    pub path: String,
    pub kind: Kind,
    /// What the compiler checks of it besides its path, in Rust's words.
    pub signature: String,
    /// The feature without which it does not exist. Parts have that of their type.
    pub feature: Option<&'m str>,
    pub owner: Owner<'m>,
    /// Whether its use warns.
    pub deprecated: bool,
    /// The other names of the same type.
    pub twins: Vec<&'m str>,
    /// A hash of its documentation.
    pub docs: u64,
}

/// What kind of item it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A cargo feature, or its place among those that are enabled by default.
    Feature,
    /// A constant for a scope.
    Constant,
    /// A parameter struct. Its only field is private, so it is made by `new` alone.
    Parameters,
    /// A record to send. Its only field is private, so it is made by `new` alone.
    Input,
    /// A record of answers. All of its fields are public.
    Record,
    /// A public field.
    Field,
    /// An open enum.
    Enum,
    /// A value of one.
    Variant,
    /// An associated function.
    Function,
    /// A trait that only some types have.
    Implementation,
}

/// What an item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner<'m> {
    /// An operation, by its id.
    Operation(&'m str),
    /// A record or an enum, by its Rust name.
    Type(&'m str),
    /// A family of operations.
    Family(&'m str),
    /// A scope, by its text.
    Scopes,
}

impl<'m> Item<'m> {
    pub(super) fn new(kind: Kind, path: String, owner: Owner<'m>) -> Self {
        let signature = String::new();
        Self { path, kind, signature, feature: None, owner, deprecated: false, twins: Vec::new(), docs: 0 }
    }

    pub(super) fn signed(self, signature: String) -> Self {
        Self { signature, ..self }
    }

    pub(super) fn needing(self, feature: &'m str) -> Self {
        Self { feature: Some(feature), ..self }
    }

    /// The same as an earlier name, whose use warns.
    pub(super) fn discouraged(self) -> Self {
        Self { deprecated: true, ..self }
    }

    pub(super) fn documented(self, docs: &str) -> Self {
        let mut hash = DefaultHasher::new();
        docs.hash(&mut hash);
        Self { docs: hash.finish(), ..self }
    }

    /// The path of the type that it is a part of.
    pub fn parent(&self) -> &str {
        let path = self.path.split_once(": ").map_or(self.path.as_str(), |(of, _)| of);
        if path.len() < self.path.len() { path } else { path.rsplit_once("::").map_or("", |(parent, _)| parent) }
    }
}

impl fmt::Display for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, kind, signature, .. } = self;
        let word = match kind {
            Kind::Parameters | Kind::Record | Kind::Input => "struct ",
            Kind::Enum => "enum ",
            Kind::Function => "fn ",
            Kind::Constant => "const ",
            Kind::Implementation => "impl ",
            Kind::Feature => "feature ",
            Kind::Field | Kind::Variant => "",
        };
        write!(f, "{word}{path}{signature}")?;
        if !self.twins.is_empty() {
            write!(f, ", the same as {}", self.twins.join(", "))?;
        }
        if self.deprecated {
            f.write_str(", deprecated")?;
        }
        self.feature.map_or(Ok(()), |feature| write!(f, " [{feature}]"))
    }
}
