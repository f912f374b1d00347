//! One change of the spec: what it is, what it does to the generated Rust API, and what it does to integrations.

use std::fmt;

use serde::Serialize;

/// What a change does to the generated Rust API, in the sense of semantic versioning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nothing that is generated differs.
    #[default]
    None,
    /// Docs or tables differ, and nothing that the compiler checks: a patch.
    Documentation,
    /// Whatever compiled still compiles: a minor release.
    Compatible,
    /// What compiled may compile no longer: a major release.
    Breaking,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Documentation => "documentation",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        })
    }
}

/// A change of the spec.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    pub kind: Kind,
    pub of: Subject,
    /// What changed, in words.
    pub what: String,
    pub rust: Level,
    /// The public items of the crate that it adds, removes or changes. Those of a type that is new or gone are counted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemChange>,
    /// What it does to programs that call the API, whatever they are written in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
}

impl Change {
    /// A change that so far does nothing but change what is generated.
    pub(super) fn new(kind: Kind, of: Subject, what: impl Into<String>) -> Self {
        Self { kind, of, what: what.into(), rust: Level::Documentation, items: Vec::new(), effects: Vec::new() }
    }

    #[must_use]
    pub(super) fn with(mut self, effects: impl IntoIterator<Item = Effect>) -> Self {
        self.effects.extend(effects);
        self
    }
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Operation(String),
    Type(String),
    Family(String),
    Scope(String),
    /// Tables that belong to none of these.
    Crate(String),
}

impl Subject {
    /// What kind of thing it is, in a word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Operation(_) => "operation",
            Self::Type(_) => "type",
            Self::Family(_) => "family",
            Self::Scope(_) => "scope",
            Self::Crate(_) => "crate",
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        let (Self::Operation(name) | Self::Type(name) | Self::Family(name) | Self::Scope(name) | Self::Crate(name)) =
            self;
        name
    }
}

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    OperationAdded,
    OperationRemoved,
    OperationRenamed,
    OperationMoved,
    RouteChanged,
    ParameterAdded,
    ParameterRemoved,
    ParameterChanged,
    BodyChanged,
    AnswerChanged,
    ScopesChanged,
    RiskChanged,
    OrganizationChanged,
    PagingChanged,
    AliasAdded,
    AliasRemoved,
    AliasChanged,
    DeprecationChanged,
    TypeAdded,
    TypeRemoved,
    TypeRenamed,
    TypeMoved,
    FieldAdded,
    FieldRemoved,
    FieldChanged,
    ValueAdded,
    ValueRemoved,
    ValueChanged,
    FamilyAdded,
    FamilyRemoved,
    FamilyChanged,
    ScopeAdded,
    ScopeRemoved,
    /// Public items that changed for no reason of their own, such as the type of a field whose type was renamed.
    ItemsChanged,
    DocumentationChanged,
    TablesChanged,
}

/// A public item of the generated crate before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    pub path: String,
    /// How it was declared; none if it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// How it is declared; none if it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    pub rust: Level,
    /// How many items came or went with it, because they are parts of it.
    #[serde(skip_serializing_if = "is_zero")]
    pub parts: usize,
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl ItemChange {
    /// Whether only its documentation differs.
    pub fn is_documentation(&self) -> bool {
        self.old == self.new
    }
}

/// What a change does to programs that call the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    pub kind: EffectKind,
    /// In words, to be read after the name of the operation or type.
    pub what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

impl Effect {
    pub(super) fn new(kind: EffectKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), old: None, new: None }
    }

    pub(super) fn between(self, old: impl fmt::Display, new: impl fmt::Display) -> Self {
        Self { old: Some(old.to_string()), new: Some(new.to_string()), ..self }
    }
}

/// Kinds of effects, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectKind {
    /// The same call or value means something else: nothing fails, and that is the trouble.
    AnotherMeaning,
    /// What is called is described no longer.
    Gone,
    /// Scopes that were enough may be enough no longer.
    OtherScopes,
    /// A value has to be given that could be left out.
    NewlyRequired,
    /// A rule refuses values that it let through.
    RefusesMore,
    /// What was read from an answer is not there, or is something else.
    OtherAnswer,
    /// Clients with a limit for risks may refuse the call, or no longer.
    OtherRisk,
    /// A call costs another number of credits, or a list takes another number of calls.
    OtherCost,
    /// A list is read in another way.
    OtherReading,
    /// Whether scopes are certain.
    OtherDoubt,
    /// Further scopes are enough.
    MoreScopes,
    /// A rule lets values through that it refused.
    RefusesLess,
}

impl EffectKind {
    /// All kinds, the most important first.
    pub const ALL: [Self; 12] = [
        Self::AnotherMeaning,
        Self::Gone,
        Self::OtherScopes,
        Self::NewlyRequired,
        Self::RefusesMore,
        Self::OtherAnswer,
        Self::OtherRisk,
        Self::OtherCost,
        Self::OtherReading,
        Self::OtherDoubt,
        Self::MoreScopes,
        Self::RefusesLess,
    ];

    /// A heading for operations or types with this effect.
    pub fn heading(self) -> &'static str {
        match self {
            Self::AnotherMeaning => "Mean something else now, without an error",
            Self::Gone => "Are described no longer",
            Self::OtherScopes => "May need other scopes now",
            Self::NewlyRequired => "Need a value now",
            Self::RefusesMore => "Refuse more now",
            Self::OtherAnswer => "Answer something else now",
            Self::OtherRisk => "Have another risk now",
            Self::OtherCost => "Cost something else now",
            Self::OtherReading => "Lists are read in another way now",
            Self::OtherDoubt => "In doubt now, or no longer",
            Self::MoreScopes => "Accept more scopes now",
            Self::RefusesLess => "Refuse less now",
        }
    }

    /// Whether programs that worked may have to change.
    pub fn asks_for_work(self) -> bool {
        !matches!(self, Self::OtherDoubt | Self::MoreScopes | Self::RefusesLess)
    }
}
