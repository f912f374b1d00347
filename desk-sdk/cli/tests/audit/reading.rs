//! What the audit is given to read that it cannot read, or that a person would not expect.

use std::fs;

use crate::project::{MANIFEST, Project, Ran};

const PLAIN: &str = "fn f(c: &desk_sdk::Client) { c.get_contact(p); }";

#[test]
fn what_is_not_looked_at_is_no_success() {
    let project = Project::of_main(PLAIN);
    project.write("src/nobody.rs", PLAIN);
    let absolute = project.file("src/nobody.rs").display().to_string();
    for file in ["src/nobody.rs", "./src/nobody.rs", &absolute] {
        let Ran { code, out, .. } = project.audit(&[file]);
        assert!(code == Some(2) && out.contains("nobody.rs: is not compiled"), "{file}: {out}");
        assert_eq!(out.matches("is not compiled").count(), 1, "{out}");
    }
    let Ran { code, out, .. } = project.audit(&["src/main.rs", "src/nobody.rs"]);
    assert!(code == Some(2) && out.contains("get_contact (safe)"), "{out}");
    let empty = Project::new(&[("Cargo.toml", MANIFEST)]);
    let Ran { code, out, .. } = empty.audit(&[]);
    assert!(code == Some(2) && out.contains("Cargo.toml: has nothing to compile"), "{out}");
}

#[cfg(unix)]
#[test]
fn folders_that_cannot_be_read_are_told() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let project = Project::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
        ("crates/app/Cargo.toml", MANIFEST),
        ("crates/app/src/main.rs", PLAIN),
    ]);
    let may = |folder: &str, mode| fs::set_permissions(project.file(folder), fs::Permissions::from_mode(mode)).unwrap();
    for folder in ["crates/app/src", "crates"] {
        may(folder, 0o000);
        // Who may do everything can read it all the same.
        let is_closed = fs::read_dir(project.file(folder)).is_err();
        let Ran { code, out, .. } = project.audit(&[]);
        may(folder, 0o755);
        assert!(!is_closed || code == Some(2) && out.contains(&format!("{folder}: cannot be read")), "{out}");
    }
    // Links that lead in a circle end.
    symlink("../src", project.file("crates/app/src/again")).unwrap();
    symlink("two.rs", project.file("crates/app/src/one.rs")).unwrap();
    symlink("one.rs", project.file("crates/app/src/two.rs")).unwrap();
    assert_eq!(project.operations(&[]), ["get_contact"]);
    // What a link leads to is written, and the link stays.
    project.write("kept.toml", "granted = []\n[operations]\n");
    symlink("kept.toml", project.file("desk-scopes.toml")).unwrap();
    project.audit(&["--fix"]);
    assert!(project.file("desk-scopes.toml").is_symlink() && project.read("kept.toml").contains("get_contact"));
}

#[test]
fn a_file_is_one_whatever_its_name_and_however_its_lines_end() {
    let project = Project::of_main(PLAIN);
    for name in ["scopes.lock", "other.toml"] {
        assert_eq!(project.audit(&["--fix", "--lock", name]).code, Some(0), "{name}");
        assert_eq!(project.audit(&["--lock", name]).code, Some(0), "{name}");
    }
    let windows = project.read("other.toml").replace('\n', "\r\n");
    project.write("other.toml", &windows);
    assert!(project.audit(&["--fix", "--lock", "other.toml"]).err.contains("is as it should be"));
    assert_eq!(project.read("other.toml"), windows);
    project.write("other.toml", "");
    fs::create_dir(project.file("folder.toml")).unwrap();
    for (name, problem) in [
        ("gone.toml", "gone.toml: cannot be read"),
        ("folder.toml", "folder.toml: is not a file"),
        (
            "other.toml",
            "other.toml: it has no table `operations`: remove the file, and `desk scopes audit --fix` writes it",
        ),
    ] {
        let Ran { code, err, .. } = project.audit(&["--lock", name]);
        assert!(code == Some(2) && err.contains(problem) && !err.contains("index.tsv"), "{err}");
    }
    let pasted = "[\"Desk.contacts.READ\",\"Desk.basic.READ\"]";
    for granted in [pasted, "scope=Desk.contacts.READ%20Desk.basic.READ", "desk.contacts.read; Desk.basic.READ"] {
        assert_eq!(project.audit(&["--granted", granted]).code, Some(0), "{granted}");
    }
}

#[test]
fn files_that_stand_for_expressions_are_read_beside_who_includes_them() {
    let project = Project::of_main(
        "mod inner { pub fn f(c: &desk_sdk::Client) { let c = c; include!(\"parts/a.in\"); include!(\"gone.in\"); } }",
    );
    project.write("src/parts/a.in", "{\n    c.get_contact(p);\n    include!(\"b.in\")\n}");
    project.write("src/parts/b.in", "c.get_agent(p)");
    let Ran { out, .. } = project.audit(&[]);
    assert!(out.contains("src/parts/a.in:2:7"), "{out}");
    assert!(out.contains("src/parts/b.in:1:3"), "{out}");
    assert!(out.contains("gone.in: cannot be read") && !out.contains("made by the build"), "{out}");
    // One that includes itself ends.
    project.write("src/parts/b.in", "include!(\"b.in\")");
    assert!(project.audit(&[]).out.contains("get_contact"));
}

#[test]
fn all_files_that_a_module_may_have_are_read() {
    let module = |method: &str| format!("pub fn f(c: &desk_sdk::Client) {{ c.{method}(p); }}");
    let main = "#[cfg_attr(unix, path = \"u.rs\")]\n#[cfg_attr(windows, allow(dead_code), path = \"w.rs\")]\nmod y;";
    let project = Project::of_main(main);
    project.write("src/u.rs", &module("get_contact"));
    project.write("src/w.rs", &module("get_agent"));
    assert_eq!(project.operations(&[]), ["get_agent", "get_contact"]);
    project.write("src/y.rs", &module("get_ticket"));
    assert_eq!(project.operations(&[]), ["get_agent", "get_contact", "get_ticket"]);
    fs::remove_file(project.file("src/w.rs")).unwrap();
    let Ran { code, out, .. } = project.audit(&[]);
    assert!(code == Some(2) && out.contains("there is no") && out.contains("w.rs"), "{out}");
}
