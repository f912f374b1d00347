//! Which field a key is.
//!
//! Records of one kind have their keys in one order, which is not that of the declared fields. The order of the last
//! one is remembered, so that a key is compared with one name; only where that fails, names are searched.

use std::cell::RefCell;

/// The order of the keys of each kind of record that was read.
#[derive(Debug, Default)]
pub(super) struct Orders {
    /// Where each kind's names are, sorted, and which order it is.
    places: Vec<((usize, usize), usize)>,
    orders: Vec<Vec<u16>>,
}

thread_local! {
    /// Those of the answers before.
    static KNOWN: RefCell<Orders> = RefCell::default();
}

impl Orders {
    /// What this thread knows from answers before.
    pub(super) fn known() -> Self {
        KNOWN.take()
    }

    /// Keeps it for the next answer.
    pub(super) fn keep(self) {
        KNOWN.set(self);
    }

    /// Takes the order of the records with these fields.
    pub(super) fn take(&mut self, names: &'static [&'static str]) -> Order {
        let Self { places, orders } = self;
        let names_at = place(names);
        let kind = match places.binary_search_by_key(&names_at, |(known, _)| *known) {
            Ok(found) => places[found].1,
            Err(here) => {
                orders.push(Vec::new());
                places.insert(here, (names_at, orders.len() - 1));
                orders.len() - 1
            }
        };
        Order { names, kind, fields: std::mem::take(&mut orders[kind]), next: 0, other: String::new() }
    }

    /// Remembers an order.
    pub(super) fn put(&mut self, order: Order) {
        self.orders[order.kind] = order.fields;
    }
}

/// Where names are, which identifies them. Names that are in two places are merely searched twice.
fn place(names: &'static [&'static str]) -> (usize, usize) {
    (names.as_ptr().addr(), names.len())
}

/// The order of a record's keys.
#[derive(Debug)]
pub(super) struct Order {
    names: &'static [&'static str],
    kind: usize,
    /// The field that each declared key was.
    fields: Vec<u16>,
    /// How many declared keys the current record has had so far.
    next: usize,
    /// The last key that is no field.
    pub(super) other: String,
}

impl Order {
    /// The place of a key among the names.
    #[inline]
    pub(super) fn place(&mut self, key: &str) -> Option<usize> {
        if let Some(place) = self.fields.get(self.next).map(|place| usize::from(*place))
            && self.names[place] == key
        {
            self.next += 1;
            return Some(place);
        }
        self.search(key)
    }

    /// Searches the name, and remembers that it comes next, unless it has come before in this record or in another.
    #[inline(never)]
    fn search(&mut self, key: &str) -> Option<usize> {
        // Those of the generated records are sorted; those of lists are the API's words, in a fixed order.
        let sorted = self.names.binary_search(&key).ok();
        let place = sorted.or_else(|| self.names.iter().position(|name| *name == key))?;
        let remembered = u16::try_from(place).ok()?;
        match self.fields.iter().position(|field| *field == remembered) {
            Some(before) if before < self.next => {}
            Some(later) => self.next = later + 1,
            None => {
                self.fields.insert(self.next, remembered);
                self.next += 1;
            }
        }
        Some(place)
    }
}
