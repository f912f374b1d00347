//! The records of a list, one after another.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;

use super::page::Trail;
use super::pages::Pages;
use super::plan::within;
use crate::error::Result;
use crate::position::Position;
use crate::record::Leaf;

/// The records of a list: a [`Stream`], and without it a plain loop.
///
/// ```no_run
/// # async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {
/// use desk_sdk::contacts::GetContacts;
///
/// let mut contacts = client.get_contacts(GetContacts::new()).records().limit(1_000);
/// while let Some(contact) = contacts.next().await {
///     println!("{}", contact?.last_name.unwrap_or_default());
/// }
/// # Ok(())
/// # }
/// ```
///
/// With the traits of the crate `futures`, it can be filtered, mapped and collected like any stream:
///
/// ```no_run
/// # async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {
/// use desk_sdk::search::SearchTickets;
/// use desk_sdk::types::Ticket;
/// use futures_util::TryStreamExt as _;
///
/// let everything: Vec<Ticket> = client.search_tickets(SearchTickets::new()).all().try_collect().await?;
/// # Ok(())
/// # }
/// ```
///
/// `by_ref` keeps the stream, so that its position can be asked for afterwards. The position counts what was handed out:
/// with adapters that work on several records at once, such as `buffered`, some of that may not be done yet.
///
/// ```no_run
/// # async fn example(client: desk_sdk::Client) -> Result<(), Box<dyn std::error::Error>> {
/// use desk_sdk::PositionFile;
/// use desk_sdk::search::SearchTickets;
/// use desk_sdk::types::Ticket;
/// use futures_util::{StreamExt as _, TryStreamExt as _};
///
/// let mut tickets = client.search_tickets(SearchTickets::new()).all();
/// let urgent: Vec<Ticket> = tickets
///     .by_ref()
///     .take(500)
///     .try_filter(|ticket| std::future::ready(ticket.priority.as_deref() == Some("High")))
///     .try_collect()
///     .await?;
/// if let Some(position) = tickets.position() {
///     PositionFile::new("tickets.position.json").save(&position).await?;
/// }
/// # Ok(())
/// # }
/// ```
///
/// It is read [page by page](Pages), with the same settings and errors.
#[must_use = "records are read only when the stream is polled"]
pub struct Records<R> {
    pages: Pages<R>,
    page: std::vec::IntoIter<R>,
    trail: Option<Trail>,
    /// How many records of the page were taken.
    taken: usize,
}

impl<R: Leaf + Send + 'static> Records<R> {
    pub(super) fn new(pages: Pages<R>) -> Self {
        Self { pages, page: Vec::new().into_iter(), trail: None, taken: 0 }
    }

    /// Ends after this many records. Records before the position that it resumes from do not count.
    pub fn limit(self, records: usize) -> Self {
        Self { pages: self.pages.limit(records), ..self }
    }

    /// As [`Pages::ahead`].
    pub fn ahead(self, pages: usize) -> Self {
        Self { pages: self.pages.ahead(pages), ..self }
    }

    /// As [`Pages::resume_from`].
    pub fn resume_from(self, position: impl Into<Position>) -> Self {
        Self { pages: self.pages.resume_from(position), ..self }
    }

    /// Pages instead of records. Records that were fetched but not taken yet are left out.
    pub fn pages(self) -> Pages<R> {
        self.pages
    }

    /// The next record; none at the end.
    pub async fn next(&mut self) -> Option<Result<R>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// As [`Pages::try_again`].
    pub fn try_again(&mut self) {
        self.pages.try_again();
    }

    /// The position after the last record that was taken; none if the stream cannot begin.
    pub fn position(&self) -> Option<Position> {
        match &self.trail {
            Some(trail) if self.page.len() > 0 => Some(within(&trail.before, trail.keys.get(..self.taken)?)),
            _ => self.pages.position(),
        }
    }

    /// As [`Pages::credits_spent`].
    pub fn credits_spent(&self) -> u64 {
        self.pages.credits_spent()
    }

    /// As [`Pages::total`].
    pub fn total(&self) -> Option<u64> {
        self.pages.total()
    }

    /// Whether the last record was given, as far as that can be known without another call.
    pub fn has_ended(&self) -> bool {
        self.page.len() == 0 && self.pages.has_ended()
    }

    pub(super) fn inner(&mut self) -> &mut Pages<R> {
        &mut self.pages
    }
}

impl<R: Leaf + Send + 'static> Stream for Records<R> {
    type Item = Result<R>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(record) = self.page.next() {
                self.taken += 1;
                return Poll::Ready(Some(Ok(record)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    self.taken = 0;
                    self.trail = Some(page.trail.clone());
                    self.page = page.into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R> Unpin for Records<R> {}

impl<R> fmt::Debug for Records<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("pages", &self.pages).field("fetched", &self.page.len()).finish()
    }
}
