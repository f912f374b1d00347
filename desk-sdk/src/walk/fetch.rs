//! Reads a page with whatever answer an operation has.

use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::answer::{Answer, Meta};
use crate::call::Call;
use crate::client::{Client, Content, Options, Pending};
use crate::error::Result;
use crate::generated::api::LISTS;
use crate::record::{Leaf, Listing};

/// A page that has arrived.
#[derive(Debug)]
pub(crate) struct Fetched<R> {
    pub(crate) records: Vec<R>,
    pub(crate) meta: Meta,
    /// What the answer says about what follows, by the keys of [`SAID`].
    pub(crate) said: Said,
}

/// What an answer says about what follows: whether more records do, how many there are in total, and what stands for the
/// next page.
pub(crate) type Said = [Option<Value>; 3];

/// The keys of those.
pub(crate) const SAID: [&str; 3] = [
    LISTS.more,
    LISTS.total,
    match LISTS.next {
        Some(next) => next,
        None => "",
    },
];

/// A page on its way.
pub(crate) type Fetching<R> = BoxFuture<'static, Result<Fetched<R>>>;

/// Makes the call for a page.
pub(crate) type Fetch<R> = fn(Client, Call, Options) -> Fetching<R>;

/// Reads a page as the typed answer.
pub(super) fn typed<T>(client: Client, call: Call, options: Options) -> Fetching<T::Record>
where
    T: Content + Listing + Leaf,
    T::Record: Send + 'static,
{
    Box::pin(async move {
        let Answer { value, meta, .. } = Pending::<T>::with(client, call, options).await?;
        let said = value.pick(SAID);
        Ok(Fetched { records: value.into_records(), meta, said })
    })
}
