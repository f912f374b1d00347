//! All of the spec together, and its form in one file.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{Operation, Schema};

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

    #[test]
    fn names_are_followed() {
        let spec = Spec::from_text(TEXT).unwrap();
        let named = &spec.types["thing.data"];
        assert_eq!(spec.resolve(named), spec.types.get("thing.real"));
        assert!(spec.operation("get_thing").is_some() && spec.operation("get_things").is_none());
    }
}
