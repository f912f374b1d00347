//! What methods of other types do with what they hold.

use crate::audit::names::is_primitive;

/// Types of other crates that give access to what they hold.
pub(in crate::audit) const TRANSPARENT: [&str; 62] = [
    "Option",
    "Box",
    "Arc",
    "Rc",
    "Weak",
    "Vec",
    "VecDeque",
    "LinkedList",
    "BinaryHeap",
    "HashSet",
    "BTreeSet",
    "IndexSet",
    "Cow",
    "Pin",
    "Cell",
    "RefCell",
    "Ref",
    "RefMut",
    "UnsafeCell",
    "Mutex",
    "MutexGuard",
    "OwnedMutexGuard",
    "RwLock",
    "RwLockReadGuard",
    "RwLockWriteGuard",
    "OwnedRwLockReadGuard",
    "OwnedRwLockWriteGuard",
    "OnceCell",
    "OnceLock",
    "OnceBox",
    "Lazy",
    "LazyCell",
    "LazyLock",
    "ArcSwap",
    "ArcSwapOption",
    "Guard",
    "ManuallyDrop",
    "MaybeUninit",
    "Reverse",
    "Wrapping",
    "NonNull",
    "Saturating",
    "AssertUnwindSafe",
    "BoxFuture",
    "LocalBoxFuture",
    "BoxStream",
    "LocalBoxStream",
    "JoinHandle",
    "Ready",
    "Peekable",
    "Receiver",
    "Sender",
    "UnboundedReceiver",
    "UnboundedSender",
    "SmallVec",
    "ArrayVec",
    "Data",
    "State",
    "Extension",
    "Poll",
    "Bound",
    "CachePadded",
];

/// What a method gives back, and what it gives to the closures it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::audit) enum Step {
    /// What the receiver holds.
    Same,
    /// Whatever the closure gives back.
    Closure,
    /// What the receiver holds, which the closure may have made.
    Filled,
    /// What the closure gives back, which also takes it as its first argument; the second one is an element.
    Fold,
    /// A number with an element.
    Numbered,
    /// An element of the receiver with one of the argument.
    Zipped,
    Keys,
    Values,
    /// The value of a key. Of pairs it may be a part or a pair, since lists have such methods as well.
    Value,
    /// A key with its value.
    Pair,
    /// What the receiver holds, or what the argument is or gives back.
    Either,
    /// One of the arguments, or what they give back.
    Instead,
    /// The closure takes an error, or nothing.
    Aside,
    /// What the receiver fails with.
    Failure,
    /// Nothing, or else the argument.
    Sent,
    /// Nothing that matters; the closure takes an element.
    Nothing,
    /// The same thing as another type, which only the compiler knows.
    Converted,
    /// A text that is made of another one.
    NewText,
}

/// What a method of a standard type, an iterator or a stream does, by its name and the number of its arguments.
pub(in crate::audit) fn step(method: &str, arguments: usize) -> Step {
    match method {
        // Without a closure, it is no method of an iterator.
        "any" | "all" | "position" if arguments == 0 => Step::Same,
        "map"
        | "map_ok"
        | "and_then"
        | "flat_map"
        | "filter_map"
        | "map_while"
        | "find_map"
        | "then"
        | "then_some"
        | "with"
        | "with_borrow"
        | "with_borrow_mut"
        | "scope"
        | "try_filter_map"
        | "is_some_and"
        | "is_ok_and"
        | "try_flat_map"
        | "block_on"
        | "spawn"
        | "try_for_each"
        | "try_for_each_concurrent"
        | "run_until"
        | "install" => Step::Closure,
        "get_or_init"
        | "get_or_try_init"
        | "get_or_insert_with"
        | "get_or_insert"
        | "or_insert_with"
        | "or_insert"
        | "or_insert_with_key"
        | "get_with"
        | "try_get_with"
        | "optionally_get_with"
        | "get_with_by_ref"
        | "try_get_with_by_ref"
        | "try_get_or_insert"
        | "or_try_insert_with" => Step::Filled,
        "fold" | "try_fold" | "scan" | "rfold" => Step::Fold,
        "enumerate" => Step::Numbered,
        "zip" => Step::Zipped,
        "keys" | "into_keys" | "key" => Step::Keys,
        "values" | "values_mut" | "into_values" | "value" | "value_mut" | "into_value" => Step::Values,
        "get" | "get_mut" | "remove" | "entry" | "or_default" | "peek" | "get_unchecked" | "entry_by_ref"
        | "get_if_present" | "swap_remove" | "get_unchecked_mut" => Step::Value,
        "pop_first" | "pop_last" | "first_key_value" | "last_key_value" | "get_key_value" | "remove_entry"
        | "get_index" | "get_full" => Step::Pair,
        "unwrap_or" | "unwrap_or_else" | "or" | "or_else" | "xor" | "chain" => Step::Either,
        "min" | "max" | "clamp" if arguments > 0 => Step::Either,
        "map_or" | "map_or_else" => Step::Instead,
        "map_err" | "ok_or_else" | "inspect_err" | "is_err_and" => Step::Aside,
        "unwrap_err" | "expect_err" | "err" | "into_err" | "unwrap_err_unchecked" => Step::Failure,
        "send" | "try_send" | "blocking_send" | "send_timeout" | "start_send" | "set" | "try_insert" => Step::Sent,
        "len"
        | "is_some"
        | "is_none"
        | "is_ok"
        | "is_err"
        | "is_empty"
        | "count"
        | "position"
        | "contains"
        | "contains_key"
        | "any"
        | "all"
        | "for_each"
        | "for_each_concurrent"
        | "sum"
        | "capacity"
        | "eq"
        | "cmp"
        | "partial_cmp"
        | "hash" => Step::Nothing,
        "replace" | "replacen" | "to_uppercase" | "to_lowercase" | "to_ascii_uppercase" | "to_ascii_lowercase"
        | "trim" | "trim_start" | "trim_end" | "trim_matches" | "trim_start_matches" | "trim_end_matches" | "split"
        | "splitn" | "rsplit" | "split_once" | "rsplit_once" | "split_whitespace" | "strip_prefix" | "strip_suffix"
        | "chars" | "bytes" | "as_bytes" | "into_bytes" | "lines" | "repeat" | "concat" | "join" | "parse"
        | "escape_debug" | "char_indices" => Step::NewText,
        "into" | "try_into" => Step::Converted,
        _ => Step::Same,
    }
}

/// Whether a function of a type that holds others makes one without any.
pub(in crate::audit) fn makes_empty(function: &str) -> bool {
    matches!(function, "new" | "default" | "with_capacity" | "const_new" | "with_hasher" | "with_capacity_and_hasher")
}

/// Whether a function of another crate gives back what it is given, or what that holds.
pub(in crate::audit) fn gives_back(function: &str) -> bool {
    matches!(
        function,
        "Some"
            | "Ok"
            | "new"
            | "from"
            | "clone"
            | "from_iter"
            | "pin"
            | "take"
            | "replace"
            | "spawn"
            | "ready"
            | "iter"
            | "once"
            | "identity"
            | "leak"
            | "cloned"
            | "from_fn"
            | "spawn_local"
            | "timeout"
            | "into"
            | "as_ref"
            | "borrow"
            | "deref"
            | "downgrade"
            | "upgrade"
            | "lock"
            | "try_from"
            | "join_all"
            | "try_join_all"
            | "stream"
            | "repeat"
            | "black_box"
            | "into_inner"
            | "new_cyclic"
            | "successors"
            | "repeat_with"
            | "to_owned"
            | "to_string"
            | "from_str"
            | "from_pointee"
            | "Borrowed"
            | "Owned"
            | "Break"
            | "Continue"
            | "Left"
            | "Right"
            | "Ready"
    )
}

/// Whether a type of the standard library holds nothing else, so that what its functions give back is known not to matter.
pub(in crate::audit) fn holds_nothing(name: &str) -> bool {
    is_primitive(name)
        || matches!(
            name,
            "String"
                | "PathBuf"
                | "Path"
                | "OsString"
                | "OsStr"
                | "CString"
                | "CStr"
                | "Instant"
                | "SystemTime"
                | "Duration"
                | "File"
                | "OpenOptions"
                | "Command"
                | "IpAddr"
                | "SocketAddr"
                | "Ordering"
                | "ExitCode"
        )
}
