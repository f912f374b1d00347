//! Operations as tools for assistants, over the Model Context Protocol.
//!
//! What an assistant sees is small: three tools that find, describe and call any operation that is served, and the most
//! used operations as tools of their own. What it gets is small as well: records are cut to the fields by which people
//! know them, and long lists come in pieces. Nothing that it says, or that a record of Desk makes it say, leads anywhere
//! but to the operations that are served: names, values, risks and scopes are checked as in every call by name.
//!
//! Each module uses only those above it in this list.
//!
//! | module | responsibility |
//! | --- | --- |
//! | `settings`, `choice` | which operations are served, and which of them are tools of their own |
//! | `secret` | texts that nobody can guess or forge |
//! | `refusal` | what a model can do about a call that was not made |
//! | `view`, `cut` | how much of an answer is shown; records cut to that |
//! | `lists`, `files`, `answer` | what a call answers with |
//! | `schema`, `tools` | the tools, as clients are told of them |
//! | `rehearsal`, `confirm` | what a call would send; asking the person for consent |
//! | `server` | the protocol's requests |
//! | `stdio`, `http` | how they arrive |

mod answer;
mod choice;
mod confirm;
mod cut;
mod files;
mod http;
mod lists;
mod refusal;
mod rehearsal;
mod schema;
mod secret;
mod server;
mod settings;
mod stdio;
mod tools;
mod view;

pub use self::choice::Choice;
pub use self::http::{Bound, PATH};
pub use self::secret::{Secret, WeakSecret};
pub use self::server::Server;
pub use self::settings::{Settings, SettingsError};
pub use self::stdio::serve as serve_stdio;

/// The largest request in bytes, such as a call with a file in it.
const LARGEST_REQUEST: usize = 16 * 1024 * 1024;
