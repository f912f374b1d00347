//! One call: checked, sent, and repeated if that is safe.

use std::sync::Arc;

use tracing::{Instrument as _, Span};

use super::attempt::{FromRest, Opened, Rest, attempt};
use super::deadline::Deadline;
use super::options::Options;
use super::patience::Patience;
use super::retry::Failure;
use super::span::{span, tell};
use super::{Client, risk, scopes};
use crate::call::Call;
use crate::error::{Error, Result};
use crate::scope_check::ScopeCheck;
use crate::spelling;
use crate::validate::{Check, validate};

/// Makes a call: checks it, then makes attempts until one succeeds or no other may be made. The answer is read whole, or
/// up to the start of its body.
pub(super) async fn send<B: FromRest>(client: Client, call: Call, options: Options) -> Result<Opened<B>> {
    let span = span(&call);
    attempts(client, call, options).instrument(span).await
}

/// Makes one more attempt at a call that was made before, up to the start of the answer's body.
pub(super) async fn again(
    client: Client,
    call: Call,
    options: Options,
    deadline: Arc<Deadline>,
) -> Result<Opened<Rest>, Failure> {
    let span = span(&call);
    let clock = Arc::clone(&client.shared.clock);
    let started = clock.now();
    let options = Options { told_doubt: true, ..options };
    let result = attempt(client, Arc::new(call), options, deadline).instrument(span.clone()).await;
    tell(&span, &result, 1, clock.now().duration_since(started));
    result
}

async fn attempts<B: FromRest>(client: Client, mut call: Call, options: Options) -> Result<Opened<B>> {
    let operation = call.operation();
    let unchecked = options.unchecked || client.shared.unchecked;
    spelling::settle(&mut call);
    let broken_rules = validate(&call, if unchecked { Check::Report } else { Check::Enforce })?;
    for broken in &broken_rules {
        tracing::warn!(operation = operation.id, "{broken}; the call is made anyway");
    }
    call.files.iter().try_for_each(|(field, file)| file.check(operation, field))?;
    risk::allowed(&client.shared, operation, options.risk, call.path.as_deref())?;
    if client.shared.granted.is_some() && client.shared.scope_check == ScopeCheck::Enforce {
        // Scopes set on the client are known without a token. The token's own are checked later.
        scopes::judge(&client.shared, client.shared.granted.as_ref(), operation)?;
    }
    let mut patience = Patience::new(&client, operation, options);
    let call = Arc::new(call);
    let mut made = 0_u64;
    let result = loop {
        made += 1;
        let options = Options { told_doubt: made > 1, ..options };
        let attempt = attempt(client.clone(), Arc::clone(&call), options, patience.deadline());
        match attempt.await {
            Err(failure) if patience.wait(&failure).await => {}
            result => break result,
        }
    };
    tell(&Span::current(), &result, made, client.shared.clock.now().duration_since(patience.started()));
    match result {
        Ok(mut opened) => {
            opened.meta.broken_rules = broken_rules;
            Ok(opened)
        }
        Err(Failure { error: Error::Api(mut refused), .. }) => {
            refused.broken_rules = broken_rules;
            Err(refused.into())
        }
        Err(failure) => Err(failure.error),
    }
}
