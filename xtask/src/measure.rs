//! `cargo xtask measure`: whether the program `desk`, built as it is installed, is as small and as quick as promised.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use crate::building;
use crate::files::Tree;
use crate::printing::outln;
use crate::tools::DESK;

/// The most bytes that the program has.
const LARGEST: u64 = 15_000_000;
/// The longest time that `desk --version` takes.
const START: Duration = Duration::from_millis(10);
/// How much longer than curl a call takes.
const MORE_THAN_CURL: Duration = Duration::from_millis(30);
/// How often each is run. The median counts, since a busy computer makes some of them slow.
const RUNS: usize = 61;

/// Builds it for this computer, or for another target that this computer can run, and measures it.
pub(crate) fn run(target: Option<&str>) -> Result<ExitCode> {
    let program = built(target)?;
    let size = program.metadata().with_context(|| program.display().to_string())?.len();
    let desk = LocalDesk::start(&program)?;
    let page = format!("{}/api/v1/tickets", desk.said("url")?);
    let token = format!("Authorization: Zoho-oauthtoken {}", desk.said("token")?);
    let organization = format!("orgId: {}", desk.said("organization")?);
    let (mut version, mut call, mut curl) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        // In turns, so that whatever else the computer does slows all of them down.
        version.push(timed(desk.command(&program).arg("--version"))?);
        call.push(timed(desk.command(&program).args(["--profile", "mock", "call", "get_tickets"]))?);
        curl.push(timed(Command::new("curl").args(["-sS", "-H", &token, "-H", &organization, &page]))?);
    }
    let (version, call, curl) = (median(version), median(call), median(curl));
    let more = call.saturating_sub(curl);
    let good = [
        told("size", size as f64 / 1e6, LARGEST as f64 / 1e6, "MB"),
        told("desk --version", millis(version), millis(START), "ms"),
        told("a call, more than curl", millis(more), millis(MORE_THAN_CURL), "ms"),
    ];
    outln!("medians of {RUNS} runs; the call itself {:.1} ms, curl {:.1} ms", millis(call), millis(curl));
    Ok(if good.iter().all(|good| *good) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn built(target: Option<&str>) -> Result<PathBuf> {
    let mut cargo = DESK.cargo("build");
    cargo.args(["--release", "--locked"]);
    let root = Tree::project().root().to_owned();
    let mut path = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    if let Some(target) = target {
        cargo.args(["--target", target]);
        path.push(target);
    }
    ensure!(building::show(cargo)?, "the program cannot be built");
    Ok(path.join("release").join(format!("desk{}", std::env::consts::EXE_SUFFIX)))
}

/// A local Desk, with settings of its own for the program.
struct LocalDesk {
    server: Child,
    settings: PathBuf,
    lines: Vec<String>,
}

impl LocalDesk {
    fn start(program: &Path) -> Result<Self> {
        let settings = program.with_file_name("measured-settings");
        let mut server = Command::new(program);
        server.args(["mock", "--port", "0"]).env("DESK_CONFIG_DIR", &settings).stdout(Stdio::piped());
        let mut server = server.spawn().context("the program cannot be started")?;
        let out = server.stdout.take().context("it has no output")?;
        let mut desk = Self { server, settings, lines: Vec::new() };
        for line in BufReader::new(out).lines() {
            let line = line.context("its output cannot be read")?;
            let is_last = line.starts_with("Control-C");
            desk.lines.push(line);
            if is_last {
                return Ok(desk);
            }
        }
        bail!("the local Desk did not start")
    }

    /// What it printed after a word.
    fn said(&self, word: &str) -> Result<&str> {
        let found = self.lines.iter().find_map(|line| line.strip_prefix(word));
        found.map(str::trim).with_context(|| format!("the local Desk printed no {word}"))
    }

    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env("DESK_CONFIG_DIR", &self.settings).env_remove("DESK_TOKEN").env_remove("DESK_PROFILE");
        command
    }
}

impl Drop for LocalDesk {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = std::fs::remove_dir_all(&self.settings);
    }
}

fn timed(command: &mut Command) -> Result<Duration> {
    let shown = command.get_program().to_string_lossy().into_owned();
    let started = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    let took = started.elapsed();
    ensure!(status.with_context(|| format!("{shown} cannot be started"))?.success(), "{shown} failed");
    Ok(took)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Says how much it is and may be; whether it is no more than that.
fn told(what: &str, is: f64, most: f64, unit: &str) -> bool {
    let good = is <= most;
    outln!("{what:<24} {is:>7.1} {unit}, at most {most:.0}{}", if good { "" } else { ": TOO MUCH" });
    good
}
