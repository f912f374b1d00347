//! The sessions of `docs/call.md` are as the program runs them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{Desk, Ran, bare, ran};

/// A command with what it prints and its exit code, as the page has it.
#[derive(Debug)]
struct Step {
    command: String,
    code: i32,
    printed: Vec<String>,
}

fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            line => match (line.strip_prefix("$ "), line.strip_prefix("? "), steps.last_mut()) {
                (Some(command), _, _) => {
                    steps.push(Step { command: command.to_owned(), code: 0, printed: Vec::new() });
                }
                (_, Some(code), Some(step)) => step.code = code.parse().unwrap(),
                (_, _, Some(step)) => step.printed.push(line.to_owned()),
                (_, _, None) => panic!("{line} comes before a command"),
            },
        }
    }
    steps
}

/// Whether a line is as the pattern has it, in which `[..]` stands for anything.
fn fits(pattern: &str, line: &str) -> bool {
    match pattern.split_once("[..]") {
        None => pattern == line,
        Some((start, rest)) => line.strip_prefix(start).is_some_and(|line| {
            let mut ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
            ends.any(|at| fits(rest, &line[at..]))
        }),
    }
}

fn run(desk: &Desk, command: &str) -> Ran {
    let words = command.strip_prefix("desk ").unwrap();
    let against = if words.starts_with("find") { String::new() } else { format!(" --against {}", desk.server.url()) };
    let mut shell = Command::new("sh");
    for (name, value) in bare().get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.env("DESK_TOKEN", &desk.token).env("DESK_SCOPES", &desk.scopes).stdin(Stdio::null());
    shell.current_dir(desk.folder.path());
    ran(shell.args(["-c", &format!("{} {words}{against}", env!("CARGO_BIN_EXE_desk"))]))
}

#[test]
fn what_the_page_shows_is_what_happens() {
    let desk = Desk::start();
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/call.md")).unwrap();
    let steps = steps(&page);
    assert!(steps.len() >= 8, "{}", steps.len());
    for Step { command, code, printed } in steps {
        let ran = run(&desk, &command);
        assert_eq!(ran.code, Some(code), "{command}: {ran:#?}");
        let said = format!("{}{}", ran.out, ran.err);
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), printed.len(), "{command} printed\n{said}");
        for (pattern, line) in printed.iter().zip(lines) {
            assert!(fits(pattern, line), "{command} printed\n{line}\nand the page has\n{pattern}");
        }
    }
}
