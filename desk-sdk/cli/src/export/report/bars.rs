//! A bar for each resource, on a terminal.

use std::fmt;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::lines::line;
use super::{Event, Progress, Report, counted, shown};

const KNOWN: &str = "{prefix:24} {bar:24} {pos}/{len} records, {msg}, {eta} left";
const UNKNOWN: &str = "{prefix:24} {spinner} {pos} records, {msg}, {elapsed}";

/// A bar for each resource, on a terminal.
#[derive(Default)]
pub struct Bars {
    all: MultiProgress,
    current: Option<(String, ProgressBar)>,
}

impl Report for Bars {
    fn tell(&mut self, event: &Event<'_>) {
        match event {
            Event::Progress(progress) => self.show(progress),
            Event::Finished(progress) => {
                self.show(progress);
                if let Some((_, bar)) = self.current.take() {
                    bar.abandon();
                }
            }
            // Files are in the manifest; on a terminal they would only push the bars away.
            Event::File { .. } => {}
            Event::Planned(_) | Event::Total(_) | Event::Skipped { .. } | Event::Warning(_) => {
                // A terminal that is gone does not end an export.
                let _ = self.all.println(shown(&line(event)));
            }
        }
    }
}

impl Bars {
    fn show(&mut self, progress: &Progress) {
        let known = self.current.as_ref().is_some_and(|(name, _)| *name == progress.resource);
        if !known {
            let bar = self.all.add(bar(progress));
            self.current = Some((progress.resource.clone(), bar));
        }
        if let Some((_, bar)) = &self.current {
            bar.set_message(format!("{:.0} a second, {}", progress.rate(), counted(progress.credits, "credit")));
            bar.set_position(progress.records);
        }
    }
}

fn bar(progress: &Progress) -> ProgressBar {
    let (bar, template) = match progress.total {
        Some(total) => (ProgressBar::new(total), KNOWN),
        None => (ProgressBar::no_length(), UNKNOWN),
    };
    bar.set_prefix(progress.resource.clone());
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

impl fmt::Debug for Bars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bars").field("current", &self.current.as_ref().map(|(name, _)| name)).finish_non_exhaustive()
    }
}
