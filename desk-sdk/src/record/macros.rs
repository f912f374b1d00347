//! The shapes that generated types have. Macros, because most of each type is the same and
//! would otherwise stand in the repository over a thousand times.

/// Records of answers: public fields, each with its wire name.
macro_rules! records {
    ($(
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$note:meta])* $field:ident: $type:ty = $wire:literal,)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Default)]
        pub struct $name {
            $($(#[$note])* pub $field: $type,)*
            /// Keys that came beyond the declared ones.
            pub undeclared: $crate::Undeclared,
        }

        impl $crate::record::Record for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [&'static str] = &[$($wire),*];

            #[inline]
            fn slots(&self) -> Vec<&dyn $crate::record::Slot> {
                vec![$(&self.$field),*]
            }

            #[inline]
            fn slots_mut(&mut self) -> Vec<&mut dyn $crate::record::Slot> {
                vec![$(&mut self.$field),*]
            }

            #[inline]
            fn undeclared(&self) -> &$crate::Undeclared {
                &self.undeclared
            }

            #[inline]
            fn undeclared_mut(&mut self) -> &mut $crate::Undeclared {
                &mut self.undeclared
            }
        }

        impl $crate::record::Leaf for $name {
            #[inline]
            fn decode(
                value: serde_json::Value,
                decoder: &mut $crate::record::Decoder,
            ) -> Result<Self, serde_json::Value> {
                $crate::record::read(value, decoder)
            }

            #[inline]
            fn encode(&self) -> serde_json::Value {
                $crate::record::encode(self)
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::record::debug(self, f)
            }
        }

        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::record::equal(self, other)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::record::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::record::deserialize(deserializer)
            }
        }
    )*};
}

/// Enums whose list of values is open: what is not listed keeps its text.
macro_rules! open_enums {
    ($(
        $(#[$about:meta])*
        pub enum $name:ident {
            $($variant:ident = $wire:literal,)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $wire, "`")] $variant,)*
            /// A value that the API's description does not list.
            Unlisted(String),
        }

        impl $name {
            /// The values that the API's description lists.
            pub const VALUES: &'static [&'static str] = &[$($wire),*];

            /// The value as it stands on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unlisted(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    text => Self::Unlisted(text.to_owned()),
                }
            }
        }

        impl $name {
            /// For sorting: the same value, but from the last to the first.
            #[inline]
            #[must_use]
            pub fn descending(&self) -> Self {
                Self::Unlisted(format!("-{}", self.as_str()))
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<&str> for $crate::Patch<$name> {
            #[inline]
            fn from(text: &str) -> Self {
                Self::Set(text.into())
            }
        }

        impl From<$crate::Null> for $crate::Patch<$name> {
            #[inline]
            fn from(_: $crate::Null) -> Self {
                Self::Null
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:?}", self.as_str())
            }
        }

        impl $crate::record::Leaf for $name {
            #[inline]
            fn decode(
                value: serde_json::Value,
                decoder: &mut $crate::record::Decoder,
            ) -> Result<Self, serde_json::Value> {
                $crate::record::word(value, decoder).map(Self::from)
            }

            #[inline]
            fn encode(&self) -> serde_json::Value {
                self.as_str().into()
            }
        }

        impl $crate::value::ToValue for $name {
            #[inline]
            fn to_value(self) -> serde_json::Value {
                self.as_str().into()
            }
        }
    )*};
}

/// Records to send: only the fields that were set are written.
macro_rules! inputs {
    ($($(#[$about:meta])* pub struct $name:ident;)*) => {$(
        $(#[$about])*
        #[derive(Clone, PartialEq)]
        pub struct $name(pub(crate) $crate::value::Fields);

        impl $name {
            /// Sets a field that is not declared, such as a custom one.
            pub fn field(self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                Self(self.0.set(name, value.into()))
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.debug(stringify!($name), f)
            }
        }

        impl $crate::value::ToValue for $name {
            #[inline]
            fn to_value(self) -> serde_json::Value {
                self.0.into_value()
            }
        }

        impl From<$crate::Null> for $crate::Patch<$name> {
            #[inline]
            fn from(_: $crate::Null) -> Self {
                Self::Null
            }
        }
    )*};
}

pub(crate) use {inputs, open_enums, records};
