//! Signals that end the program: the first one once what was read is on the disk, the second one at once.

use desk_cli::export::Stop;

/// Asks what runs to end at the first signal.
pub(crate) fn watch(stop: &Stop) {
    let stop = stop.clone();
    tokio::spawn(async move {
        asked().await;
        stop.request();
        asked().await;
        std::process::exit(130);
    });
}

/// Waits for a signal. If that is not possible, signals end the program as they always do.
#[cfg(unix)]
pub(crate) async fn asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
pub(crate) async fn asked() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
