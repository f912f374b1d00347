//! How much an export does, for what is said at its end.

use desk_cli::export::{Event, Report};

/// How many resources are exported, and how many are skipped, with lists of each record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub(super) planned: u64,
    pub(super) skipped: u64,
}

/// A report that counts as well.
pub(super) struct Counting {
    pub(super) report: Box<dyn Report>,
    pub(super) counts: Counts,
}

impl Report for Counting {
    fn tell(&mut self, event: &Event<'_>) {
        match event {
            Event::Planned(_) => self.counts.planned += 1,
            Event::Skipped { .. } => self.counts.skipped += 1,
            _ => {}
        }
        self.report.tell(event);
    }
}
