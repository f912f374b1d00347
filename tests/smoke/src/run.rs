//! The run: every selected operation, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use desk_mock::Example;
use desk_sdk::{Client, Error, Kind, Operation, ParameterPlace, Risk, operation};
use serde_json::Value;

use crate::case::{CASES, Case};
use crate::known::Known;
use crate::progress::{Consent, Progress};
use crate::report::{Failure, Outcome, Report};
use crate::samples::{Samples, made_up};
use crate::target::Target;

/// The operations to call.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The risks to include.
    pub risks: Vec<Risk>,
    /// The modules to include; if empty, all of them. Reading operations of other modules are still called if ids must
    /// be learned, but not reported.
    pub modules: BTreeSet<String>,
}

/// The number of names suggested for an unknown one.
const TOLD: usize = 5;

/// The known names most similar to an unknown one, best first.
fn most_alike<'n>(known: &BTreeSet<&'n str>, name: &str) -> Vec<&'n str> {
    let name = name.to_lowercase();
    let mut rated: Vec<(f64, &str)> = known.iter().map(|one| (strsim::jaro_winkler(one, &name), *one)).collect();
    rated.sort_by(|a, b| b.0.total_cmp(&a.0));
    rated.into_iter().take(TOLD).map(|(_, name)| name).collect()
}

/// Calls every selected operation.
///
/// # Errors
///
/// If there is no such module, or if the server cannot be reached or refuses the token. Calls that fail are in the
/// report.
pub async fn run(target: &Target, selection: &Selection, progress: &mut dyn Progress) -> Result<Report> {
    let all = cases();
    let known: BTreeSet<&str> = all.iter().map(|(_, operation)| operation.module).collect();
    if let Some(module) = selection.modules.iter().find(|module| !known.contains(module.as_str())) {
        let alike = most_alike(&known, module).join(", ");
        bail!("there is no module {module:?} among the {}; did you mean one of these: {alike}", known.len());
    }
    let selected = |operation: &Operation| {
        selection.risks.contains(&operation.risk)
            && (selection.modules.is_empty() || selection.modules.contains(operation.module))
    };
    let highest = selection.risks.iter().copied().max().unwrap_or(Risk::Safe);
    let client = target.client(highest)?;
    client.organization().await.context("nothing was called, because the first call failed")?;
    let mut run = Run { target, client, known: Known::default(), report: Report::default() };
    let contradictions = match target {
        Target::Own { contradictions, .. } => contradictions.as_slice(),
        Target::Other { .. } => &[],
    };
    let own = target.own_server();
    if let Some(desk) = own {
        // An earlier run may have left them on.
        desk.contradict([]);
    }
    for (case, operation) in &all {
        // The lists' contents are learned first, whichever operations were chosen, and while they can be learned.
        let unseen = !selected(operation) || !contradictions.is_empty();
        let list = operation.paging.is_some() || !operation.path.contains('{');
        if operation.risk == Risk::Safe && unseen && list {
            // A failing call teaches nothing; it is called and reported where it was chosen.
            let _ = run.call(case, operation, false).await;
        }
    }
    if let Some(desk) = own {
        desk.contradict(contradictions.iter().copied());
    }
    for risk in [Risk::Safe, Risk::Write, Risk::Outbound, Risk::Destructive] {
        let group: Vec<_> = all.iter().filter(|(_, operation)| operation.risk == risk && selected(operation)).collect();
        if group.is_empty() {
            continue;
        }
        if progress.begin(risk, group.len()) == Consent::Refused {
            break;
        }
        for (case, operation) in group {
            let failed = run.operation(case, operation, progress).await;
            progress.called(operation, failed);
        }
        progress.end();
    }
    Ok(run.report)
}

/// Every case with its operation: short paths first.
fn cases() -> Vec<(&'static Case, &'static Operation)> {
    let mut cases: Vec<_> = CASES.iter().filter_map(|case| Some((case, operation(case.operation)?))).collect();
    let depth = |operation: &Operation| (operation.path.matches('{').count(), operation.path.matches('/').count());
    cases.sort_by_key(|(_, operation)| (depth(operation), operation.paging.is_none(), operation.path));
    cases
}

struct Run<'t> {
    target: &'t Target,
    client: Client,
    known: Known,
    report: Report,
}

impl Run<'_> {
    /// Calls an operation with required values, then with all values, and returns whether a call failed.
    async fn operation(&mut self, case: &Case, operation: &'static Operation, progress: &mut dyn Progress) -> bool {
        let mut outcomes = Vec::new();
        for all in [false, true].into_iter().take(if case.optional { 2 } else { 1 }) {
            let (outcome, reason) = match self.call(case, operation, all).await {
                Ok(answer) => {
                    progress.answered(operation, &answer);
                    (Outcome::Decoded, String::new())
                }
                Err(error) => (self.judge(&error), error.to_string()),
            };
            if outcome != Outcome::Decoded {
                let parameters = if all { "all" } else { "required" };
                self.report.failures.push(Failure { operation: operation.id, parameters, outcome, reason });
            }
            outcomes.push(outcome);
        }
        self.report.add(operation.module, &outcomes);
        outcomes.contains(&Outcome::Failed)
    }

    /// Makes one call, and learns from its answer.
    async fn call(&mut self, case: &Case, operation: &'static Operation, all: bool) -> Result<Value, Error> {
        let example = self.target.own_server().map(|desk| desk.example(operation.id)).unwrap_or_default();
        let (path, values) = self.path(operation, &example);
        let list = self.list(operation);
        let samples = Samples { known: &self.known, module: operation.module, list, path: values, example };
        let call = (case.call)(&self.client, &samples, all);
        let answer: Value = call.await?;
        if operation.risk == Risk::Safe {
            self.known.learn(&path, &answer);
        } else if let Some(desk) = self.target.own_server() {
            // The next call finds everything in the same state.
            desk.reset_records();
        }
        Ok(answer)
    }

    /// The operation's path with ids of existing records, and those ids by their parameters.
    fn path(&mut self, operation: &'static Operation, example: &Example) -> (String, BTreeMap<&'static str, String>) {
        let mut path = String::new();
        let mut values = BTreeMap::new();
        for step in operation.path.split('/').skip(1) {
            let Some(name) = step.strip_prefix('{').and_then(|step| step.strip_suffix('}')) else {
                path = format!("{path}/{step}");
                continue;
            };
            let is_id = operation.parameters.iter().find(|parameter| {
                parameter.place == ParameterPlace::Path
                    && parameter.field.name == name
                    && matches!(parameter.field.kind, Kind::Id)
            });
            let Some(parameter) = is_id else {
                // Its value belongs to the case; no list is under it.
                path = format!("{path}/*");
                continue;
            };
            let told = example.path.get(name).cloned();
            let listed = told.map_or_else(|| self.known.listed(&path).to_vec(), |id| vec![id]);
            let name = parameter.field.name;
            self.known.means(operation.module, name, &listed);
            let id = listed.into_iter().next().or_else(|| self.known.named(operation.module, name).into_iter().next());
            let id = id.unwrap_or_else(|| made_up(name, 0));
            path = format!("{path}/{id}");
            values.insert(name, id);
        }
        (path, values)
    }

    /// The longest list path that contains the operation's path, up to its first parameter.
    fn list(&self, operation: &Operation) -> Option<String> {
        let fixed = operation.path.split("/{").next().unwrap_or_default();
        let mut path = fixed;
        loop {
            if !self.known.listed(path).is_empty() {
                return Some(path.to_owned());
            }
            path = path.rsplit_once('/')?.0;
        }
    }

    /// Whether the server understood a call that it refused. This run's own server may not refuse any.
    fn judge(&self, error: &Error) -> Outcome {
        let about_rights_or_records = |status| matches!(status, 402 | 403 | 404 | 409);
        match error {
            Error::Api(refused) if about_rights_or_records(refused.status) && self.target.own_server().is_none() => {
                Outcome::Refused
            }
            _ => Outcome::Failed,
        }
    }
}
