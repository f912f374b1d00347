//! Checks how lists are read: what the client asks for by itself has to be legal.

use serde_json::json;

use super::Checker;
use crate::diagnostic::Location;
use crate::near::near;
use crate::spec::{Operation, Paging, ParameterPlace, Rules};

impl Checker<'_> {
    pub(super) fn paging(&mut self, operation: &Operation, location: &Location) {
        let Some(paging) = &operation.paging else { return };
        let location = location.join("paging");
        self.pages(operation, paging, &location);
        self.timelines(operation, paging, &location);
    }

    /// A page that the parameters refuse, such as one that a correction made smaller.
    fn pages(&mut self, operation: &Operation, paging: &Paging, location: &Location) {
        let api = &self.loaded.api.paging;
        let rules = |name: &str| -> Option<&Rules> {
            Some(&operation.parameters.iter().find(|parameter| parameter.name == name)?.schema.rules)
        };
        let largest = rules(&api.size).and_then(|rules| u64::try_from(rules.maximum?).ok());
        let least = rules(&api.index).and_then(|rules| u64::try_from(rules.minimum?).ok());
        let mut legal = paging.clone();
        let mut wrong = Vec::new();
        if let Some(largest) = largest {
            for (key, page) in [("maximum", &mut legal.maximum), ("default", &mut legal.default)] {
                if let Some(page) = page.as_mut().filter(|page| **page > largest) {
                    wrong.push((key, format!("pages of {page}, and `{}` is at most {largest}", api.size)));
                    *page = largest;
                }
            }
        }
        if let Some(least) = least.filter(|least| paging.first < *least) {
            wrong.push((
                "first",
                format!("the first index is {}, and `{}` is at least {least}", paging.first, api.index),
            ));
            legal.first = least;
        }
        for (key, problem) in wrong {
            let help =
                format!("correct the parameter, or give `paging` in a correction in spec/local: {}", json!(legal));
            self.fail(location.join(key), format!("{}: {problem}", operation.id), help);
        }
    }

    /// What a list can be filtered or sorted by has to be among its parameters.
    fn timelines(&mut self, operation: &Operation, paging: &Paging, location: &Location) {
        let query = |name: &str| {
            let mut query = operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Query);
            query.find(|parameter| parameter.name == name)
        };
        let sorting = self.loaded.api.paging.times.as_ref().map(|times| times.sort.as_str());
        for (index, timeline) in paging.timelines.iter().enumerate() {
            let location = location.join("timelines").join(index.to_string());
            if let Some(range) = timeline.range.as_ref().filter(|range| query(range).is_none()) {
                let known = operation.parameters.iter().map(|parameter| parameter.name.as_str());
                let help = near(range, known)
                    .map_or("name a query parameter".to_owned(), |name| format!("did you mean {name}?"));
                self.fail(location.join("range"), format!("{} has no query parameter {range}", operation.id), help);
            }
            let sorts = sorting.and_then(query).map(|parameter| &parameter.schema.rules.values);
            if let Some(sort) = &timeline.sort
                && sorts.is_none_or(|values| !values.is_empty() && !values.contains(sort))
            {
                let help = format!("name a value of {}, without a leading -", sorting.unwrap_or_default());
                self.fail(location.join("sort"), format!("{} cannot sort by {sort}", operation.id), help);
            }
            if timeline.range.is_none() && timeline.sort.is_none() {
                let help = format!(
                    "say by which parameter it filters (range), by which value of {} it sorts (sort), or both",
                    sorting.unwrap_or_default()
                );
                self.fail(location, "a list can neither be filtered nor sorted by this time", help);
            }
        }
    }
}
