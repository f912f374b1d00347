//! What is linked into compiled programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use desk_cli::audit::Linked;

use crate::project::Project;

const PROGRAM: &str = r#"
use desk_sdk::tickets::{GetTickets, UpdateTicket};
use desk_sdk::{Client, Method};

fn calls(client: &Client) {
    drop(client.get_tickets(GetTickets::new().limit(1)));
    drop(client.call(UpdateTicket::new("1").subject("x")));
    // By its path, with the table of all routes.
    drop(client.request(Method::Get, std::env::args().next().unwrap_or_default()));
    // A text is no operation.
    println!("get_agents /api/v1/agents {}", std::env::args().count());
}

fn main() {
    if let Ok(client) = Client::builder().access_token("x").build() {
        calls(&client);
    }
}
"#;

/// The SDK as it was compiled for this test, the newest first.
fn libraries() -> Vec<PathBuf> {
    let folder = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_sdk = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("libdesk_sdk-") && name.ends_with(".rlib")
    };
    let mut found: Vec<PathBuf> = entries.filter(is_sdk).collect();
    found.sort_by_key(|path| std::cmp::Reverse(fs::metadata(path).unwrap().modified().unwrap()));
    found
}

/// Compiles a program with what was compiled already.
fn compiled(project: &Project, name: &str, options: &[&str]) -> PathBuf {
    project.write("main.rs", PROGRAM);
    let target = project.file(name);
    let compile = |library: &PathBuf| {
        let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        command.args(["--edition", "2024"]).args(options).arg("-o").arg(&target).arg(project.file("main.rs"));
        command.arg("--extern").arg(format!("desk_sdk={}", library.display()));
        command.arg("-L").arg(format!("dependency={}", library.parent().unwrap().display()));
        command.output().unwrap()
    };
    let mut problems = String::new();
    for library in libraries() {
        let output = compile(&library);
        if output.status.success() {
            return target;
        }
        problems.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    panic!("{problems}");
}

fn linked(file: &Path) -> Vec<&'static str> {
    Linked::of(file).unwrap().operations.iter().map(|operation| operation.id).collect()
}

#[test]
fn what_a_program_may_call_is_linked_and_nothing_else() {
    let project = Project::new(&[]);
    for (name, options) in [("plain", &[][..]), ("small", &["-C", "opt-level=3", "-C", "strip=symbols"])] {
        let program = compiled(&project, name, options);
        assert_eq!(linked(&program), ["get_tickets", "update_ticket"], "{name}");
        assert!(!Linked::of(&program).unwrap().by_name);
    }
    project.write("Cargo.toml", crate::project::MANIFEST);
    project.write(
        "src/main.rs",
        &PROGRAM.replace("client.call(UpdateTicket::new(\"1\").subject(\"x\"))", "client.get_contact(p)"),
    );
    let ran = project.audit(&[".", "--binary", "small"]);
    for part in [
        "Linked into small: get_tickets, update_ticket",
        "In the source, and not linked: get_contact",
        "Linked, and not found in the source: update_ticket",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}{}", ran.out, ran.err);
    }
    assert_eq!(ran.code, Some(1));
    let alone = project.audit(&["--binary", "plain", "--json"]);
    assert!(alone.out.contains("\"get_tickets\"") && alone.code == Some(0), "{}{}", alone.out, alone.err);
}

#[test]
fn calls_by_name_link_everything() {
    let linked = Linked::of(&std::env::current_exe().unwrap()).unwrap();
    let all = desk_sdk::operations().filter(|operation| operation.alias_of.is_none()).count();
    assert_eq!((linked.operations.len(), linked.by_name), (all, true));
}

#[test]
fn what_is_no_program_is_refused() {
    let project = Project::new(&[("text", "get_tickets /api/v1/tickets")]);
    let problem = Linked::of(&project.file("text")).unwrap_err().to_string();
    assert!(problem.contains("is no program"), "{problem}");
    // A program that has no SDK.
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    project.write("other.rs", "fn main() { println!(\"get_tickets\"); }");
    let compiled = Command::new(rustc).args(["other.rs", "-o", "other"]).current_dir(project.path()).status().unwrap();
    let ran = project.audit(&["--binary", "other"]);
    assert!(compiled.success() && ran.code == Some(2) && ran.err.contains("has no desk-sdk in it"), "{}", ran.err);
    let ran = project.audit(&["--binary", "gone"]);
    assert!(ran.code == Some(2) && ran.err.contains("gone: cannot be read"), "{}", ran.err);
}
