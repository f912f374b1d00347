//! A local Zoho Desk server for programs in any language.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use desk_mock::program::{Introduction, Options, ended};

/// Run a local Zoho Desk server for tests without an account
#[derive(Debug, Parser)]
#[command(name = "desk-mock", version)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match serve(Arguments::parse().options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let desk = options.start().await?;
    introduce(&Introduction::of(&desk))?;
    ended().await?;
    desk.stop().await;
    eprintln!("stopped");
    Ok(())
}

/// Prints it at once, so that the reader may close its end after the lines it wants.
fn introduce(introduction: &Introduction) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(introduction.to_string().as_bytes())?;
    out.flush()
}
