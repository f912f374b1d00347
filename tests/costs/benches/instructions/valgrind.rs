//! What valgrind counts about a process: instructions, and the memory that it has at most.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use desk_costs::table::number;
use tokio::process::Command;

use crate::server::Server;

/// A program to be counted, which does something named as often as it is told.
#[derive(Clone, Copy)]
pub(crate) enum Program<'a> {
    /// This one.
    Own,
    /// Another client's.
    Peer(&'a str),
}

impl Program<'_> {
    /// How many instructions it takes a single time, from a few times and many.
    pub(crate) async fn instructions(self, server: &Server, what: &str, times: [usize; 2]) -> Result<f64> {
        let [few, many] = times;
        let with_few = self.count(server, "callgrind", "Collected :", what, few).await?;
        let with_many = self.count(server, "callgrind", "Collected :", what, many).await?;
        Ok((with_many - with_few) / number(many - few))
    }

    /// How many bytes it takes from the heap at most while it does this once.
    pub(crate) async fn peak(self, server: &Server, what: &str) -> Result<f64> {
        self.count(server, "dhat", "At t-gmax:", what, 1).await
    }

    /// The number that one of valgrind's tools tells after a word.
    async fn count(self, server: &Server, tool: &str, told: &str, what: &str, times: usize) -> Result<f64> {
        let mut command = Command::new("valgrind");
        command.args([&format!("--tool={tool}"), &format!("--{tool}-out-file=/dev/null")]).stdout(Stdio::null());
        match self {
            Self::Own => command.arg(std::env::current_exe()?).args(["measured", what]),
            Self::Peer(program) => command.args([program, what]),
        };
        server.tell(command.arg(times.to_string()));
        let output = command.output().await.context("valgrind cannot be started: install it to count instructions")?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{what} failed: {said}");
        let counted = said.lines().find_map(|line| line.split_once(told)?.1.split_whitespace().next());
        let counted = counted.with_context(|| format!("{tool} tells no count"))?;
        Ok(number(counted.replace(',', "").parse()?))
    }
}
