//! Builds that take minutes, with visible progress.

use std::io::{self, BufRead as _, BufReader, IsTerminal as _};
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::printing::{self, out, outln};

/// How often the line is updated in a terminal, and how often a line is written elsewhere.
const ON_TERMINAL: Duration = Duration::from_millis(250);
const ELSEWHERE: Duration = Duration::from_secs(20);

/// Runs a cargo command that builds, and shows what is compiled and for how long. Returns whether it succeeded.
pub(crate) fn show(mut cargo: Command) -> Result<bool> {
    cargo.args(["--quiet", "--message-format", "json-render-diagnostics"]).stdout(Stdio::piped());
    let mut child = cargo.spawn().context("cannot start cargo")?;
    let compiled = child.stdout.take().map(compiled);
    let mut line = Line::new();
    if let Some(compiled) = compiled {
        line.follow(&compiled);
    }
    let succeeded = child.wait().context("cargo did not end")?.success();
    line.end(succeeded);
    Ok(succeeded)
}

/// The packages that are compiled, as cargo reports them. Those that were already built are not included.
fn compiled(stdout: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for message in BufReader::new(stdout).lines().map_while(Result::ok) {
            let Ok(message) = serde_json::from_str::<Value>(&message) else { continue };
            let is_new = message["reason"] == "compiler-artifact" && message["fresh"] == false;
            let name = message["target"]["name"].as_str().filter(|_| is_new);
            // If sending fails, nobody is listening any more.
            if name.is_some_and(|name| sender.send(name.to_owned()).is_err()) {
                return;
            }
        }
    });
    receiver
}

/// The progress line.
struct Line {
    started: Instant,
    compiled: usize,
    last: String,
    terminal: bool,
}

impl Line {
    fn new() -> Self {
        Self { started: Instant::now(), compiled: 0, last: String::new(), terminal: io::stdout().is_terminal() }
    }

    fn follow(&mut self, compiled: &Receiver<String>) {
        let pause = if self.terminal { ON_TERMINAL } else { ELSEWHERE };
        let mut shown = Instant::now();
        loop {
            match compiled.recv_timeout(pause.saturating_sub(shown.elapsed())) {
                Ok(name) => {
                    self.compiled += 1;
                    self.last = name;
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.show();
                    shown = Instant::now();
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn show(&self) {
        let last = if self.last.is_empty() { String::new() } else { format!(", last {}", self.last) };
        let text = format!("   {} compiled{last}, {}", self.compiled, spoken(self.started.elapsed()));
        if self.terminal {
            out!("\r\x1b[2K{text}");
        } else {
            outln!("{text}");
        }
        printing::flush();
    }

    fn end(&self, succeeded: bool) {
        if self.terminal {
            out!("\r\x1b[2K");
        }
        if succeeded {
            match self.compiled {
                0 => outln!("   everything was already built"),
                count => outln!("   {count} compiled in {}", spoken(self.started.elapsed())),
            }
        }
    }
}

/// A time for people: `2 min 5 s`.
fn spoken(time: Duration) -> String {
    match (time.as_secs() / 60, time.as_secs() % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_for_people() {
        assert_eq!(spoken(Duration::from_millis(4_900)), "4 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 5 s");
    }
}
