//! JSON, an object a line, for programs.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Cost, Event, Planned, Progress, Report};

/// How often progress is told.
const EVERY: Duration = Duration::from_secs(1);

/// JSON, an object a line, on standard output.
#[derive(Debug)]
pub struct JsonLines {
    last: Instant,
}

impl Default for JsonLines {
    fn default() -> Self {
        Self { last: Instant::now() }
    }
}

impl Report for JsonLines {
    fn tell(&mut self, event: &Event<'_>) {
        if let Event::Progress(_) = event {
            if self.last.elapsed() < EVERY {
                return;
            }
            self.last = Instant::now();
        }
        // Nobody may be listening any more; the export goes on all the same.
        let _ = writeln!(io::stdout().lock(), "{}", object(event));
    }
}

fn object(event: &Event<'_>) -> Value {
    match event {
        Event::Planned(planned) => plan(planned),
        Event::Total(Cost { calls, credits, at_least }) => {
            json!({ "event": "total", "calls": calls, "credits": credits, "at_least": at_least })
        }
        Event::Skipped { resource, reason } => json!({ "event": "skipped", "resource": resource, "reason": reason }),
        Event::Progress(so_far) => progress("progress", so_far),
        Event::File { resource, file } => json!({
            "event": "file", "resource": resource, "path": file.path, "rows": file.rows, "bytes": file.bytes,
            "sha256": file.sha256, "first": file.first, "last": file.last,
        }),
        Event::Finished(so_far) => progress("finished", so_far),
        Event::Warning(text) => json!({ "event": "warning", "text": text }),
    }
}

fn plan(planned: &Planned) -> Value {
    let Planned { resource, operation, walk, action, lists, estimate, allowed, children, children_cost, note } =
        planned;
    json!({
        "event": "planned", "resource": resource, "operation": operation, "walk": walk, "action": action,
        "lists": lists, "allowed": allowed, "children": children, "note": note,
        "children_calls": children_cost.map(|cost| cost.calls), "children_credits": children_cost.map(|cost| cost.credits),
        "records": estimate.and_then(|known| known.records), "calls": estimate.and_then(|known| known.calls),
        "credits": estimate.and_then(|known| known.credits), "at_most": estimate.is_some_and(|known| known.at_most),
        "too_deep": estimate.is_some_and(|known| known.too_deep),
    })
}

fn progress(event: &str, progress: &Progress) -> Value {
    let Progress { resource, records, total, credits, elapsed } = progress;
    json!({
        "event": event, "resource": resource, "records": records, "total": total, "credits": credits,
        "seconds": elapsed.as_secs_f64(), "records_per_second": progress.rate(),
        "seconds_left": progress.left().map(|left| left.as_secs_f64()),
    })
}
