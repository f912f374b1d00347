//! What tells people about operations: which one does what they want, and how it is called.
//!
//! | modules | responsibility |
//! | --- | --- |
//! | `find` | the operations that words describe, best first |

mod find;

pub use self::find::{Found, UnknownWord, find};
