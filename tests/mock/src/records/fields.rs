//! Fields of a stored record: few of them, their names shared with other records.

use std::sync::Arc;

use serde_json::Value;

/// Fields sorted by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(Vec<(Arc<str>, Value)>);

impl Fields {
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        let place = self.0.binary_search_by(|(known, _)| known.as_ref().cmp(name)).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    pub(super) fn set(&mut self, name: Arc<str>, value: Value) {
        match self.0.binary_search_by(|(known, _)| known.cmp(&name)) {
            Ok(place) => {
                if let Some((_, held)) = self.0.get_mut(place) {
                    *held = value;
                }
            }
            Err(place) => {
                self.0.reserve_exact(1);
                self.0.insert(place, (name, value));
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_found_and_replaced() {
        let mut fields = Fields::default();
        for (name, value) in [("b", 1), ("a", 2), ("b", 3)] {
            fields.set(Arc::from(name), json!(value));
        }
        assert_eq!(fields.get("a"), Some(&json!(2)));
        assert_eq!(fields.get("c"), None);
        let all: Vec<_> = fields.iter().collect();
        assert_eq!(all, [("a", &json!(2)), ("b", &json!(3))]);
    }
}
