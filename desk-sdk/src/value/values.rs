//! The values of a call.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// Values by wire name, in the order of the names. A call has few, and its names are mostly those of the operation's
/// table, so a list without copies of names does better than a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Values(Vec<(Cow<'static, str>, Value)>);

/// Up to how many values are looked at one by one: to compare lengths takes less than to order names.
const FEW: usize = 32;

impl Values {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Sets a value in place of the one that was there.
    pub(crate) fn insert(&mut self, name: impl Into<Cow<'static, str>>, value: Value) {
        let name = name.into();
        match self.place(&name) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (name, value)),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.find(name).map(|place| &self.0[place].1)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.find(name).map(|place| &mut self.0[place].1)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    fn find(&self, name: &str) -> Option<usize> {
        match self.0.len() {
            0..=FEW => self.0.iter().position(|(known, _)| **known == *name),
            _ => self.place(name).ok(),
        }
    }

    /// Where the name stands, or would.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (**known).cmp(name))
    }
}

impl Serialize for Values {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    #[test]
    fn they_are_written_as_a_map_is() {
        let given = ["status", "a", "zip", "ä", "", "status", "Zip", "a\"b", "cf", "a"].map(str::to_owned);
        let more = (0..2 * FEW).map(|number| format!("cf_{}", number * 7 % FEW));
        let (mut values, mut map) = (Values::new(), Map::new());
        assert!(values.is_empty());
        for (name, number) in given.into_iter().chain(more).zip(0..) {
            values.insert(name.clone(), json!({ "number": number }));
            map.insert(name.clone(), json!({ "number": number }));
            assert_eq!(serde_json::to_string(&values).ok(), serde_json::to_string(&map).ok());
            assert_eq!(values.get(&name), map.get(&name));
            assert!(!values.contains("cf_") && values.get_mut("statu").is_none());
        }
        assert!(values.contains("zip") && !values.contains("zi") && values.get("zipp").is_none());
        if let Some(value) = values.get_mut("zip") {
            *value = Value::Null;
        }
        assert_eq!(values.get("zip"), Some(&Value::Null));
        assert_eq!(values.iter().count(), map.len());
    }
}
