//! Enums whose list of values is open.

use serde::de::{Deserialize, Deserializer};

use super::{FromText, Sendable, ToValue, Written};

/// An enum of the API. Its description lists values, but others come and may be sent as well:
/// those keep their text, in the variant `Unlisted`.
///
/// Any text becomes a value: `"High".into()`, or `"High".parse()`. A value is equal to its text, sorts as its text does,
/// and is text in JSON.
///
/// Some values the API writes in several ways, such as `Draft` and `DRAFT`. Each of them reads as the same variant and is
/// equal to it. A record that is written again has the spelling that it was read from, and a call sends the spelling
/// that its operation lists.
///
/// ```
/// use desk_sdk::types::TicketStatusType;
///
/// let status: TicketStatusType = "On Hold".into();
/// assert!(status == TicketStatusType::OnHold && status == "On Hold");
/// assert!(TicketStatusType::from("Waiting") == "Waiting");
/// ```
pub trait OpenEnum: Sized + for<'a> From<&'a str> {
    /// The value as written on the wire.
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

/// An enum in whose place a [`TimeRange`](super::TimeRange) may be sent.
pub trait OrTimeRange: OpenEnum {}

impl<T: OpenEnum> Sendable for T {}

impl<T: OpenEnum> FromText for T {}

impl<T: OpenEnum> ToValue for T {
    fn to_value(self) -> Written {
        Ok(self.as_str().into())
    }
}

/// Whether a text is a spelling of a value.
pub(crate) fn is_spelling<T: OpenEnum>(value: &T, text: &str) -> bool {
    let written = value.as_str();
    written == text || T::from(text).as_str() == written
}

/// Reads a value from text.
pub(crate) fn deserialize<'de, T: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
    Ok(T::from(&text))
}

/// What the language and the libraries ask of a value. Four hundred enums have it, so bodies are few and short.
macro_rules! open_enum {
    ($name:ident) => {
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::OpenEnum::as_str(self) == $crate::OpenEnum::as_str(other)
            }
        }

        impl Eq for $name {}

        impl PartialEq<str> for $name {
            #[inline]
            fn eq(&self, text: &str) -> bool {
                $crate::value::is_spelling(self, text)
            }
        }

        impl PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, text: &&str) -> bool {
                $crate::value::is_spelling(self, text)
            }
        }

        impl PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                $crate::OpenEnum::as_str(self).cmp($crate::OpenEnum::as_str(other))
            }
        }

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                $crate::OpenEnum::as_str(self).hash(state);
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<&String> for $name {
            #[inline]
            fn from(text: &String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<&$name> for $name {
            #[inline]
            fn from(value: &$name) -> Self {
                value.clone()
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(text.into())
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::OpenEnum::as_str(self))
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::OpenEnum::as_str(self))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::OpenEnum::as_str(self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::deserialize_word(deserializer)
            }
        }
    };
}

pub(crate) use open_enum;
