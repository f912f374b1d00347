//! The shapes of generated types. They are macros because most of each type is the same and would otherwise be repeated
//! over a thousand times.

/// Records in answers: public fields, each with its wire name and, where known, its meaning. Docs show the wire name in
/// backticks, or the `shown` text where the name would be markup. People recognise a record by its `key_fields`.
macro_rules! records {
    ($(
        $(#[$about:meta])*
        pub struct $name:ident {
            $($field:ident: $type:ty = $wire:literal $(, $means:literal)? $(shown $shown:literal)?,)*
        }
        $(key_fields [$($key:literal),*])?
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Default)]
        #[non_exhaustive]
        pub struct $name {
            $(#[doc = $crate::record::shown!($wire $(, $means)? $(shown $shown)?)] pub $field: $type,)*
            /// Keys that are not declared.
            pub undeclared: $crate::Undeclared,
        }

        impl $crate::Record for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static [&'static str] = &[$($wire),*];
            $(const KEY_FIELDS: &'static [$crate::KeyField] = &[$($crate::KeyField($key)),*];)?

            #[inline]
            fn parts(&self) -> (Vec<&dyn $crate::Held>, &$crate::Undeclared) {
                (vec![$(&self.$field),*], &self.undeclared)
            }

            #[inline]
            fn parts_mut(&mut self) -> (Vec<&mut dyn $crate::Slot>, &mut $crate::Undeclared) {
                (vec![$(&mut self.$field),*], &mut self.undeclared)
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

/// Open enums: an unlisted value keeps its text. A value that the API writes in several ways is one variant with
/// several spellings, of which the first is sent. Docs show a value in backticks, or the `shown` text where the value
/// would be markup. The trait after the name is for values that may be sent besides words.
macro_rules! open_enums {
    ($(
        $(#[$about:meta])*
        pub enum $name:ident $(: $beside:ident)? {
            $($variant:ident = $wire:literal $(| $other:literal)* $(shown $shown:literal)?,)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = $crate::record::shown!($wire $(| $other)* $(shown $shown)?)] $variant,)*
            /// A value that the API's description does not list.
            Unlisted(String),
        }

        impl $name {
            /// The values that the API's description lists, in every spelling.
            pub const VALUES: &'static [&'static str] = &[$($wire, $($other,)*)*];
        }

        impl $crate::OpenEnum for $name {
            #[inline]
            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unlisted(text) => text,
                }
            }
        }

        impl $crate::Leaf for $name {
            #[inline]
            fn read(single: &$crate::record::Single<'_>, decoder: &mut $crate::Decoder) -> Option<Self> {
                $crate::record::read_word(single, decoder)
            }

            #[inline]
            fn encode(&self) -> serde_json::Value {
                $crate::OpenEnum::as_str(self).into()
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                match text {
                    $($wire $(| $other)* => Self::$variant,)*
                    _ => Self::Unlisted(text.to_owned()),
                }
            }
        }

        $crate::value::open_enum!($name);
        $(impl $crate::value::$beside for $name {})?
    )*};
}

/// The docs of a field or value.
macro_rules! shown {
    ($wire:literal $(| $other:literal)*) => {
        concat!("`", $wire, "`" $(, ", also written `", $other, "`")*)
    };
    ($wire:literal, $means:literal) => {
        concat!("`", $wire, "` · ", $means)
    };
    ($wire:literal $(| $other:literal)* shown $shown:literal) => {
        $shown
    };
}

/// A record to send, with its setters and its table. Only fields that were set are written.
macro_rules! input {
    (
        $(#[$about:meta])*
        $name:ident $(, $custom:ident $held:literal)? {
            $($(#[$note:meta])* $setter:ident $(($type:ty))? $([$list:ident<$of:ty>])? = $wire:literal;)*
        }
        $table:item
    ) => {
        $(#[$about])*
        #[derive(Clone, PartialEq)]
        pub struct $name(pub(crate) $crate::value::Fields);

        impl $name {
            pub(crate) fn table() -> &'static [$crate::Field] {
                $table
                FIELDS
            }

            /// Starts with no fields.
            pub fn new() -> Self {
                Self($crate::value::Fields::default())
            }

            $(
                $(#[$note])*
                $(pub fn $setter(self, value: impl Into<$type>) -> Self {
                    Self($crate::value::set::<$type>(self.0, $wire, value))
                })?
                $(pub fn $setter<Form>(self, values: impl $list<$of, Form>) -> Self {
                    Self($crate::value::set::<$crate::value::Patch<Vec<$of>>>(self.0, $wire, values.patch()))
                })?
            )*

            $(
                #[doc = concat!(
                    "Sets the custom fields, `", $held, "`, from a value of your own: a struct with serde's `Serialize`, \
                     or a map. Replaces any that were set before. If it cannot be written as JSON, the call is refused."
                )]
                pub fn $custom(self, fields: &impl serde::Serialize) -> Self {
                    Self(self.0.set($held, $crate::value::custom(fields)))
                }
            )?

            /// Sets an undeclared field, such as a custom one.
            pub fn field(self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
                Self(self.0.set(name, $crate::value::Given::Value(value.into())))
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.debug(stringify!($name), f)
            }
        }

        impl $crate::value::Sendable for $name {}

        impl $crate::value::ToValue for $name {
            #[inline]
            fn to_value(self) -> $crate::value::Written {
                self.0.into_value()
            }
        }
    };
}

pub(crate) use {input, open_enums, records, shown};
