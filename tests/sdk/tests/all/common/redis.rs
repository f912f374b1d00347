//! A `redis-server` for one test.
//!
//! Where none is installed the tests say so and pass, unless `DESK_REQUIRE_REDIS` is set.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use desk_sdk::auth::{RedisStore, TokenStore as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::sleep;

use super::folder::Folder;

pub(crate) const PASSWORD: &str = "hidden-password";

/// A user of the server besides the one without a name, and that user's password.
pub(crate) const USER: [&str; 2] = ["hidden-person", "hidden-word"];

/// A server that ends with the test. It keeps on the disk what it is told, and speaks TLS on a second port.
#[derive(Debug)]
pub(crate) struct Redis {
    server: Child,
    pub(crate) port: u16,
    tls_port: u16,
    folder: Folder,
}

impl Redis {
    /// None where Redis is not installed.
    pub(crate) async fn start(name: &str) -> Option<Self> {
        for _ in 0..5 {
            let folder = Folder::new(name);
            let (port, tls_port) = (free_port(), free_port());
            // The passwords come by a file, as a program's arguments are seen by all.
            let config = format!(
                "requirepass {PASSWORD}\nuser {} on >{} ~* +@all\nbind 127.0.0.1\nport {port}\ntls-port {tls_port}\n\
                 tls-cert-file {tls}/server.pem\ntls-key-file {tls}/server.key\ntls-auth-clients no\n\
                 save \"\"\nappendonly yes\nappendfsync always\ndir {}\n",
                USER[0],
                USER[1],
                folder.path().display(),
                tls = tls("").display(),
            );
            fs::write(folder.file("redis.conf"), config).expect("written");
            let server = spawn(&folder)?;
            let mut redis = Self { server, port, tls_port, folder };
            if redis.is_up().await {
                return Some(redis);
            }
        }
        panic!("redis-server started on none of five ports");
    }

    /// Kills the server and starts it again, on the same ports with what it had kept.
    pub(crate) async fn restart(&mut self) {
        self.server.kill().await.expect("killed");
        self.server = spawn(&self.folder).expect("it was there before");
        assert!(self.is_up().await, "it starts again");
    }

    /// Whether it answers; not, where somebody else took a port in between.
    async fn is_up(&mut self) -> bool {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(10) {
            if self.server.try_wait().expect("its state").is_some() {
                return false;
            }
            if self.store("anything").load().await.is_ok() {
                return true;
            }
            sleep(Duration::from_millis(10)).await;
        }
        false
    }

    pub(crate) fn address(&self) -> String {
        format!("redis://:{PASSWORD}@127.0.0.1:{}/0", self.port)
    }

    /// Its address with TLS, under this name.
    pub(crate) fn tls_address(&self, host: &str) -> String {
        format!("rediss://:{PASSWORD}@{host}:{}/0", self.tls_port)
    }

    pub(crate) fn store(&self, key: &str) -> RedisStore {
        RedisStore::new(&self.address(), key).expect("an address")
    }

    /// Sends a command past the store.
    pub(crate) async fn command(&self, command: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("connected");
        let lines = format!("AUTH {PASSWORD}\r\n{command}\r\nQUIT\r\n");
        stream.write_all(lines.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("answered");
        let answer = answer.strip_prefix("+OK\r\n").and_then(|answer| answer.strip_suffix("+OK\r\n"));
        answer.expect("two times OK").trim_end().to_owned()
    }

    pub(crate) async fn stop(mut self) {
        self.server.kill().await.expect("killed");
    }
}

/// A file of the server's certificate, which is worth nothing anywhere else.
pub(crate) fn tls(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/common/tls").join(file)
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a free port").port()
}

fn spawn(folder: &Folder) -> Option<Child> {
    let mut command = Command::new("redis-server");
    command.arg(folder.file("redis.conf"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    match command.spawn() {
        Ok(server) => Some(server),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let required = std::env::var_os("DESK_REQUIRE_REDIS").is_some();
            assert!(!required, "DESK_REQUIRE_REDIS is set, but there is no redis-server in PATH");
            eprintln!("NOT TESTED: there is no redis-server in PATH, so the store in Redis was not tried");
            None
        }
        Err(error) => panic!("redis-server does not start: {error}"),
    }
}
