//! The ids of operations: that of the lock, whatever upstream calls the operation now.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, BlockKind, Lock};

/// Gives operations their ids.
pub(crate) struct Ids<'a> {
    lock: &'a Lock,
    /// The ids at each place, those that are gone last.
    at: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Ids<'a> {
    pub(crate) fn of(lock: &'a Lock) -> Self {
        let mut at: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (id, block) in lock.blocks(BlockKind::Operation) {
            at.entry(&block.at).or_default().push(id);
        }
        Self { lock, at }
    }

    /// The id of each operation, given with its place and the id that upstream has for it. An operation is known by its
    /// place, and if the lock has no place for it, by its id. What is new never gets an id that is known.
    pub(crate) fn assign(&self, listed: &[(String, String)]) -> Vec<String> {
        let mut order: Vec<usize> = (0..listed.len()).collect();
        order.sort_by_key(|index| &listed[*index]);
        let mut given: BTreeMap<usize, &str> = BTreeMap::new();
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for rule in [Self::same, Self::here, Self::elsewhere] {
            for index in &order {
                let (place, id) = &listed[*index];
                if !given.contains_key(index)
                    && let Some(known) = rule(self, place, id).into_iter().find(|known| !used.contains(known))
                {
                    used.insert(known);
                    given.insert(*index, known);
                }
            }
        }
        let mut taken: BTreeSet<&str> = self.at.values().flatten().copied().collect();
        let new = |(index, _): &(usize, &(String, String))| !given.contains_key(index);
        taken.extend(listed.iter().enumerate().filter(new).map(|(_, (_, id))| id.as_str()));
        let twice = |index: usize| listed[..index].contains(&listed[index]);
        let id = |index: usize| match given.get(&index) {
            Some(known) => (*known).to_owned(),
            // Two entries that say the same are a mistake, which is reported later.
            None if self.block(&listed[index].1).is_none() || twice(index) => listed[index].1.clone(),
            None => numbered(&listed[index].1, &taken),
        };
        (0..listed.len()).map(id).collect()
    }

    fn block(&self, id: &str) -> Option<&'a Block> {
        self.lock.block(BlockKind::Operation, id)
    }

    /// The known id at this place that upstream uses, too.
    fn same(&self, place: &str, id: &str) -> Vec<&'a str> {
        self.at.get(place).into_iter().flatten().copied().filter(|known| *known == id).collect()
    }

    /// The known ids at this place.
    fn here(&self, place: &str, _: &str) -> Vec<&'a str> {
        let here = self.at.get(place).into_iter().flatten().copied();
        here.filter(|known| self.block(known).is_some_and(|block| !block.gone)).collect()
    }

    /// The known id, wherever it was.
    fn elsewhere(&self, _: &str, id: &str) -> Vec<&'a str> {
        self.at.values().flatten().copied().filter(|known| *known == id).collect()
    }
}

/// The id with the first number that makes it new.
fn numbered(id: &str, taken: &BTreeSet<&str>) -> String {
    let mut numbered = (2_usize..).map(|number| format!("{id}_{number}"));
    numbered.find(|id| !taken.contains(id.as_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
operation get_team GET /teams/{}
  method get_team
  struct GetTeam
operation list_teams GET /teams
  method list_teams
  struct ListTeams
";

    fn assigned(listed: &[(&str, &str)]) -> Vec<String> {
        let lock = Lock::parse(LOCK).unwrap();
        let listed: Vec<_> = listed.iter().map(|(place, id)| ((*place).to_owned(), (*id).to_owned())).collect();
        Ids::of(&lock).assign(&listed)
    }

    #[test]
    fn an_operation_keeps_its_id_when_upstream_gives_it_to_another() {
        let listed = [("GET /actors/{}", "get_team"), ("GET /teams/{}", "get_team_2"), ("GET /teams", "list_teams")];
        assert_eq!(assigned(&listed), ["get_team_2", "get_team", "list_teams"]);
    }

    #[test]
    fn an_operation_that_moved_is_known_by_its_id_and_one_that_was_renamed_by_its_place() {
        assert_eq!(
            assigned(&[("GET /groups/{}", "get_team"), ("GET /teams", "all_teams")]),
            ["get_team", "list_teams"]
        );
    }

    #[test]
    fn a_second_registration_is_new_and_one_that_is_written_twice_stays_a_mistake() {
        let listed = [("GET /teams/{}", "a_team"), ("GET /teams/{}", "get_team"), ("GET /teams/{}", "get_team")];
        assert_eq!(assigned(&listed), ["a_team", "get_team", "get_team"]);
    }
}
