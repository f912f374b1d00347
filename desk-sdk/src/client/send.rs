//! One call: checked, sent, and repeated if that is safe.

use std::sync::Arc;

use tracing::Instrument as _;

use super::attempt::{FromRest, Opened, Rest, attempt};
use super::deadline::Deadline;
use super::options::Options;
use super::patience::Patience;
use super::retry::Failure;
use super::span::{span, tell};
use super::{Client, Shared, risk, scopes};
use crate::call::Call;
use crate::error::{Error, Result};
use crate::invalid_call::BrokenRule;
use crate::scope_check::ScopeCheck;
use crate::spelling;
use crate::validate::{Check, validate};

/// Makes a call: checks it, then makes attempts until one succeeds or no other may be made. The answer is read whole, or
/// up to the start of its body.
pub(super) async fn send<B: FromRest>(client: Client, mut call: Call, options: Options) -> Result<Opened<B>> {
    let operation = call.operation();
    let span = span(&call);
    let broken_rules = span.in_scope(|| check(&client.shared, &mut call, options))?;
    let mut patience = Patience::new(&client, operation, options);
    let call = Arc::new(call);
    let mut made = 0_u64;
    let result = loop {
        made += 1;
        let options = Options { told_doubt: made > 1, ..options };
        let attempt = attempt(client.clone(), Arc::clone(&call), options, patience.deadline());
        match attempt.instrument(span.clone()).await {
            Err(failure) if patience.wait(&failure).instrument(span.clone()).await => {}
            result => break result,
        }
    };
    tell(&span, &result, made, || patience.passed());
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
    tell(&span, &result, 1, || clock.now().duration_since(started));
    result
}

/// Checks a call before its first attempt. Returns the rules that it breaks although it is made.
fn check(shared: &Shared, call: &mut Call, options: Options) -> Result<Vec<BrokenRule>> {
    let operation = call.operation();
    let unchecked = options.unchecked || shared.unchecked;
    spelling::settle(call);
    let broken_rules = validate(call, if unchecked { Check::Report } else { Check::Enforce })?;
    for broken in &broken_rules {
        tracing::warn!(operation = operation.id, "{broken}; the call is made anyway");
    }
    call.files.iter().try_for_each(|(field, file)| file.check(operation, field))?;
    risk::allowed(shared, operation, options.risk, call.path.as_deref())?;
    if shared.granted.is_some() && shared.scope_check == ScopeCheck::Enforce {
        // Scopes set on the client are known without a token. The token's own are checked later.
        scopes::judge(shared, shared.granted.as_ref(), operation)?;
    }
    Ok(broken_rules)
}
