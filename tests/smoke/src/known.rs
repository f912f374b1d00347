//! The ids found in answers so far.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::samples::singular;

/// Ids by the list they came from, and by the names of the fields that held them.
#[derive(Debug, Default)]
pub struct Known {
    /// By the path of a list, such as `/api/v1/tickets/42/comments`.
    lists: BTreeMap<String, Vec<String>>,
    /// The values of path parameters with this name, by module and name, and by name alone.
    parameters: BTreeMap<(Option<&'static str>, &'static str), Vec<String>>,
    /// How often a field of this name held an id.
    seen: BTreeMap<String, BTreeMap<String, usize>>,
}

impl Known {
    /// The ids in the list at this path.
    pub fn listed(&self, path: &str) -> &[String] {
        self.lists.get(path).map_or(&[], Vec::as_slice)
    }

    /// Ids for a parameter or field of this name: those in the module's paths, those in other paths, or those in
    /// records' fields of that name, the most frequent first.
    pub fn named(&self, module: &'static str, name: &str) -> Vec<String> {
        let parameter = |module| {
            let same = self.parameters.iter().find(|((of, known), _)| *of == module && *known == name);
            same.map(|(_, ids)| ids.clone())
        };
        parameter(Some(module)).or_else(|| parameter(None)).unwrap_or_else(|| {
            let mut ids: Vec<(&String, &usize)> = self.seen.get(name).into_iter().flatten().collect();
            ids.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            ids.into_iter().map(|(id, _)| id.clone()).collect()
        })
    }

    /// Remembers the value of a path parameter.
    pub fn means(&mut self, module: &'static str, name: &'static str, ids: &[String]) {
        // A bare `id` depends on the path.
        if name == "id" || ids.is_empty() {
            return;
        }
        for module in [Some(module), None] {
            self.parameters.entry((module, name)).or_insert_with(|| ids.to_vec());
        }
    }

    /// Collects the ids from an answer to the path.
    pub fn learn(&mut self, path: &str, answer: &Value) {
        let ids: Vec<String> = records(answer).iter().filter_map(|record| id(record.get("id")?)).collect();
        if !ids.is_empty() {
            self.lists.entry(path.to_owned()).or_insert(ids);
        }
        self.count(answer);
    }

    fn count(&mut self, value: &Value) {
        match value {
            Value::Array(list) => list.iter().for_each(|value| self.count(value)),
            Value::Object(map) => {
                for (name, value) in map.iter().filter(|(name, _)| is_id_name(name)) {
                    let many = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
                    for id in many.iter().filter_map(id) {
                        *self.seen.entry(singular(name)).or_default().entry(id).or_default() += 1;
                    }
                }
                map.values().for_each(|value| self.count(value));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// The records of a list, bare or under any key.
fn records(answer: &Value) -> &[Value] {
    match answer {
        Value::Array(list) => list,
        Value::Object(map) => map.values().find_map(Value::as_array).map_or(&[], Vec::as_slice),
        _ => &[],
    }
}

fn is_id_name(name: &str) -> bool {
    name != "id" && ["Id", "Ids"].iter().any(|end| name.ends_with(end))
}

fn id(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}
