//! What records were called where they are found: each place has a vote.
//!
//! A field is a place by the name of its record, so names are found from the operations downwards, in rounds, until
//! nothing changes.

use std::collections::{BTreeMap, HashMap};

use super::places::{Place, visit};
use crate::lock::{Block, BlockKind, ItemKind, Lock};
use crate::model::OperationModel;
use crate::model::types::{Origin, Record, Role, Type};

/// More rounds than records are nested in each other.
const ROUNDS: usize = 20;

/// The votes for a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Votes {
    /// Those of the spec's own names.
    types: usize,
    /// All of them.
    all: usize,
}

/// Which records are mentioned where, and what the lock says about it.
pub(super) struct Poll<'a> {
    lock: &'a Lock,
    /// The lock's blocks for records.
    blocks: HashMap<(BlockKind, &'a str), &'a Block>,
    places: Vec<(Place, usize)>,
    /// For each record, the names that it was known by, once the votes are counted.
    votes: Vec<BTreeMap<&'a str, Votes>>,
    /// The name that each record prefers.
    pub(super) names: Vec<Option<&'a str>>,
}

impl<'a> Poll<'a> {
    pub(super) fn of(
        lock: &'a Lock,
        operations: &mut [OperationModel],
        records: &mut [Record],
        in_use: &[bool],
    ) -> Self {
        let mut places = Vec::new();
        visit(operations, records, in_use, &mut |place, ty| {
            if let Type::Record(id) = ty {
                places.push((place, id.0));
            }
        });
        let names = vec![None; records.len()];
        let of_kind = |kind| lock.blocks(kind).map(move |(name, block)| ((kind, name), block));
        let blocks = [BlockKind::Record, BlockKind::Input].into_iter().flat_map(of_kind).collect();
        let mut poll = Self { lock, blocks, places, votes: Vec::new(), names };
        let absolute = poll.absolute(operations, records, in_use);
        for _ in 0..ROUNDS {
            poll.votes = absolute.clone();
            poll.count(operations, records, |place| matches!(place, Place::Field(..)));
            let names: Vec<_> = (0..records.len()).map(|index| poll.preferred(index, records)).collect();
            if names == poll.names {
                break;
            }
            poll.names = names;
        }
        poll
    }

    /// The votes that do not depend on other records.
    fn absolute(
        &mut self,
        operations: &[OperationModel],
        records: &[Record],
        in_use: &[bool],
    ) -> Vec<BTreeMap<&'a str, Votes>> {
        self.votes = vec![BTreeMap::new(); records.len()];
        let [answers, inputs] = [Role::Answer, Role::Input].map(|role| self.lock.records_of_types(role));
        for (index, record) in records.iter().enumerate().filter(|(index, _)| in_use[*index]) {
            let Origin::Types(types) = &record.origin else { continue };
            let known = if record.role == Role::Answer { &answers } else { &inputs };
            for name in types.iter().filter_map(|name| known.get(name.as_str()).copied()) {
                let votes = self.votes[index].entry(name).or_default();
                *votes = Votes { types: votes.types + 1, all: votes.all + 1 };
            }
        }
        self.count(operations, records, |place| matches!(place, Place::Operation(..)));
        std::mem::take(&mut self.votes)
    }

    fn count(&mut self, operations: &[OperationModel], records: &[Record], which: impl Fn(&Place) -> bool) {
        let mut votes = std::mem::take(&mut self.votes);
        for (place, record) in self.places.iter().filter(|(place, _)| which(place)) {
            if let Some(name) = self.named(place, *record, operations, records) {
                votes[*record].entry(name).or_default().all += 1;
            }
        }
        self.votes = votes;
    }

    /// The name that the lock has for the record at a place.
    fn named(
        &self,
        place: &Place,
        record: usize,
        operations: &[OperationModel],
        records: &[Record],
    ) -> Option<&'a str> {
        let block_of = |index: usize| self.block(index, self.names[index]?, records);
        let name = place.locked(self.lock, operations, &block_of)?.of.as_deref()?;
        self.block(record, name, records).map(|_| name)
    }

    /// The lock's block of a name, if it is for records like this one.
    fn block(&self, record: usize, name: &str, records: &[Record]) -> Option<&'a Block> {
        self.blocks.get(&(records[record].role.into(), name)).copied()
    }

    fn preferred(&self, record: usize, records: &[Record]) -> Option<&'a str> {
        let votes = &self.votes[record];
        if votes.len() < 2 {
            return votes.keys().next().copied();
        }
        let rank =
            |(name, votes): &(&&'a str, &Votes)| (**votes, self.fit(record, name, records), std::cmp::Reverse(**name));
        votes.iter().max_by_key(rank).map(|(name, _)| *name)
    }

    /// All names that a record was known by.
    pub(super) fn candidates(&self, record: usize) -> impl Iterator<Item = &'a str> {
        self.votes[record].keys().copied()
    }

    pub(super) fn votes(&self, record: usize, name: &str) -> Votes {
        self.votes[record].get(name).copied().unwrap_or_default()
    }

    /// The percentage of a record's fields that the lock knows under a name.
    pub(super) fn fit(&self, record: usize, name: &str, records: &[Record]) -> usize {
        let Some(block) = self.block(record, name, records) else { return 0 };
        let fields = &records[record].fields;
        let known = fields.iter().filter(|field| block.item(ItemKind::Field, &field.wire).is_some()).count();
        (known * 100).checked_div(fields.len()).unwrap_or(100)
    }

    /// Whether a record is what the lock knows under a name: a type of the spec, or else the same shape.
    pub(super) fn is_exact(&self, record: usize, name: &str, records: &[Record]) -> bool {
        let shape = records[record].shape.map(|shape| format!("{shape:08x}"));
        let locked = self.block(record, name, records).and_then(|block| block.item(ItemKind::Shape, ""));
        self.votes(record, name).types > 0 || (shape.is_some() && shape.as_ref() == locked.map(|item| &item.name))
    }

    /// The places of a record that the lock knows by a name.
    pub(super) fn places(
        &self,
        record: usize,
        name: &str,
        operations: &[OperationModel],
        records: &[Record],
    ) -> Vec<Place> {
        let here = self.places.iter().filter(|(_, of)| *of == record).map(|(place, _)| place);
        here.filter(|place| self.named(place, record, operations, records) == Some(name)).cloned().collect()
    }
}
