//! A key in a Redis server, and the communication with it.

use std::fmt;
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Cmd, FromRedisValue, RedisError, cmd};

use crate::auth::{StoreError, StoredToken};

/// How long connecting to the server may take, and waiting for an answer.
const ANSWER: Duration = Duration::from_secs(5);

/// What reading is called in an error.
pub(super) const READ: &str = "be read";

/// Where the token and its lock are.
pub(super) struct Place {
    pub(super) client: redis::Client,
    pub(super) key: String,
    /// The lock's key.
    pub(super) lock: String,
}

impl Place {
    pub(super) fn new(client: redis::Client, key: String) -> Self {
        let lock = format!("{key}:lock");
        Self { client, key, lock }
    }

    pub(super) async fn connect(&self, action: &'static str) -> Result<MultiplexedConnection, StoreError> {
        let config =
            AsyncConnectionConfig::new().set_connection_timeout(Some(ANSWER)).set_response_timeout(Some(ANSWER));
        let connection = self.client.get_multiplexed_async_connection_with_config(&config).await;
        connection.map_err(|error| self.failed(action, reason(&error)))
    }

    pub(super) async fn ask<T: FromRedisValue>(
        &self,
        connection: &mut MultiplexedConnection,
        command: &Cmd,
        action: &'static str,
    ) -> Result<T, StoreError> {
        command.query_async(connection).await.map_err(|error| self.failed(action, reason(&error)))
    }

    pub(super) async fn read(&self) -> Result<Option<StoredToken>, StoreError> {
        let mut connection = self.connect(READ).await?;
        self.stored(self.ask(&mut connection, &self.get(), READ).await?)
    }

    pub(super) fn get(&self) -> Cmd {
        let mut get = cmd("GET");
        get.arg(&self.key);
        get
    }

    /// What the key held, as a token.
    pub(super) fn stored(&self, kept: Option<Vec<u8>>) -> Result<Option<StoredToken>, StoreError> {
        let Some(kept) = kept else { return Ok(None) };
        let text = String::from_utf8(kept).map_err(|_| self.failed(READ, "not a stored token"))?;
        StoredToken::from_json(&text).map(Some).map_err(|reason| self.failed(READ, reason))
    }

    pub(super) fn failed(&self, action: &'static str, reason: impl fmt::Display) -> StoreError {
        let server = self.client.get_connection_info().addr();
        StoreError::new(format!("{} in Redis at {server}", self.key), action, reason)
    }

    pub(super) fn ended(&self, action: &'static str) -> StoreError {
        self.failed(action, "its task ended early; the runtime may be shutting down")
    }
}

/// What went wrong, without the words of the server or the library: they repeat arguments and answers, including
/// tokens.
pub(super) fn reason(error: &RedisError) -> String {
    if error.is_connection_refusal() {
        return "nothing answers there".to_owned();
    }
    if error.is_timeout() {
        return format!("no answer within {} s", ANSWER.as_secs());
    }
    match error.code() {
        // Its first word may be anything.
        Some(code) if code.len() <= 32 && code.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            format!("the server refused with {code}")
        }
        Some(_) => "the server refused".to_owned(),
        None => error.category().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_not_repeated() {
        let kind = redis::ErrorKind::UnexpectedReturnType;
        let error = RedisError::from((kind, "no such type", "response was 1000.secret".to_owned()));
        assert_eq!(reason(&error), "type error");
    }
}
