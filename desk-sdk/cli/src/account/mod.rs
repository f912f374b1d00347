//! Signing in and out, and what a token is good for.
//!
//! | modules | responsibility |
//! | --- | --- |
//! | `wanted` | what is asked for, as scopes |
//! | `answer` | what a person brings back from the accounts server |
//! | `organizations` | those of a token's user |
//! | `sign_in` | a profile and its secrets, which are kept together |
//! | `user` | the token's user |
//! | `report` | what a token is good for |

mod answer;
mod organizations;
mod report;
mod sign_in;
mod user;
mod wanted;

pub use self::answer::Answer;
pub use self::organizations::{Organization, organizations};
pub use self::report::{Covered, Report};
pub use self::sign_in::SignedIn;
pub use self::user::{User, user};
pub use self::wanted::{Asked, Wanted};
