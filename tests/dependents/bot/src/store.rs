//! Tickets that were read before. Its methods have the names of operations, and make no call.

use std::collections::HashMap;

pub(crate) trait Store {
    fn get_ticket(&self, id: &str) -> impl Future<Output = String>;

    fn get_tickets(&self, limit: usize) -> Vec<String>;
}

#[derive(Default)]
pub(crate) struct Archive {
    subjects: HashMap<String, String>,
}

impl Store for Archive {
    async fn get_ticket(&self, id: &str) -> String {
        let first = self.get_tickets(1);
        self.subjects.get(id).or(first.first()).cloned().unwrap_or_default()
    }

    fn get_tickets(&self, limit: usize) -> Vec<String> {
        self.subjects.values().take(limit).cloned().collect()
    }
}
