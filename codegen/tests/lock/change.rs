//! Changes of the real spec, as they come from upstream.

use std::collections::BTreeMap;

use desk_codegen::{Files, LOCAL, UPSTREAM};
use serde_json::{Value, json};

/// A small generator (xorshift), so that every run changes the same things.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }

    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for index in (1..list.len()).rev() {
            list.swap(index, self.below(index + 1));
        }
    }
}

/// The spec, its modules as values.
pub(crate) struct Changed {
    files: Files,
    pub(crate) modules: BTreeMap<String, Value>,
}

impl Changed {
    pub(crate) fn new(files: Files) -> Self {
        let upstream =
            |path: &str| path.strip_prefix(&format!("{UPSTREAM}/"))?.strip_suffix(".json").map(str::to_owned);
        let read = |(path, text): (&String, &String)| Some((upstream(path)?, serde_json::from_str(text).unwrap()));
        let modules = files.iter().filter_map(read).collect();
        Self { files, modules }
    }

    /// The files, changed.
    pub(crate) fn files(&self) -> Files {
        let mut files = self.files.clone();
        files.retain(|path, _| !path.starts_with(UPSTREAM));
        let written = |(name, module): (&String, &Value)| (format!("{UPSTREAM}/{name}.json"), module.to_string());
        files.extend(self.modules.iter().map(written));
        files
    }

    pub(crate) fn operations(&self, module: &str) -> &Vec<Value> {
        static NONE: Vec<Value> = Vec::new();
        self.modules[module]["operations"].as_array().unwrap_or(&NONE)
    }

    /// Every operation, with its module.
    pub(crate) fn all(&self) -> Vec<(String, Value)> {
        let of = |module: &String| -> Vec<_> {
            self.operations(module).iter().map(|one| (module.clone(), one.clone())).collect()
        };
        self.modules.keys().flat_map(of).collect()
    }

    pub(crate) fn add(&mut self, module: &str, operation: Value) {
        let module = self.modules.get_mut(module).unwrap();
        if module.get("operations").is_none() {
            module["operations"] = json!([]);
        }
        module["operations"].as_array_mut().unwrap().insert(0, operation);
    }

    pub(crate) fn edit(&mut self, id: &str, edit: impl FnOnce(&mut Value)) {
        let lists = self.modules.values_mut().filter_map(|module| module.get_mut("operations")?.as_array_mut());
        edit(lists.flatten().find(|one| one["id"] == id).unwrap());
    }

    pub(crate) fn remove(&mut self, id: &str) {
        for module in self.modules.values_mut() {
            if let Some(list) = module.get_mut("operations").and_then(Value::as_array_mut) {
                list.retain(|one| one["id"] != id);
            }
        }
    }

    pub(crate) fn add_type(&mut self, name: &str, schema: Value) {
        let module = self.modules.get_mut(name.split_once('.').unwrap().0).unwrap();
        if module.get("types").is_none() {
            module["types"] = json!({});
        }
        module["types"][name] = schema;
    }

    pub(crate) fn type_of(&self, name: &str) -> Option<&Value> {
        self.modules.get(name.split_once('.')?.0)?.get("types")?.get(name)
    }

    /// Gives types other names, and perhaps other modules, wherever they are mentioned.
    pub(crate) fn rename_types(&mut self, names: &BTreeMap<String, String>) {
        let mut moved = Vec::new();
        for types in self.modules.values_mut().filter_map(|module| module.get_mut("types")?.as_object_mut()) {
            moved.extend(names.iter().filter_map(|(from, to)| Some((to, types.remove(from)?))));
        }
        for (to, schema) in moved {
            self.add_type(to, schema);
        }
        let renamed = |text: &str| match text.strip_suffix('?') {
            Some(bare) => names.get(bare).map(|to| format!("{to}?")),
            None => names.get(text).cloned(),
        };
        self.modules.values_mut().for_each(|module| replace(module, &renamed));
        self.edit_local(|_, local| replace(local, &renamed));
    }

    /// Gives a module's file, and its types, another name.
    pub(crate) fn rename_module(&mut self, from: &str, to: &str) {
        let mut module = self.modules.remove(from).unwrap();
        module["module"] = to.into();
        let types = module.get_mut("types").and_then(Value::as_object_mut).map(std::mem::take).unwrap_or_default();
        module["types"] = json!({});
        self.modules.insert(to.to_owned(), module);
        let names = types.keys().map(|name| (name.clone(), name.replacen(from, to, 1))).collect();
        self.modules.get_mut(to).unwrap()["types"] = types.into();
        self.rename_types(&names);
        let by = |text: &str| (text == from).then(|| to.to_owned());
        self.edit_local(|path, local| match path {
            "spec/local/families.json" => replace(local, &by),
            "spec/local/names.json" => replace(&mut local["kept"], &by),
            _ => {}
        });
    }

    /// Edits what corrections say that they correct, as a person does who has looked at them again.
    pub(crate) fn edit_corrected(&mut self, mut edit: impl FnMut(&mut Value)) {
        self.edit_local(|_, local| {
            let corrections = local.get_mut("corrections").and_then(Value::as_array_mut);
            corrections.into_iter().flatten().filter_map(|correction| correction.get_mut("was")).for_each(&mut edit);
        });
    }

    fn edit_local(&mut self, mut edit: impl FnMut(&str, &mut Value)) {
        for (path, text) in self.files.iter_mut().filter(|(path, _)| path.starts_with(LOCAL) && path.ends_with(".json"))
        {
            let mut value: Value = serde_json::from_str(text).unwrap();
            edit(path, &mut value);
            *text = value.to_string();
        }
    }

    /// Everything that people wrote, as one text.
    pub(crate) fn local(&self) -> String {
        let local = self.files.iter().filter(|(path, _)| path.starts_with(LOCAL));
        local.map(|(path, text)| format!("{path} {text}\n")).collect()
    }
}

fn replace(value: &mut Value, by: &dyn Fn(&str) -> Option<String>) {
    match value {
        Value::String(text) => {
            if let Some(new) = by(text) {
                *text = new;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| replace(one, by)),
        Value::Object(map) => map.values_mut().for_each(|one| replace(one, by)),
        _ => {}
    }
}
