//! How long an audit takes, and how much memory.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use desk_cli::audit::Audit;

use crate::project::Project;

/// This repository, on a busy computer, with its thousands of generated functions and everything else that people wrote.
#[test]
fn a_large_repository_is_audited_in_seconds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let begun = Instant::now();
    let audit = Audit::of(&[root]);
    assert!(begun.elapsed() < Duration::from_secs(300), "{:?}", begun.elapsed());
    assert_eq!(audit.problems, []);
    assert!(audit.files > 200 && audit.operations(true).len() > 50);
    // Nothing that people write is given up.
    assert!(!audit.unseen.iter().any(|unseen| unseen.reason.contains("too many steps")));
    assert!(audit.steps < 5_000_000, "{} steps", audit.steps);
}

/// `cargo test --profile bench --package desk-cli --test audit speed -- --ignored --nocapture`. On two free cores, these 310,000
/// lines take 1.0 to 1.2 s (1.7 s of CPU time) and 165 to 171 MB; with the allocator of glibc, 2.1 to 2.3 s.
#[test]
#[ignore = "only says something when it is optimized and alone"]
fn a_thousand_files_take_less_than_two_seconds_and_200_megabytes() {
    let project = workspace(20, 50);
    let begun = Instant::now();
    let audit = Audit::of(&[project.path().to_owned()]);
    let took = begun.elapsed();
    let peak = peak();
    println!("{} files, {} findings, {} steps: {took:?}, {peak} MB", audit.files, audit.findings.len(), audit.steps);
    assert_eq!((audit.files, audit.problems.len(), audit.unseen.len()), (1020, 0, 1000));
    assert!(audit.findings.iter().all(|finding| finding.doubt.is_none()));
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert!(peak < 200, "{peak} MB");
}

/// The most memory that this process has had, in megabytes; 0 where that cannot be told.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// Crates that know one another, of modules with some 300 lines.
fn workspace(crates: usize, modules: usize) -> Project {
    let project = Project::new(&[("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n")]);
    for one in 0..crates {
        let before = one.checked_sub(1).map(|before| format!("part_{before} = {{ path = \"../part_{before}\" }}\n"));
        let manifest = format!(
            "[package]\nname = \"part_{one}\"\n[dependencies]\ndesk-sdk = {{ version = \"0.1\", features = [\"full\", \"by-name\"] }}\n{}",
            before.unwrap_or_default()
        );
        project.write(&format!("crates/part_{one}/Cargo.toml"), &manifest);
        let mut root = String::from("pub mod prelude { pub use desk_sdk::*; pub use desk_sdk::tickets::*; }\n");
        for module in 0..modules {
            let _ = writeln!(root, "pub mod module_{module};");
            project.write(&format!("crates/part_{one}/src/module_{module}.rs"), &source(module));
        }
        project.write(&format!("crates/part_{one}/src/lib.rs"), &root);
    }
    project
}

fn source(number: usize) -> String {
    let mut text = format!(
        "//! Part {number}.\n\nuse std::collections::HashMap;\nuse std::sync::Arc;\n\nuse serde_json::json;\n\nuse crate::prelude::*;\n\n\
         /// What it works with.\n#[derive(Clone)]\npub struct Service{number} {{\n    client: Arc<Client>,\n    known: HashMap<String, Vec<Id>>,\n    limit: u64,\n}}\n\n\
         impl Service{number} {{\n    pub async fn by_name(&self, name: &str) -> desk_sdk::Result<String> {{\n        \
         let answer = self.client.invoke(name, json!({{ \"limit\": self.limit }})).await?;\n        Ok(answer.to_string())\n    }}\n"
    );
    for function in 0..11 {
        let _ = write!(
            text,
            r#"
    /// Reads what is open, and changes what has waited for too long.
    pub async fn step_{function}(&mut self, ids: &[Id], since: Option<&str>) -> desk_sdk::Result<usize> {{
        let mut count = 0;
        let page = self.client.get_tickets(GetTickets::new().limit(self.limit)).await?;
        for ticket in page.data.iter().filter(|ticket| ticket.status.is_some()) {{
            let Some(id) = ticket.id.as_ref() else {{ continue }};
            let entry = self.known.entry(id.to_string()).or_default();
            if entry.len() > {function} && since.map_or(false, |since| since < "2026") {{
                entry.clear();
            }} else {{
                entry.push(id.clone());
            }}
            let words: Vec<String> = ticket.subject.iter().flat_map(|text| text.split(' ')).map(str::to_owned).collect();
            count += words.len();
        }}
        let calls = ids.iter().map(|id| self.client.get_ticket(GetTicket::new(id)));
        for answer in futures::future::join_all(calls).await {{
            match answer {{
                Ok(ticket) if ticket.status.is_none() => println!("{{:?}} {{}}", ticket.id, count),
                Ok(ticket) => count += ticket.subject.as_deref().unwrap_or_default().len(),
                Err(error) => eprintln!("{{error}}"),
            }}
        }}
        Ok(count)
    }}
"#
        );
    }
    text.push_str("}\n");
    text
}
