//! The SDK over real HTTP, all in one program: linking the whole SDK takes longer than most of these tests.
//!
//! `cargo test --package desk-tests --test all walks::` runs those of one file.

mod common;

mod by_name;
mod by_name_catalogue;
mod calls;
mod catalogue;
mod credentials;
mod downloads;
mod every_list;
mod everything;
#[cfg(unix)]
mod file_store;
mod futures;
mod organization;
mod own_transport;
mod parameters;
mod paths;
mod properties;
mod real_requests;
mod redis_store;
mod refreshing;
mod refusals;
mod required_scopes;
mod scopes;
mod shared_tokens;
mod sign_in;
mod summaries;
mod time;
mod transport;
mod values;
mod walks;
mod ways_round;
