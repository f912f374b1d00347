//! The examples of `desk help` are right: the command parses and makes the request that the curl command makes, and the
//! Rust compiles.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use desk_cli::call::{Shown, parse, show_anywhere};
use desk_cli::guide::Example;
use desk_cli::problem::Problem;
use desk_sdk::{Client, by_name};
use tokio::runtime::Runtime;

use crate::common::{bare, ran};

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// The same file as in the examples, for commands that send it.
fn with_photo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("photo.png"), "the photo").unwrap();
    folder
}

/// A request without the boundary of its form, which is random.
fn comparable(shown: &Shown) -> String {
    shown.to_string().lines().filter(|line| !line.starts_with("content-type: multipart")).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_command_makes_the_request_of_its_curl_command() {
    let (runtime, folder) = (runtime(), with_photo());
    let mut count = 0;
    for operation in desk_sdk::operations() {
        let (id, example) = (operation.id, Example::of(operation));
        let request = runtime.block_on(example.request()).unwrap_or_else(|problem| panic!("{id}: {problem}"));
        let words: Vec<OsString> = example.words().iter().skip(2).map(|word| photo(word, folder.path())).collect();
        let parsed = parse(operation, &words).unwrap_or_else(|error| panic!("{id}: {words:?}: {error:?}"));
        assert!(parsed.options.general.max_risk >= operation.risk, "{id}");
        let given = parsed.given;
        let shown = show_anywhere(|client: Client| async move {
            let call = given.invocation(&client, operation).await?;
            match by_name::answers_with_file(operation.id) {
                true => drop(call.download()?.await?),
                false => drop(call.await?),
            }
            Ok::<_, Problem>(())
        });
        let shown = runtime.block_on(shown).unwrap_or_else(|problem| panic!("{id}: {words:?}: {problem}"));
        assert_eq!(comparable(&shown), comparable(&request), "{id}");
        let curl = request.curl();
        assert!(
            curl.contains(&request.address) && curl.contains("$DESK_TOKEN") && !curl.contains("the-token"),
            "{curl}"
        );
        count += 1;
    }
    assert!(count >= 897, "{count}");
}

fn photo(word: &str, folder: &Path) -> OsString {
    match word {
        "@photo.png" => format!("@{}/photo.png", folder.display()).into(),
        word => word.into(),
    }
}

#[test]
fn commands_work_as_they_are_printed() {
    let folder = with_photo();
    for operation in desk_sdk::operations().step_by(70) {
        let command = Example::of(operation).command();
        let words = command.strip_prefix("desk ").unwrap();
        let program = env!("CARGO_BIN_EXE_desk");
        let mut shell = std::process::Command::new("sh");
        shell.current_dir(folder.path()).args(["-c", &format!("{program} {words} --show")]);
        let shown = ran(&mut shell);
        assert_eq!(shown.code, Some(0), "{command}: {shown:?}");
        assert!(shown.out.starts_with(operation.method.as_str()), "{command}: {shown:?}");
        let help = ran(bare().args(["help", operation.id]));
        assert!(help.out.contains(&format!("\n  {command}\n")), "{command} is not in {}", help.out);
    }
}

/// Each twelfth example is compiled with these tests. `INSTA_UPDATE=always` writes them anew.
#[test]
fn examples_that_compile_are_those_that_are_printed() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cli/guide/printed.rs");
    let mut text = "//! Examples as `desk help` prints them; the test `examples` writes this file.\n\n\
        use std::error::Error;\n\nuse desk_sdk::Client;\n"
        .to_owned();
    for operation in desk_sdk::operations().step_by(12) {
        let id = operation.id;
        let rust = Example::of(operation).rust();
        let _ = write!(text, "\n#[rustfmt::skip]\nasync fn {id}(client: Client) -> Result<(), Box<dyn Error>> {{\n");
        rust.lines()
            .for_each(|line| text.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }));
        text.push_str("    Ok(())\n}\n");
    }
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(&path, &text).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap() == text, "run the test with INSTA_UPDATE=always");
}
