//! How a token is presented.

use crate::generated::api::TOKEN_TYPES;
pub use crate::generated::api::TokenType;

impl TokenType {
    /// The word itself.
    pub fn as_str(self) -> &'static str {
        TOKEN_TYPES.iter().find(|(known, _)| *known == self).map_or("", |(_, word)| word)
    }

    /// The type with this name, ignoring case; `None` if Desk does not accept such tokens.
    pub fn from_name(name: &str) -> Option<Self> {
        TOKEN_TYPES.iter().find(|(_, word)| word.eq_ignore_ascii_case(name)).map(|(known, _)| *known)
    }
}
