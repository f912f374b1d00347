//! All of the spec together, and its form in one file.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{Method, Operation, Schema};

/// Every operation and every type, checked and corrected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Every listed operation, duplicates included, sorted by module.
    pub operations: Vec<ListedOperation>,
    /// Every type by its name, `module.typeName`.
    pub types: IndexMap<String, Schema>,
}

/// An operation with its module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedOperation {
    /// The module it stands in.
    pub module: String,
    /// The operation.
    pub operation: Operation,
}

impl Spec {
    /// Reads the text that [`to_text`](Self::to_text) gives.
    ///
    /// # Errors
    ///
    /// When the text is not of that form. Whether operations and types suit one another is not looked at.
    pub fn from_text(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// The whole as JSON, an operation or a type a line.
    ///
    /// # Errors
    ///
    /// When a value cannot be written as JSON; none of this crate's is such a value.
    pub fn to_text(&self) -> serde_json::Result<String> {
        let operations: Vec<String> = self.operations.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
        let line = |(name, schema): (&String, &Schema)| {
            Ok(format!("{}:{}", serde_json::to_string(name)?, serde_json::to_string(schema)?))
        };
        let types: Vec<String> = self.types.iter().map(line).collect::<serde_json::Result<_>>()?;
        Ok(format!("{{\"operations\":[\n{}\n],\"types\":{{\n{}\n}}}}\n", operations.join(",\n"), types.join(",\n")))
    }

    /// The operation of that id.
    pub fn operation(&self, id: &str) -> Option<&ListedOperation> {
        self.operations.iter().find(|listed| listed.operation.id == id)
    }

    /// The operations by route, each by its place in `operations`. Those that are equal in method and path, names of
    /// path parameters aside, are one; the first of a route stands for all: the one that the others name in `alias_of`,
    /// else one without a number at its end, else the first by name.
    pub fn routes(&self) -> Vec<Vec<usize>> {
        let mut routes: IndexMap<(Method, String), Vec<usize>> = IndexMap::new();
        for (index, listed) in self.operations.iter().enumerate() {
            routes.entry((listed.operation.method, listed.operation.route())).or_default().push(index);
        }
        let mut routes: Vec<_> = routes.into_values().collect();
        routes.iter_mut().for_each(|twins| self.put_real_first(twins));
        routes
    }

    fn put_real_first(&self, twins: &mut [usize]) {
        let operation = |index: usize| &self.operations[index].operation;
        let named: Vec<&str> = twins.iter().filter_map(|index| operation(*index).alias_of.as_deref()).collect();
        twins.sort_by_key(|index| {
            let id = operation(*index).id.as_str();
            (!named.contains(&id), id.ends_with(|c: char| c.is_ascii_digit()), id)
        });
    }

    /// The shape behind a type, names followed; none where a name leads nowhere.
    pub fn resolve<'a>(&'a self, schema: &'a Schema) -> Option<&'a Schema> {
        let mut found = schema;
        for _ in 0..=self.types.len() {
            match found.name() {
                None => return Some(found),
                Some(name) => found = self.types.get(name)?,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"operations":[
{"module":"thing","operation":{"id":"get_thing","method":"GET","path":"/things/{id}","summary":"Read.","scopes":[],"risk":"safe","organization":true,"answers":{"200":{"json":"thing.data"}}}}
],"types":{
"thing.data":"thing.real",
"thing.real":{"type":"object","fields":{"id":"id"}}
}}
"#;

    #[test]
    fn one_line_each_and_back() {
        let spec = Spec::from_text(TEXT).unwrap();
        assert_eq!(spec.to_text().unwrap(), TEXT);
        assert!(Spec::from_text("{\"operations\":[],\"types\":{},\"more\":1}").is_err());
    }

    /// Operations of these ids and paths, each with the id that it is an alias of.
    fn with(operations: &[(&str, &str, Option<&str>)]) -> Spec {
        let mut spec = Spec::from_text(TEXT).unwrap();
        let Some(listed) = spec.operations.pop() else { panic!("no operation") };
        for (id, path, alias_of) in operations {
            let mut listed = listed.clone();
            listed.operation.id = (*id).to_owned();
            listed.operation.path = (*path).to_owned();
            listed.operation.alias_of = alias_of.map(str::to_owned);
            spec.operations.push(listed);
        }
        spec
    }

    #[test]
    fn of_duplicates_the_real_one_is_first() {
        let twins = |a: (&'static str, Option<&str>), b: (&'static str, Option<&str>)| {
            let spec = with(&[(a.0, "/a/{id}", a.1), ("other", "/b", None), (b.0, "/a/{name}", b.1)]);
            let routes = spec.routes();
            assert_eq!((routes.len(), routes[0].len(), &routes[1]), (2, 2, &vec![1]));
            spec.operations[routes[0][0]].operation.id.clone()
        };
        assert_eq!(twins(("get_1", None), ("get_b", None)), "get_b", "a number at the end marks the copy");
        assert_eq!(twins(("get_b", None), ("get_a", None)), "get_a", "else the first by name is real");
        assert_eq!(twins(("get_a", Some("get_1")), ("get_1", None)), "get_1", "what is named stands above both");
    }

    #[test]
    fn names_are_followed() {
        let spec = Spec::from_text(TEXT).unwrap();
        let named = &spec.types["thing.data"];
        assert_eq!(spec.resolve(named), spec.types.get("thing.real"));
        assert!(spec.operation("get_thing").is_some() && spec.operation("get_things").is_none());
    }
}
