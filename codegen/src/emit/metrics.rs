//! The table of metrics: figures that are worth a snapshot.

use proc_macro2::TokenStream;
use quote::quote;

use super::resources::{arguments, optional};
use super::source::file;
use crate::load::Metric;
use crate::model::Model;

pub(super) fn emit(model: &Model) -> Result<String, String> {
    let metrics = model.metrics.iter().map(metric);
    file(quote! {
        //! Every metric, of all families.

        use crate::by_name::Metric;

        pub(crate) static METRICS: &[Metric] = &[#(#metrics),*];
    })
}

fn metric(metric: &Metric) -> TokenStream {
    let Metric { name, operation, .. } = metric;
    let arguments = arguments(&metric.arguments);
    let [department, agents, agent_field] =
        [&metric.department, &metric.agents, &metric.agent_field].map(|text| optional(text.as_deref()));
    quote!(Metric {
        name: #name,
        operation: #operation,
        arguments: #arguments,
        department: #department,
        agents: #agents,
        agent_field: #agent_field,
    })
}
