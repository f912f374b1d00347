//! How a token is presented.

/// The word before a token in the header of a call. Desk accepts both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenType {
    /// `Zoho-oauthtoken`, as in Desk's documentation; for tokens whose type is unknown.
    #[default]
    Zoho,
    /// `Bearer`, which the accounts servers report.
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

    /// The type with this name, ignoring case; `None` if Desk does not accept such tokens.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Zoho, Self::Bearer].into_iter().find(|known| known.as_str().eq_ignore_ascii_case(name))
    }
}
