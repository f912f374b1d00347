//! Metrics: figures that are worth a snapshot, as data.

use serde_json::Value;

use super::resources::fixed;
use crate::generated::metrics::METRICS;

/// Figures that change all the time and that the API does not keep, such as how many tickets an agent has.
///
/// It says how to ask for them with [`Client::invoke`](crate::Client::invoke):
///
/// ```no_run
/// # async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {
/// use desk_sdk::by_name::metric;
///
/// let tickets = metric("tickets").expect("a metric");
/// let mut arguments = tickets.fixed_arguments();
/// if let Some(department) = tickets.department {
///     arguments[department] = "60001280952".into();
/// }
/// println!("{}", client.invoke(tickets.operation, arguments).await?["statusType"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metric {
    /// Its name, such as `tickets`.
    pub name: &'static str,
    /// The operation that answers with the figures.
    pub operation: &'static str,
    /// Arguments of every call, each with its value as JSON text.
    pub arguments: &'static [(&'static str, &'static str)],
    /// The parameter that narrows it to a department, for which it is called one by one.
    pub department: Option<&'static str>,
    /// The parameter that takes the ids of agents, if they must be given.
    pub agents: Option<&'static str>,
    /// The field of a row that holds the id of the row's agent, if it is not `agentId`.
    pub agent_field: Option<&'static str>,
}

impl Metric {
    /// The arguments of every call, as a JSON object.
    pub fn fixed_arguments(&self) -> Value {
        fixed(self.arguments)
    }
}

/// The figures that are worth a snapshot. Operations of families that are not enabled are named as well;
/// [`operation`](crate::operation) tells whether one can be called.
pub fn metrics() -> &'static [Metric] {
    METRICS
}

/// The metric with this name.
pub fn metric(name: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.name == name)
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::operation::Risk;

    #[test]
    fn every_metric_only_reads() {
        assert!(metrics().len() > 10);
        for metric in metrics() {
            let operation = crate::operation(metric.operation).unwrap();
            assert_eq!(operation.risk, Risk::Safe, "{operation}");
            assert!(metric.fixed_arguments().is_object());
        }
    }
}
