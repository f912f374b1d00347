//! What was read already.

use api::desk::Id;

#[derive(Default)]
pub(crate) struct Cache(Vec<Id>);

impl Cache {
    pub(crate) fn put(&mut self, id: Option<&Id>) {
        self.0.extend(id.cloned());
    }

    pub(crate) fn get_tickets(&self) -> &[Id] {
        &self.0
    }
}
