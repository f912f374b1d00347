//! Completions and man pages.

use std::fs;
use std::process::Command;

use crate::common::{Ran, bare, ran};

/// What the program answers a shell that completes the last of these words.
fn completed(words: &[&str]) -> Ran {
    let mut command = bare();
    command.env("DESK_COMPLETE", "fish").args(["--", "desk"]).args(words);
    ran(&mut command)
}

/// The first of each answered line.
fn names(words: &[&str]) -> Vec<String> {
    let told = completed(words);
    assert_eq!(told.code, Some(0), "{told:?}");
    told.out.lines().filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
}

#[test]
fn words_operations_and_options_are_completed() {
    assert!(names(&["ca"]).contains(&"call".to_owned()));
    let operations = names(&["call", "get_ticket"]);
    assert!(
        operations.contains(&"get_tickets".to_owned()) && operations.iter().all(|name| name.starts_with("get_ticket"))
    );
    let options = names(&["call", "get_tickets", "--"]);
    for option in ["--limit", "--sort-by", "--output", "--all"] {
        assert!(options.contains(&option.to_owned()), "{option} is not in {options:?}");
    }
    assert_eq!(names(&["call", "get_tickets", "--output", "js"]), ["json", "jsonl"]);
    assert_eq!(names(&["call", "get_tickets", "--include", "contacts,pro"]), ["contacts,products"]);
    assert_eq!(names(&["call", "get_tickets", "--sort-by", "created"]), ["createdTime"]);
    assert_eq!(names(&["call", "get_tickets", "--sort-by=-due"]), ["--sort-by=-dueDate"]);
    assert_eq!(names(&["login", "--for", "tickets,get_ticket_conv"]), ["tickets,get_ticket_conversations"]);
    assert_eq!(names(&["login", "--data-centre", "e"]), ["eu"]);
    assert_eq!(names(&["mcp", "--families", "comm"]), ["community"]);
    assert!(names(&["help", "search_tick"]).contains(&"search_tickets".to_owned()));
    assert!(names(&["scopes", "che"]).contains(&"check".to_owned()));
}

#[test]
fn each_shell_has_a_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = ran(bare().args(["completions", shell]));
        assert!(script.code == Some(0) && script.out.contains("DESK_COMPLETE"), "{script:?}");
    }
    let other = ran(bare().args(["completions", "tcsh"]));
    assert!(other.code == Some(2) && other.err.contains("bash"), "{other:?}");
}

/// The script as bash runs it when a person presses the tabulator.
#[test]
fn bash_completes_with_its_script() {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_desk")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap_or_default());
    let script = "source <(desk completions bash); COMP_WORDS=(desk call search_tick); COMP_CWORD=2; COMP_TYPE=9; \
        _clap_complete_desk desk search_tick call; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let Ok(output) = Command::new("bash").env("PATH", path).args(["-c", script]).output() else { return };
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(out.lines().any(|line| line.trim() == "search_tickets"), "{output:?}");
}

#[test]
fn each_word_has_a_man_page() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("man1");
    let written = ran(bare().args(["man", "--to"]).arg(&to));
    assert_eq!(written.code, Some(0), "{written:?}");
    for name in ["desk", "desk-call", "desk-find", "desk-request", "desk-scopes-check"] {
        let page = fs::read_to_string(to.join(format!("{name}.1"))).unwrap();
        assert!(page.contains(".TH ") && page.len() > 200, "{name}: {page}");
    }
    let call = fs::read_to_string(to.join("desk-call.1")).unwrap();
    assert!(call.contains("max\\-risk"), "{call}");
    let refused = ran(bare().args(["man", "--to", "/proc/man"]));
    assert!(refused.code == Some(1) && refused.err.contains("/proc/man"), "{refused:?}");
}
