//! Calls of any operation with arguments from a command line.
//!
//! Nothing here knows an operation by name: options are made from the operation's tables when it is called.
//!
//! | modules | responsibility |
//! | --- | --- |
//! | `input`, `dotted` | the values that an operation takes, and the options that give them |
//! | `options` | the options that every call has |
//! | `words` | kinds and rules in words |
//! | `command` | the command of one operation |
//! | `value`, `plain`, `given` | texts of the command line as the arguments of a call |
//! | `consent` | which calls need a flag, and which a person's yes |
//! | `request`, `form` | a request as text and as a curl command |
//! | `shown` | the request that would be made |
//! | `output` | answers as a table, JSON, JSON lines or CSV |
//! | `making` | makes the call |

mod command;
mod consent;
mod dotted;
mod form;
mod given;
mod input;
mod making;
mod options;
mod output;
mod plain;
mod request;
mod shown;
mod value;
mod words;

pub(crate) use self::command::operation_inputs;
pub use self::command::{Misunderstood, Parsed, command, general, named, parse, split};
pub use self::consent::{Consent, consent};
pub use self::given::{Given, json_argument};
pub use self::input::{Input, Place, inputs};
pub use self::making::{Made, Making, made, may_go_on, walked};
pub use self::options::{CallOptions, Format, Options, pair};
pub(crate) use self::output::table;
pub use self::output::{Output, Target};
pub use self::request::{Shown, quoted};
pub use self::shown::{show, show_anywhere};
pub use self::words::{rules, shape};
