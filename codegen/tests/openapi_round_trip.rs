//! The spec as one OpenAPI document, and the same spec of that document again.

use crate::common::{self, described, loaded, module, real};
use crate::random_spec;
use desk_codegen::import::{Imported, import};
use desk_codegen::load::Loaded;
use desk_codegen::openapi::{Descriptions, openapi};
use desk_codegen::spec::{ListedOperation, Spec};
use proptest::collection::vec;
use proptest::prelude::*;

fn document(loaded: &Loaded) -> String {
    openapi(loaded, &Descriptions::default()).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

/// What an import makes of a document, without anything from `spec/local`.
fn imported(document: &str) -> Imported {
    let files = common::files(&[("any_name.json", document)]);
    import(&files, &common::api()).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.locate(&files)))
}

/// The imported modules as one spec.
fn spec(imported: &Imported) -> Spec {
    let mut spec = Spec::default();
    for path in imported.files.keys() {
        let name = path.strip_prefix("spec/upstream/").unwrap().strip_suffix(".json").unwrap();
        let read = module(imported, name);
        let listed = |operation| ListedOperation { module: read.module.clone(), operation };
        spec.operations.extend(read.operations.into_iter().map(listed));
        spec.types.extend(read.types);
    }
    spec
}

/// The spec in one text, its types sorted: the spec has them by file, a module by name.
fn text(mut spec: Spec) -> String {
    spec.types.sort_unstable_keys();
    spec.to_text().unwrap()
}

/// The document of a spec gives that spec again, whatever is in it.
fn comes_back(loaded: Loaded, document: &str) {
    let imported = imported(document);
    assert_eq!(imported.notes, []);
    let again = spec(&imported);
    for (before, after) in loaded.spec.operations.iter().zip(&again.operations) {
        assert_eq!(before, after, "{document}");
    }
    for (name, schema) in &loaded.spec.types {
        assert_eq!(Some(schema), again.types.get(name), "{name}");
    }
    assert_eq!(loaded.spec, again);
    assert!(text(loaded.spec) == text(again), "what is equal may still be in another order");
}

#[test]
fn the_real_comes_back_whole() {
    let loaded = loaded(&real());
    let document = described(&loaded);
    comes_back(loaded, &document);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_spec_comes_back_whole(bytes in vec(any::<u8>(), 0..3000)) {
        let loaded = loaded(&random_spec::files(&bytes));
        let document = document(&loaded);
        comes_back(loaded, &document);
    }
}
