//! How long the compiler takes to check the SDK, beside another crate.
//!
//! Cargo starts this program in place of the compiler. It starts the compiler in turn, and writes down how much time that
//! took, which the system tells of each process's children: so neither cargo's own work nor a dependency counts.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use desk_costs::table::{Bar, head, row};

use crate::{PEER, TARGET};

/// Where the time goes, if this process stands for the compiler.
const TIMES: &str = "DESK_COSTS_TIMES";

/// What the ratio has to keep.
const BAR: Bar = Bar::AtMost(0.08);

/// The system counts time in hundredths of a second.
const TICKS: f64 = 100.0;

/// Runs the compiler and notes its time, if cargo asks for that.
pub(crate) fn as_compiler() -> Option<Result<()>> {
    let times = PathBuf::from(env::var_os(TIMES)?);
    Some(compile(&times))
}

fn compile(times: &Path) -> Result<()> {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let (compiler, arguments) = arguments.split_first().context("no compiler is named")?;
    let name = arguments.iter().skip_while(|argument| *argument != "--crate-name").nth(1);
    let name = name.filter(|name| *name != "___");
    // Generated crates may give rise to many warnings, which would have to be written.
    let quiet = name.map(|_| "-Awarnings");
    let status = Command::new(compiler).args(arguments).args(quiet).status();
    let status = status.context("the compiler cannot be started")?;
    if let Some(name) = name {
        fs::write(times.join(name), children()?.to_string())?;
    }
    std::process::exit(status.code().unwrap_or(1))
}

/// The user time of the processes that this one has started, in seconds.
fn children() -> Result<f64> {
    let told = fs::read_to_string("/proc/self/stat").context("only Linux tells how long a process took")?;
    // The name of the program comes before, in parentheses, and may contain anything.
    let values = told.rsplit_once(')').map_or("", |(_, values)| values);
    let ticks = values.split_whitespace().nth(13).context("the system tells no time")?;
    Ok(ticks.parse::<f64>()? / TICKS)
}

pub(crate) fn compare(turns: u32) -> Result<()> {
    ensure!(turns > 0, "nothing is measured in no turns");
    let sdk = Crate {
        folder: env!("CARGO_MANIFEST_DIR").into(),
        package: "desk-sdk".to_owned(),
        features: &["--features", "full"],
    };
    let peer = env::var_os(PEER).map(|folder| Crate::at(PathBuf::from(folder))).transpose()?;
    let crates: Vec<&Crate> = [&sdk].into_iter().chain(&peer).collect();
    for one in &crates {
        one.check()?;
    }
    let mut times = vec![0.0; crates.len()];
    for _ in 0..turns {
        for (one, time) in crates.iter().zip(&mut times) {
            one.forget()?;
            one.check()?;
            *time += one.time()? / f64::from(turns);
        }
    }
    head("milliseconds to check the crate");
    match times.as_slice() {
        [own, other] => row("all families, beside another client", own * 1e3, other * 1e3, BAR),
        _ => println!("{:<42} {:>12.0}   {PEER} names nothing to compare it with", "all families", times[0] * 1e3),
    }
    Ok(())
}

/// A crate to be checked.
struct Crate {
    folder: PathBuf,
    package: String,
    features: &'static [&'static str],
}

impl Crate {
    /// The one in this folder.
    fn at(folder: PathBuf) -> Result<Self> {
        let manifest = folder.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).with_context(|| format!("{PEER}: no {}", manifest.display()))?;
        let name = text.lines().find_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
        let name = name.with_context(|| format!("{PEER}: {} names no package", manifest.display()))?;
        Ok(Self { package: name.to_owned(), folder, features: &[] })
    }

    /// Has it checked, unless it was and has not been forgotten.
    fn check(&self) -> Result<()> {
        let times = Path::new(TARGET).join("times");
        fs::create_dir_all(&times)?;
        let mut cargo = self.cargo("check");
        cargo.args(self.features).env(TIMES, &times).env("RUSTC_WRAPPER", env::current_exe()?);
        ensure!(cargo.status().context("cargo cannot be started")?.success(), "{} cannot be checked", self.package);
        Ok(())
    }

    /// How many seconds the compiler took when it was checked last.
    fn time(&self) -> Result<f64> {
        let time = Path::new(TARGET).join("times").join(self.package.replace('-', "_"));
        let told = fs::read_to_string(&time).with_context(|| format!("no time at {}", time.display()))?;
        Ok(told.parse()?)
    }

    /// Has it checked anew the next time, but not what it depends on.
    fn forget(&self) -> Result<()> {
        let status = self.cargo("clean").status().context("cargo cannot be started")?;
        ensure!(status.success(), "what was built of {} cannot be removed", self.package);
        Ok(())
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&self.folder).args([command, "--quiet", "--package", &self.package]);
        cargo.arg("--target-dir").arg(Path::new(TARGET).join("checked").join(&self.package));
        cargo.env("CARGO_INCREMENTAL", "0");
        cargo
    }
}
