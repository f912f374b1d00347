//! Snapshots of figures that change all the time and that Desk does not keep: how many tickets are open, who is online,
//! how long customers wait. Each snapshot adds rows with the same time, in the same layout as an export, so that figures
//! can be compared over time, by department and by agent.

mod rows;

use std::path::PathBuf;

use desk_sdk::by_name::{Metric, metric, metrics};
use desk_sdk::jiff::Timestamp;
use desk_sdk::{Client, Error, operation};
use serde_json::{Value, json};

use self::rows::{Rows, TAKEN, shape};
use crate::export::{Denied, ExportError, likely};
use crate::table::{Dataset, Folder, Format, Limits, Owner};

/// The name of the dataset.
pub const METRICS: &str = "metrics";

/// How the rows came about, for the manifest.
const WALK: &str = "snapshots";

/// The most agents that are asked for at once.
const AGENTS_AT_ONCE: usize = 50;

/// What is asked of a snapshot.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder that it is added to.
    pub to: PathBuf,
    /// The metrics by name; all if there are none.
    pub metrics: Vec<String>,
    /// How rows are written.
    pub format: Format,
    /// Whether metrics that the token does not allow are skipped.
    pub where_known: bool,
}

/// What a snapshot has written.
#[derive(Debug)]
#[non_exhaustive]
pub struct Taken {
    /// Its time.
    pub time: Timestamp,
    /// How many figures were written.
    pub figures: u64,
    /// The metrics that were skipped.
    pub skipped: Vec<Denied>,
    /// What it cost, in credits.
    pub credits: u64,
}

/// Takes a snapshot, with this time for all its figures.
///
/// # Errors
///
/// If a metric is unknown or not allowed, Desk refuses, or the folder cannot be written; what is there stays.
pub async fn take(client: &Client, address: &str, settings: &Settings, time: Timestamp) -> Result<Taken, ExportError> {
    let (chosen, skipped) = allowed(client, chosen(&settings.metrics)?, settings.where_known).await?;
    let before = client.credits().spent;
    let organization = client.organization().await.map_err(ExportError::desk("look for the organization"))?;
    let folder = Folder::open(&settings.to)?;
    let mut manifest = folder.manifest(&Owner::new(organization.as_str(), address))?;
    let dataset = Dataset::new(&folder, METRICS, settings.format, &shape())?.by_month(TAKEN);
    manifest.resource(&dataset, METRICS, WALK)?;
    folder.clean(&manifest)?;
    let people = People::find(client, &chosen).await?;
    let mut part = dataset.part(&manifest, Limits::default());
    for metric in chosen {
        part.write(figures(client, metric, &people, time).await?)?;
    }
    let figures = part.rows();
    let files = part.finish()?;
    let credits = client.credits().spent.saturating_sub(before);
    let resource = manifest.resource(&dataset, METRICS, WALK)?;
    resource.add(files, json!({ "last": format!("{time:.3}") }));
    resource.credits += credits;
    resource.finished = true;
    folder.save(&manifest)?;
    Ok(Taken { time, figures, skipped, credits })
}

fn chosen(names: &[String]) -> Result<Vec<&'static Metric>, ExportError> {
    if names.is_empty() {
        return Ok(metrics().iter().collect());
    }
    let found = names.iter().map(|name| {
        metric(name).ok_or_else(|| {
            let known: Vec<&str> = metrics().iter().map(|metric| metric.name).collect();
            let help = "`desk snapshot --list` shows all";
            ExportError::Usage(match likely(name, &known) {
                Some(likely) => format!("there is no metric {name:?}; did you mean {likely}? {help}"),
                None => format!("there is no metric {name:?}; {help}"),
            })
        })
    });
    found.collect()
}

/// The metrics that the token allows; the others are skipped if that is wanted.
async fn allowed(
    client: &Client,
    chosen: Vec<&'static Metric>,
    skip: bool,
) -> Result<(Vec<&'static Metric>, Vec<Denied>), ExportError> {
    let (mut allowed, mut denied) = (Vec::new(), Vec::new());
    for metric in chosen {
        let Some(operation) = operation(metric.operation) else { continue };
        match client.check(operation).await {
            Ok(_) => allowed.push(metric),
            Err(error @ Error::MissingScopes(_)) => {
                denied.push(Denied { resource: metric.name.to_owned(), reason: error.to_string() });
            }
            Err(error) => return Err(ExportError::desk(format!("check {}", metric.name))(error)),
        }
    }
    if skip || denied.is_empty() { Ok((allowed, denied)) } else { Err(ExportError::NotAllowed(denied)) }
}

/// The departments and agents that figures are asked for.
#[derive(Debug, Default)]
struct People {
    departments: Vec<String>,
    agents: Vec<String>,
}

impl People {
    async fn find(client: &Client, metrics: &[&Metric]) -> Result<Self, ExportError> {
        let mut found = Self::default();
        if metrics.iter().any(|metric| metric.department.is_some()) {
            found.departments = ids(client, "departments").await?;
        }
        if metrics.iter().any(|metric| metric.agents.is_some()) {
            found.agents = ids(client, "agents").await?;
        }
        Ok(found)
    }
}

/// The ids of a resource's records.
async fn ids(client: &Client, resource: &str) -> Result<Vec<String>, ExportError> {
    let Some(resource) = desk_sdk::by_name::resource(resource) else { return Ok(Vec::new()) };
    let mut records = client.invoke(resource.operation, resource.fixed_arguments()).all();
    let mut ids = Vec::new();
    while let Some(record) = records.next().await {
        let record = record.map_err(ExportError::desk(format!("list {}", resource.name)))?;
        ids.extend(record["id"].as_str().map(str::to_owned).or_else(|| Some(record["id"].as_u64()?.to_string())));
    }
    Ok(ids)
}

/// The figures of a metric, for each department if it can be narrowed to one.
async fn figures(
    client: &Client,
    metric: &Metric,
    people: &People,
    time: Timestamp,
) -> Result<Vec<Value>, ExportError> {
    let mut rows = Rows::new(time, metric);
    let departments: Vec<Option<&str>> = match metric.department {
        Some(_) => people.departments.iter().map(|id| Some(id.as_str())).collect(),
        None => vec![None],
    };
    let agents: Vec<&[String]> = match metric.agents {
        Some(_) => people.agents.chunks(AGENTS_AT_ONCE).collect(),
        None => vec![&[]],
    };
    for department in departments {
        for agents in &agents {
            let mut arguments = metric.fixed_arguments();
            if let (Some(parameter), Some(id)) = (metric.department, department) {
                arguments[parameter] = narrowed(metric, parameter, id);
            }
            if let Some(parameter) = metric.agents {
                arguments[parameter] = json!(agents);
            }
            let answer = client.invoke(metric.operation, arguments).await;
            let answer = answer.map_err(ExportError::desk(format!("ask for {}", metric.name)))?;
            rows.add(department, &answer.into_inner());
        }
    }
    Ok(rows.into_rows())
}

/// A department's id, in a list where the parameter takes one.
fn narrowed(metric: &Metric, parameter: &str, id: &str) -> Value {
    let declared = operation(metric.operation).and_then(|operation| operation.parameter(parameter));
    match declared.map(|parameter| parameter.field.kind) {
        Some(desk_sdk::Kind::List(_)) => json!([id]),
        _ => json!(id),
    }
}
