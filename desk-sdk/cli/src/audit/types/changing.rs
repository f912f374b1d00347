//! Which methods of other types change what they are called on, and what may be left then.

use std::rc::Rc;

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
            Self::Map(both) => Self::Map(Rc::new((both.0.clone().changed(), both.1.clone().changed()))),
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

/// Whether a method leaves a text, or each thing of a list, as it is, and gives back nothing else than those.
pub(in crate::audit) fn leaves_as_is(method: &str) -> bool {
    LEAVE.binary_search(&method).is_ok()
}

/// In alphabetical order.
const LEAVE: &[&str] = &[
    "all",
    "and_then",
    "any",
    "as_bytes",
    "as_deref",
    "as_os_str",
    "as_path",
    "as_ptr",
    "as_ref",
    "as_slice",
    "as_str",
    "binary_search",
    "borrow",
    "boxed",
    "buffer_unordered",
    "buffered",
    "by_ref",
    "bytes",
    "capacity",
    "chain",
    "char_indices",
    "chars",
    "choose",
    "choose_multiple",
    "chunks",
    "chunks_exact",
    "clamp",
    "clone",
    "cloned",
    "cmp",
    "collect",
    "concat",
    "contains",
    "contains_key",
    "copied",
    "count",
    "cycle",
    "dedup",
    "deref",
    "difference",
    "downgrade",
    "ends_with",
    "entry",
    "enumerate",
    "eq",
    "eq_ignore_ascii_case",
    "expect",
    "filter",
    "filter_map",
    "find",
    "find_map",
    "first",
    "first_key_value",
    "flat_map",
    "flatten",
    "flatten_ok",
    "fold",
    "for_each",
    "for_each_concurrent",
    "fuse",
    "ge",
    "get",
    "get_index",
    "get_key_value",
    "get_or_init",
    "get_or_insert",
    "get_or_insert_with",
    "get_or_try_init",
    "gt",
    "hash",
    "inspect",
    "intersection",
    "intersperse",
    "into",
    "into_boxed_slice",
    "into_boxed_str",
    "into_bytes",
    "into_future",
    "into_inner",
    "into_iter",
    "into_keys",
    "into_owned",
    "into_par_iter",
    "into_sorted_vec",
    "into_stream",
    "into_string",
    "into_value",
    "into_values",
    "into_vec",
    "is_ascii",
    "is_char_boundary",
    "is_disjoint",
    "is_empty",
    "is_err",
    "is_none",
    "is_none_or",
    "is_ok",
    "is_ok_and",
    "is_some",
    "is_some_and",
    "is_sorted",
    "is_subset",
    "is_superset",
    "iter",
    "join",
    "key",
    "keys",
    "last",
    "last_key_value",
    "le",
    "leak",
    "len",
    "lines",
    "load",
    "load_full",
    "lt",
    "map",
    "map_err",
    "map_or",
    "map_or_else",
    "map_while",
    "max",
    "max_by",
    "max_by_key",
    "min",
    "min_by",
    "min_by_key",
    "ne",
    "next",
    "next_back",
    "next_if",
    "nth",
    "nth_back",
    "ok",
    "ok_or",
    "ok_or_else",
    "or",
    "or_default",
    "or_else",
    "or_insert",
    "or_insert_with",
    "or_insert_with_key",
    "par_iter",
    "parse",
    "partial_cmp",
    "peek",
    "peekable",
    "pop_back",
    "pop_first",
    "pop_front",
    "pop_last",
    "position",
    "product",
    "read",
    "recv",
    "repeat",
    "replace",
    "replacen",
    "reserve",
    "rev",
    "reverse",
    "rfind",
    "rfold",
    "rotate_left",
    "rotate_right",
    "rposition",
    "rsplit",
    "rsplit_once",
    "scan",
    "send",
    "shrink_to_fit",
    "shuffle",
    "skip",
    "skip_while",
    "sort",
    "sort_by",
    "sort_by_cached_key",
    "sort_by_key",
    "sort_unstable",
    "sort_unstable_by",
    "sort_unstable_by_key",
    "sorted",
    "sorted_by",
    "spawn",
    "split",
    "split_first",
    "split_last",
    "split_once",
    "split_whitespace",
    "splitn",
    "starts_with",
    "step_by",
    "stream",
    "strip_prefix",
    "strip_suffix",
    "subscribe",
    "sum",
    "swap_remove",
    "symmetric_difference",
    "take",
    "take_while",
    "then",
    "then_some",
    "to_ascii_lowercase",
    "to_ascii_uppercase",
    "to_bytes",
    "to_lowercase",
    "to_owned",
    "to_string",
    "to_uppercase",
    "to_vec",
    "trim",
    "trim_end",
    "trim_start",
    "try_collect",
    "try_fold",
    "try_into",
    "try_recv",
    "try_send",
    "union",
    "unique",
    "unwrap",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "unwrap_unchecked",
    "upgrade",
    "value",
    "values",
    "windows",
    "xor",
    "zip",
];
