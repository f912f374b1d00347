//! The dependents, written otherwise: what they use stays the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use desk_cli::audit::Audit;

use crate::dependents::{DEPENDENTS, folder};
use crate::project::Project;

/// A way to write a file otherwise.
type Change = fn(&str, &str) -> Vec<(String, String)>;

/// How often each operation is found: sure, unsure, unseen.
fn uses(audit: &Audit) -> BTreeMap<String, usize> {
    let mut uses = BTreeMap::new();
    for finding in &audit.findings {
        let doubt = if finding.doubt.is_some() { "unsure " } else { "" };
        *uses.entry(format!("{doubt}{}", finding.operation.id)).or_default() += 1;
    }
    *uses.entry("unseen".to_owned()).or_default() += audit.unseen.len();
    assert_eq!(audit.problems, []);
    uses
}

/// Copies a program, with its sources changed.
fn written(name: &str, change: Change) -> Project {
    let project = Project::new(&[]);
    let root = folder(name);
    copy(&root, &root, &project, change);
    project
}

fn copy(root: &Path, folder: &Path, project: &Project, change: Change) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        if path.is_dir() {
            copy(root, &path, project, change);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let is_source = name.ends_with(".rs") && !name.starts_with("shared/");
            let files = if is_source { change(&name, &text) } else { vec![(name, text)] };
            files.iter().for_each(|(name, text)| project.write(name, text));
        }
    }
}

/// The attributes and comments at the beginning of a file, which must stay there, and the rest.
fn head(text: &str) -> (String, String) {
    let is_head = |line: &&str| line.starts_with("//!") || line.starts_with("#![") || line.trim().is_empty();
    let number = text.lines().take_while(is_head).count();
    let lines: Vec<&str> = text.lines().collect();
    (lines[..number].join("\n"), lines[number..].join("\n"))
}

/// Declarations of modules and `include!`, which stay where they are, and the rest.
fn without_modules(text: &str) -> (String, String) {
    let is_module = |line: &&str| {
        let declares = line.starts_with("mod ") || line.starts_with("pub mod ");
        (declares && line.ends_with(';'))
            || line.starts_with("#[path")
            || line.starts_with("#[macro_use")
            || line.starts_with("include!")
    };
    let (modules, rest): (Vec<&str>, Vec<&str>) = text.lines().partition(is_module);
    (modules.join("\n"), rest.join("\n"))
}

fn same_name(name: &str, text: String) -> Vec<(String, String)> {
    vec![(name.to_owned(), text)]
}

const CHANGES: &[(&str, Change)] = &[
    ("as it is", |name, text| same_name(name, text.to_owned())),
    ("the file's content in a macro that repeats its tokens", |name, text| {
        let (head, rest) = head(text);
        let (modules, rest) = without_modules(&rest);
        same_name(
            name,
            format!(
                "{head}\nmacro_rules! same {{ ($($all:tt)*) => {{ $($all)* }}; }}\n{modules}\nsame! {{\n{rest}\n}}\n"
            ),
        )
    }),
    ("the file's content in another file", |name, text| {
        let (head, rest) = head(text);
        let (modules, rest) = without_modules(&rest);
        let other = format!("moved_{}", name.replace('/', "_"));
        let up = "../".repeat(name.matches('/').count());
        let moved = (other.clone(), rest);
        vec![(name.to_owned(), format!("{head}\n{modules}\ninclude!(\"{up}{other}\");\n")), moved]
    }),
    ("the client by another name", |name, text| {
        let text = text.replace("Client", "Connection");
        let text =
            text.replace("desk_sdk::Connection", "desk_sdk::Client").replace("zoho::Connection as", "zoho::Client as");
        let text = text.replace("use desk_sdk::{Connection,", "use desk_sdk::{Client as Connection,");
        let text = text.replace("use desk_sdk::Client;", "type Connection = desk_sdk::Client;");
        let text = text.replace("{Answer, Connection,", "{Answer, Client as Connection,");
        same_name(
            name,
            text.replace("use desk::{Connection,", "use desk::{Client as Connection,")
                .replace("desk::Connection::", "desk::Client::"),
        )
    }),
    ("arguments of calls behind a variable", |name, text| same_name(name, text.replace(".await?", ".send().await?"))),
    ("each call behind a closure that is called at once", |name, text| {
        let text = text.replace(
            "self.desk.get_ticket(GetTicket::new(id))",
            "(|desk: &Client| desk.get_ticket(GetTicket::new(id)))(&self.desk)",
        );
        let text =
            text.replace("desk.get_articles(GetArticles::new())", "(|| desk.get_articles(GetArticles::new()))()");
        same_name(
            name,
            text.replace(
                "sides.to.$create($created::new().$field(value))",
                "(|to: &Client| to.$create($created::new().$field(value)))(&sides.to)",
            ),
        )
    }),
    ("what is called behind helpers", |name, text| {
        let helper =
            "fn same_as<T>(value: T) -> T { value }\nfn boxed<'t, T>(value: &'t T) -> Box<&'t T> { Box::new(value) }\n";
        let (head, rest) = head(text);
        let rest = rest
            .replace("self.desk.", "same_as(&self.desk).")
            .replace("sides.to.", "boxed(&sides.to).")
            .replace("desk.invoke(", "same_as(desk).invoke(");
        same_name(name, format!("{head}\n{helper}{rest}\n"))
    }),
    ("everything in a module of its own", |name, text| {
        let (head, rest) = head(text);
        let (modules, rest) = without_modules(&rest);
        if name.ends_with("copying.rs") {
            return same_name(name, text.to_owned());
        }
        let inner = rest.replace("self::", "super::");
        same_name(name, format!("{head}\n{modules}\npub use inner::*;\nmod inner {{\nuse super::*;\n{inner}\n}}\n"))
    }),
    ("everything twice as deep in blocks", |name, text| {
        same_name(
            name,
            text.replace("-> desk_sdk::Result<()> {", "-> desk_sdk::Result<()> { let _guard = 1;")
                .replace(".await?;", ".await?; {}"),
        )
    }),
];

#[test]
fn programs_that_are_written_otherwise_use_the_same() {
    for name in DEPENDENTS {
        let known = uses(&Audit::of(&[folder(name)]));
        for (how, change) in CHANGES {
            let project = written(name, *change);
            let found = uses(&Audit::of(&[project.path().to_owned()]));
            assert_eq!(found, known, "{name}: {how}");
        }
    }
}
