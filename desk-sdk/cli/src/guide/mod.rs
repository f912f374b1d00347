//! What tells people about operations: which one does what they want, and how it is called.
//!
//! | modules | responsibility |
//! | --- | --- |
//! | `find` | the operations that words describe, best first |
//! | `listed` | operations as a table, or JSON |
//! | `sample` | values that an operation allows |
//! | `rust`, `example` | a call as a command, as Rust and as curl |
//! | `describe` | all that is known of an operation |

mod describe;
mod example;
mod find;
mod listed;
mod rust;
mod sample;

pub use self::describe::describe;
pub use self::example::Example;
pub use self::find::{Found, UnknownWord, find};
pub use self::listed::{found_json, listed};
