//! Pauses before a call is tried again: a person at a terminal is told of those that can be noticed.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use desk_sdk::ClientBuilder;
use desk_sdk::auth::{Clock, SystemClock};
use desk_sdk::jiff::Timestamp;
use futures_util::future::BoxFuture;

use super::ending::say;

/// A shorter pause is not noticed.
const NOTICED: Duration = Duration::from_secs(2);

/// A client that says so while it waits, if somebody could wonder.
pub(super) fn patient(builder: ClientBuilder) -> ClientBuilder {
    if io::stderr().is_terminal() { builder.clock(Telling) } else { builder }
}

/// The computer's clock, which tells of what it waits.
#[derive(Clone, Copy, Debug)]
struct Telling;

impl Clock for Telling {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    fn monotonic(&self) -> Duration {
        SystemClock.monotonic()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration >= NOTICED {
            say(&format!(
                "Desk did not answer, or asked to wait: trying again in {} s (Control-C ends it)",
                duration.as_secs_f64().round()
            ));
        }
        SystemClock.sleep(duration)
    }
}
