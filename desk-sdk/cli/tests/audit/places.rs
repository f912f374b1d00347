//! Where something is found, if that is not where it is written.

use std::fs;

use serde_json::Value;

use crate::project::{MANIFEST, Project, Ran};

/// `operation file:line` of all that is used for certain.
fn places(project: &Project) -> Vec<String> {
    let audit = project.json(&[]);
    let mut places = Vec::new();
    for one in audit["operations"].as_array().unwrap() {
        for place in one["places"].as_array().unwrap() {
            let file = place["file"].as_str().unwrap();
            places.push(format!("{} {file}:{}", one["operation"].as_str().unwrap(), place["line"]));
        }
    }
    places.sort();
    places
}

#[test]
fn a_call_that_a_macro_of_another_file_makes_stands_where_the_macro_is_used() {
    let project = Project::new(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"app\", \"shared\"]\n"),
        ("shared/Cargo.toml", &MANIFEST.replace("app", "shared")),
        (
            "shared/src/lib.rs",
            "#[macro_export]\nmacro_rules! contact {\n($c:expr) => {\n$crate::agents!($c);\n$c.get_contact(p())\n};\n}\n\
             #[macro_export]\nmacro_rules! agents {\n($c:expr) => {\n$c.get_agents(p())\n};\n}\n\
             fn here(c: &desk_sdk::Client) {\nagents!(c);\n}\n",
        ),
        ("app/Cargo.toml", &format!("{MANIFEST}shared = {{ path = \"../shared\" }}\n")),
        (
            "app/src/main.rs",
            "#[macro_use]\nmod own;\nfn f(c: &desk_sdk::Client) {\nshared::contact!(c);\n}\nreader! { a }\n",
        ),
        (
            "app/src/own.rs",
            "macro_rules! reader {\n($f:ident) => {\nfn $f(c: &desk_sdk::Client) {\nc.get_ticket(p());\n\
             c.invoke(\"get_role\", ());\n}\n};\n}\n",
        ),
    ]);
    assert_eq!(
        places(&project),
        [
            "get_agents app/src/main.rs:4",
            // In the file of the macro, it is where it is written.
            "get_agents shared/src/lib.rs:11",
            "get_contact app/src/main.rs:4",
            "get_role app/src/main.rs:6",
            "get_ticket app/src/main.rs:6",
        ]
    );
}

#[test]
fn a_file_that_a_body_includes_is_read() {
    let main = "fn f(c: &desk_sdk::Client) {\ninclude!(\"body.rs\");\n}\nfn main() {}\n";
    let project = Project::of_main(main);
    project.write("src/body.rs", "c.get_agents(p())\n");
    project.write("src/nobody.rs", "fn nobody() {}\n");
    assert_eq!(places(&project), ["get_agents src/body.rs:1"]);
    let Ran { out, .. } = project.audit(&[]);
    assert!(out.contains("No target leads to 1 other file."), "{out}");
    let Ran { code, out, .. } = project.audit(&["src/body.rs"]);
    assert!(code == Some(0) && out.contains("get_agents"), "{out}");
}

#[cfg(target_os = "linux")]
#[test]
fn paths_need_not_be_text() {
    use std::os::unix::ffi::OsStringExt as _;
    let project = Project::of_main("mod inner;\nfn main() {}\n");
    let folder = project.path().join(std::ffi::OsString::from_vec(b"caf\xe9".to_vec()));
    fs::create_dir(&folder).unwrap();
    fs::rename(project.file("src"), folder.join("src")).unwrap();
    fs::rename(project.file("Cargo.toml"), folder.join("Cargo.toml")).unwrap();
    fs::write(folder.join("src/inner.rs"), "fn f(c: &desk_sdk::Client) {\nc.get_agents(p());\nc.invoke(n(), 1);\n}\n")
        .unwrap();
    let shown = "caf\u{fffd}/src/inner.rs";
    let Ran { code, out, .. } = project.audit(&[]);
    assert!(code == Some(0) && out.contains(&format!("{shown}:2:3")), "{out}");
    assert_eq!(places(&project), [format!("get_agents {shown}:2")]);
    let sarif: Value = serde_json::from_str(&project.audit(&["--sarif"]).out).unwrap();
    assert!(sarif.to_string().contains("inner.rs"), "{sarif}");
    assert!(project.audit(&["--html", "-"]).out.contains(shown));
    // What people settle is found again.
    let allowed = format!(
        "[operations]\n\n[[allow]]\nfile = \"{shown}\"\ncall = \"invoke\"\noperations = [\"get_role\"]\nreason = \"one\"\n"
    );
    project.write("desk-scopes.toml", &allowed);
    assert_eq!(project.audit(&["--fix"]).code, Some(0));
    assert_eq!(project.audit(&["--strict"]).code, Some(0));
    assert_eq!(project.operations(&[]), ["get_agents", "get_role"]);
}
