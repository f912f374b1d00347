//! Somebody who signed in: what is then kept, all of it or nothing.

use desk_sdk::auth::{
    AuthError, ExposeSecret as _, MemoryStore, OauthClient, RefreshingToken, SecretString, StoredToken,
    TokenStore as _, revoke,
};
use desk_sdk::{Client, Risk};
use tokio::task::spawn_blocking;

use crate::access::{ChosenProfile, client};
use crate::profile::{ConfigFolder, Kept, Profile, ProfileError, ProfileName, Profiles};

/// A profile whose tokens are nowhere but in memory yet.
#[derive(Debug)]
pub struct SignedIn {
    client: OauthClient,
    client_secret: SecretString,
    tokens: MemoryStore,
    /// The settings that will be kept.
    pub profile: Profile,
}

/// What a profile had before somebody signed in to it again.
#[derive(Debug)]
struct Before {
    client: OauthClient,
    client_secret: Option<SecretString>,
    token: StoredToken,
    kept: Kept,
}

impl SignedIn {
    /// Somebody signed in to this client, and the token is in this store.
    pub fn new(client: OauthClient, client_secret: SecretString, tokens: MemoryStore, profile: Profile) -> Self {
        Self { client, client_secret, tokens, profile }
    }

    /// A client that only reads, to look for organizations.
    ///
    /// # Errors
    ///
    /// If the address of Desk cannot be used.
    pub fn desk(&self) -> desk_sdk::Result<Client> {
        let tokens = RefreshingToken::new(self.client.clone(), self.tokens.clone());
        client().token_provider(tokens).base_url(self.profile.desk_address()).max_risk(Risk::Safe).build()
    }

    /// The token.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn token(&self) -> Result<StoredToken, AuthError> {
        self.tokens.load().await?.ok_or(AuthError::NotSignedIn)
    }

    /// Keeps the secrets and the profile. What another sign-in left under this name is replaced, and its token revoked:
    /// nobody would have it any more. That this failed is no failure, but is told.
    ///
    /// # Errors
    ///
    /// If something cannot be written; then everything is as it was before.
    pub async fn keep(&self, folder: &ConfigFolder, name: &ProfileName) -> Result<Option<AuthError>, ProfileError> {
        folder.create()?;
        let kept = Kept::of(folder, name, self.profile.store);
        // Held until all is written, so that two who sign in at once do not mix.
        let mut lock = kept.lock().await?;
        let before = before(folder, name).await;
        let mut token = self.tokens.load().await?.unwrap_or_default();
        if let Some(organization) = &self.profile.organization {
            token.organization = Some(organization.as_str().into());
        }
        let written = async {
            let (secret, place) = (self.client_secret.clone(), kept.clone());
            blocking(move || place.keep_client_secret(&secret)).await?;
            lock.save(&token).await?;
            Profiles::keep(folder, name, &self.profile)
        };
        if let Err(error) = written.await {
            undo(kept, lock.as_mut(), before).await;
            return Err(error);
        }
        drop(lock);
        let Some(before) = before else { return Ok(None) };
        if !same_place(&before.kept, &kept) {
            let place = before.kept.clone();
            // What is left there is of no use once it is revoked.
            let _ = blocking(move || place.forget()).await;
        }
        Ok(before.end(&token).await.err())
    }

    /// Revokes the token, which is kept nowhere.
    pub async fn give_up(&self) {
        // There is nothing else to do for it: it ends by itself where nobody uses it.
        let _ = revoke(&self.client, &self.tokens).await;
    }
}

impl Before {
    /// Revokes the token, unless the new one is the same.
    async fn end(self, new: &StoredToken) -> Result<(), AuthError> {
        let text = |token: &StoredToken| token.refresh_token.as_ref().map(|token| token.expose_secret().to_owned());
        if text(&self.token).is_none_or(|old| Some(old) == text(new)) {
            return Ok(());
        }
        let store = MemoryStore::new();
        store.lock().await?.save(&self.token).await?;
        revoke(&self.client, &store).await
    }
}

/// What is kept under a name, if all of it can be read.
async fn before(folder: &ConfigFolder, name: &ProfileName) -> Option<Before> {
    let profile = Profiles::read(folder).ok()?.get(name)?.clone();
    let chosen = ChosenProfile { folder: folder.clone(), name: name.clone(), profile, by_name: true };
    let kept = chosen.kept();
    let token = kept.load().await.ok()??;
    let (client, client_secret) = blocking(move || {
        let client_secret = chosen.kept().client_secret()?;
        Ok((chosen.client().ok(), client_secret))
    })
    .await
    .ok()?;
    Some(Before { client: client?, client_secret, token, kept })
}

/// Puts back what was there.
async fn undo(kept: Kept, lock: &mut dyn desk_sdk::auth::StoreLock, before: Option<Before>) {
    // What cannot be written now could not be written before, so nothing more can be done than trying.
    match before.filter(|before| same_place(&before.kept, &kept)) {
        Some(before) => {
            let _ = lock.save(&before.token).await;
            if let Some(secret) = before.client_secret {
                let _ = blocking(move || kept.keep_client_secret(&secret)).await;
            }
        }
        None => {
            let _ = blocking(move || kept.forget()).await;
        }
    }
}

fn same_place(one: &Kept, other: &Kept) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ProfileError> + Send + 'static,
) -> Result<T, ProfileError> {
    spawn_blocking(work).await.unwrap_or_else(|_| {
        let reason = "the runtime is shutting down".to_owned();
        Err(crate::profile::VaultError::Failed(reason).into())
    })
}
