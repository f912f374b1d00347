//! Which methods of other types change what they are called on, and what may be left then.

use super::Ty;

impl Ty {
    /// Whether something in it is one of several.
    pub(in crate::audit) fn has_choices(&self) -> bool {
        match self {
            Self::Tuple(parts) => parts.iter().any(Self::has_choices),
            Self::Map(both) | Self::Fallible(both) => both.0.has_choices() || both.1.has_choices(),
            other => other.is_choice(),
        }
    }

    /// What it is when it may have been changed to something that cannot be seen.
    pub(in crate::audit) fn changed(self) -> Self {
        match self {
            Self::Never => Self::Unknown,
            Self::Tuple(parts) => Self::tuple(parts.iter().cloned().map(Self::changed).collect()),
            Self::Map(both) => Self::map(both.0.clone().changed(), both.1.clone().changed()),
            Self::Fallible(both) => Self::fallible(both.0.clone().changed(), both.1.clone()),
            Self::Made(made) => made.0.clone(),
            other => other.opened(),
        }
    }
}

/// Whether a method adds what it is given.
pub(in crate::audit) fn is_change(method: &str, arguments: usize) -> bool {
    match method {
        // That of a text takes two.
        "replace" => arguments == 1,
        "push" | "push_str" | "push_back" | "push_front" | "insert" | "extend" | "append" | "insert_str" | "set"
        | "store" => true,
        _ => false,
    }
}

/// Whether a method of a list leaves less of it; one of a text leaves another one.
pub(in crate::audit) fn takes_away(method: &str) -> bool {
    matches!(
        method,
        "pop" | "remove" | "drain" | "truncate" | "retain" | "retain_mut" | "clear" | "split_off" | "extract_if"
    )
}

/// Whether a method lets what it is called on be changed, even if that is no variable that may change.
pub(in crate::audit) fn opens(method: &str) -> bool {
    matches!(
        method,
        "lock"
            | "try_lock"
            | "write"
            | "try_write"
            | "borrow_mut"
            | "try_borrow_mut"
            | "get_mut"
            | "iter_mut"
            | "as_mut"
            | "first_mut"
            | "last_mut"
            | "values_mut"
            | "swap"
            | "update"
            | "with_borrow_mut"
            | "fill"
            | "fill_with"
    )
}
