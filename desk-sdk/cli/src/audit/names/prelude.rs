//! Names that nobody has to declare.

/// Whether it is a type of the language itself.
pub(in crate::audit) fn is_primitive(name: &str) -> bool {
    matches!(
        name,
        "str"
            | "bool"
            | "char"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "i8"
            | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "f32"
            | "f64"
    )
}

/// Names that every module knows, as far as they are looked up.
pub(super) fn prelude(name: &str) -> bool {
    is_primitive(name)
        || matches!(
            name,
            "Option"
                | "Some"
                | "None"
                | "Result"
                | "Ok"
                | "Err"
                | "Vec"
                | "String"
                | "Box"
                | "Default"
                | "PartialEq"
                | "Eq"
                | "PartialOrd"
                | "Ord"
                | "DoubleEndedIterator"
                | "ExactSizeIterator"
                | "Clone"
                | "From"
                | "Into"
                | "TryFrom"
                | "TryInto"
                | "AsRef"
                | "AsMut"
                | "Iterator"
                | "IntoIterator"
                | "Extend"
                | "ToString"
                | "ToOwned"
                | "Drop"
                | "Fn"
                | "FnMut"
                | "FnOnce"
                | "AsyncFn"
                | "AsyncFnMut"
                | "AsyncFnOnce"
                | "Send"
                | "Sync"
                | "Sized"
                | "Copy"
                | "Unpin"
                | "FromIterator"
                | "Future"
                | "IntoFuture"
                | "drop"
        )
}
