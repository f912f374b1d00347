//! `desk call` and `desk request`.

mod answers;
mod every;
mod page;
mod random;
mod refusals;
mod request;
#[cfg(unix)]
mod terminal;
