//! The shape of generated links.

/// For records with links: for each kind of page, the field that holds the link, and the pattern by which it is made if
/// that field is empty.
macro_rules! links {
    ($($name:ident: $($page:ident($($of:ident $text:literal),+)),+;)*) => {$(
        impl $crate::Linked for $name {
            const LINKS: $crate::links::Links =
                $crate::links::Links::NONE$(.$page($crate::links::Source::NONE$(.$of($text))+))+;
        }
    )*};
}

pub(crate) use links;
