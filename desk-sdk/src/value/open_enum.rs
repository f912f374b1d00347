//! Enums whose list of values is open.

use super::{FromText, Sendable};

/// An enum of the API. Its description lists values, but others come and may be sent as well:
/// those keep their text, in the variant `Unlisted`.
///
/// Any text becomes a value: `"High".into()`.
pub trait OpenEnum: for<'a> From<&'a str> {
    /// The value as it stands on the wire.
    fn as_str(&self) -> &str;

    /// For sorting: the same key, but from the last to the first.
    ///
    /// ```
    /// use desk_sdk::OpenEnum as _;
    /// use desk_sdk::tickets::GetTickets;
    /// use desk_sdk::types::TicketSortBy;
    ///
    /// let newest_first = GetTickets::new().sort_by(TicketSortBy::CreatedTime.descending());
    /// # let _ = newest_first;
    /// ```
    #[must_use]
    fn descending(&self) -> Self {
        Self::from(format!("-{}", self.as_str()).as_str())
    }
}

impl<T: OpenEnum> Sendable for T {}

impl<T: OpenEnum> FromText for T {}

impl<T: OpenEnum> super::ToValue for T {
    fn to_value(self) -> serde_json::Value {
        self.as_str().into()
    }
}
