//! How a token is presented.

/// The word before a token in the header of a call. Desk takes both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenType {
    /// `Zoho-oauthtoken`, of which Desk's documentation speaks; for tokens whose type nobody told.
    #[default]
    Zoho,
    /// `Bearer`, which the accounts servers answer with.
    Bearer,
}

impl TokenType {
    /// The word itself.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Zoho => "Zoho-oauthtoken",
            Self::Bearer => "Bearer",
        }
    }

    /// The type of this name, in any case; none where Desk takes no such tokens.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Zoho, Self::Bearer].into_iter().find(|known| known.as_str().eq_ignore_ascii_case(name))
    }
}
