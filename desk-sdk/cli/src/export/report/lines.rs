//! Plain lines, for logs.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use desk_sdk::Checked;

use super::{Event, Planned, Progress, Report, counted, shown};

/// How often progress is told.
const EVERY: Duration = Duration::from_secs(10);

/// Plain lines on standard error, for logs.
#[derive(Debug)]
pub struct Lines {
    last: Instant,
}

impl Default for Lines {
    fn default() -> Self {
        Self { last: Instant::now() }
    }
}

impl Report for Lines {
    fn tell(&mut self, event: &Event<'_>) {
        if let Event::Progress(_) = event {
            if self.last.elapsed() < EVERY {
                return;
            }
            self.last = Instant::now();
        }
        // Nobody may be listening any more; the export goes on all the same.
        let _ = writeln!(io::stderr().lock(), "{}", shown(&line(event)));
    }
}

/// An event as a line of text.
pub(super) fn line(event: &Event<'_>) -> String {
    match event {
        Event::Planned(planned) => plan(planned),
        Event::Total(cost) => format!("in all: {cost}"),
        Event::Skipped { resource, reason } => format!("{resource}: skipped, {reason}"),
        Event::Progress(progress) => format!("{}: {}", progress.resource, amount(progress)),
        Event::File { file, .. } => {
            format!("  {} ({}, {})", file.path, counted(file.rows, "row"), counted(file.bytes, "byte"))
        }
        Event::Finished(progress) => format!("{}: done, {}", progress.resource, amount(progress)),
        Event::Warning(text) => format!("warning: {text}"),
    }
}

fn plan(planned: &Planned) -> String {
    let Planned { resource, operation, walk, action, lists, estimate, allowed, children, children_cost, note } =
        planned;
    let mut text = format!("{resource}: {action} with {operation}, by {walk}");
    if *lists > 1 {
        text.push_str(&format!(", {lists} lists"));
    }
    if let Some(estimate) = estimate {
        text.push_str(&format!(", {estimate}"));
    }
    if !children.is_empty() {
        let cost = children_cost.map_or_else(|| "a call or more for each record".to_owned(), |cost| cost.to_string());
        text.push_str(&format!(", and of each record its {}: {cost}", children.join(", ")));
    }
    // What is the same for all of them is told once.
    if *allowed != Checked::Unknown.to_string() {
        text.push_str(&format!(" ({allowed})"));
    }
    if let Some(note) = note {
        text.push_str(&format!("; {note}"));
    }
    text
}

fn amount(progress: &Progress) -> String {
    let Progress { records, total, credits, .. } = progress;
    let of = total.map(|total| format!(" of {total}")).unwrap_or_default();
    let records = match total {
        Some(_) => format!("{records}{of} records"),
        None => counted(*records, "record"),
    };
    format!("{records}, {:.0} a second, {}", progress.rate(), counted(*credits, "credit"))
}
