//! The pages of a list, one after another.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;
use serde_json::Value;

use super::ask::Ask;
use super::fetch::{Fetch, Fetched, Fetching};
use super::page::{Page, Trail};
use super::plan::Plan;
use super::received::Received;
use super::records::Records;
use super::running::Running;
use crate::answer::Meta;
use crate::call::Call;
use crate::client::{Client, Options};
use crate::error::{Error, FailedPage, Result};
use crate::position::Position;
use crate::record::Leaf;
use crate::walk_error::WalkError;

/// The pages of a list: a [`Stream`], and without it a plain loop.
///
/// ```no_run
/// # async fn example(client: desk_sdk::Client) -> desk_sdk::Result<()> {
/// use desk_sdk::tickets::GetTickets;
///
/// let mut pages = client.get_tickets(GetTickets::new()).pages();
/// while let Some(page) = pages.next().await {
///     let page = page?;
///     println!("{} tickets, {} so far", page.records.len(), page.position().records());
/// }
/// # Ok(())
/// # }
/// ```
///
/// Pages have the largest length that the operation allows, or the `limit` set on its parameters. An empty list has no
/// pages. A record that comes again is left out, if it has an id.
///
/// While one page is worked on, the next one is already [fetched](Self::ahead). Nothing is fetched before the stream is
/// first polled, and dropping it ends the calls that are under way.
///
/// # Errors
///
/// A page that cannot be read is an [`Error::Page`], which says which one; the stream then ends, and
/// [`try_again`](Self::try_again) makes it go on with the same page. An [`Error::Walk`] says why a list cannot be read
/// any further. No list ends early without an error.
#[must_use = "pages are read only when the stream is polled"]
pub struct Pages<R>(State<R>);

enum State<R> {
    /// It cannot begin; the error is given once.
    Refused(Option<Box<Error>>),
    Begun(Box<Walk<R>>),
}

pub(super) struct Walk<R> {
    client: Client,
    call: Call,
    options: Options,
    fetch: Fetch<R>,
    pub(super) plan: Plan,
    /// How many more records are wanted.
    pub(super) left: Option<usize>,
    /// The position within the last page, if only some of its records were wanted.
    cut: Option<Position>,
    ahead: usize,
    /// Pages on their way, in order.
    under_way: VecDeque<(Ask, Running<R>)>,
    number: u64,
    spent: u64,
    /// How many records there are in all, as the last answer has it.
    total: Option<u64>,
    halted: Option<Halted>,
}

/// Why no more pages come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Halted {
    /// All have been read.
    Ended,
    /// The last one could not be read.
    Failed,
}

impl<R: Leaf + Send + 'static> Pages<R> {
    pub(super) fn new(client: Client, call: Call, options: Options, fetch: Fetch<R>, plan: Plan) -> Self {
        Self(State::Begun(Box::new(Walk {
            client,
            call,
            options,
            fetch,
            plan,
            left: None,
            cut: None,
            ahead: 1,
            under_way: VecDeque::new(),
            number: 0,
            spent: 0,
            total: None,
            halted: None,
        })))
    }

    pub(super) fn refused(error: Error) -> Self {
        Self(State::Refused(Some(Box::new(error))))
    }

    fn adjust(mut self, adjust: impl FnOnce(&mut Walk<R>) -> Result<()>) -> Self {
        if let State::Begun(walk) = &mut self.0
            && let Err(error) = adjust(walk)
        {
            self.0 = State::Refused(Some(Box::new(error)));
        }
        self
    }

    /// Ends after this many records. Records before the position that it resumes from do not count.
    pub fn limit(self, records: usize) -> Self {
        self.adjust(|walk| {
            walk.left = Some(records);
            walk.plan.shorten(u64::try_from(records).unwrap_or(u64::MAX));
            Ok(())
        })
    }

    /// How many pages are fetched ahead: 1 by default, and 0 to fetch each one only when it is asked for.
    ///
    /// More than one page is fetched ahead only where their indexes are known in advance. At the end of the list, some
    /// of them may turn out to be unnecessary.
    pub fn ahead(self, pages: usize) -> Self {
        self.adjust(|walk| {
            walk.ahead = pages;
            Ok(())
        })
    }

    /// Continues after this position. A position of another call, or of another way to read the list, makes the stream
    /// fail with [`WalkError::OtherPosition`].
    pub fn resume_from(self, position: impl Into<Position>) -> Self {
        self.adjust(|walk| Ok(walk.plan.resume(position.into())?))
    }

    /// Records instead of pages.
    pub fn records(self) -> Records<R> {
        Records::new(self)
    }

    /// The next page; none at the end.
    pub async fn next(&mut self) -> Option<Result<Page<R>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Goes on with the page that could not be read.
    pub fn try_again(&mut self) {
        if let State::Begun(walk) = &mut self.0
            && walk.halted == Some(Halted::Failed)
        {
            walk.halted = None;
        }
    }

    /// The position after the last record of the last page; none if the stream cannot begin. A page that is still being
    /// worked on counts.
    pub fn position(&self) -> Option<Position> {
        match &self.0 {
            State::Begun(walk) => Some(walk.cut.clone().unwrap_or_else(|| walk.plan.position())),
            State::Refused(_) => None,
        }
    }

    /// What the pages that were given have cost, in credits, as far as the API says so. A page that was fetched ahead and
    /// not taken is missing here, but not in [`Client::credits`].
    pub fn credits_spent(&self) -> u64 {
        match &self.0 {
            State::Begun(walk) => walk.spent,
            State::Refused(_) => 0,
        }
    }

    /// How many records the list has in all, if the last page says so.
    pub fn total(&self) -> Option<u64> {
        match &self.0 {
            State::Begun(walk) => walk.total,
            State::Refused(_) => None,
        }
    }

    /// Whether the last page was given, as far as that can be known without another call.
    pub fn has_ended(&self) -> bool {
        match &self.0 {
            State::Begun(walk) => walk.halted == Some(Halted::Ended),
            State::Refused(error) => error.is_none(),
        }
    }

    /// The walk, or why it cannot begin; neither if that was told already.
    pub(super) fn walk(&mut self) -> Result<Option<&Walk<R>>> {
        match &mut self.0 {
            State::Begun(walk) => Ok(Some(walk)),
            State::Refused(error) => error.take().map_or(Ok(None), |error| Err(*error)),
        }
    }
}

impl<R: Leaf + Send + 'static> Walk<R> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page<R>>>> {
        while self.halted.is_none() {
            if self.left == Some(0) || self.plan.is_over() {
                self.end();
                break;
            }
            let ask = match self.plan.ask() {
                Ok(ask) => ask,
                Err(error) => return Poll::Ready(Some(Err(self.fail(error.into())))),
            };
            // What was fetched ahead may turn out to be the wrong page.
            if self.under_way.front().is_none_or(|(known, _)| *known != ask) {
                self.under_way.clear();
                self.under_way.push_back((ask.clone(), Running::Here(self.fetch(&ask))));
            }
            let Some((_, running)) = self.under_way.front_mut() else { break };
            let fetched = ready!(running.poll(context));
            self.under_way.pop_front();
            match fetched.map_err(|error| self.explained(&ask, error)).and_then(|fetched| self.taken(fetched)) {
                Ok(page) if page.records.is_empty() => {}
                Ok(page) => return Poll::Ready(Some(Ok(page))),
                Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
            }
        }
        Poll::Ready(None)
    }

    pub(super) fn fetch(&self, ask: &Ask) -> Fetching<R> {
        (self.fetch)(self.client.clone(), ask.call(&self.call), self.options)
    }

    /// Takes in a page, and fetches the next ones.
    fn taken(&mut self, fetched: Fetched<R>) -> Result<Page<R>> {
        let Fetched { records, meta, said } = fetched;
        self.spent += meta.credits_spent().unwrap_or_default();
        let [_, total, _] = &said;
        self.total = total.as_ref().and_then(Value::as_u64);
        let mut received = Received::new(&records, self.plan.marks(), said);
        let before = self.plan.position();
        let taken = self.plan.take(&mut received)?;
        let keys: Vec<_> = taken.fresh.iter().map(|place| (*place, received.records[*place].clone())).collect();
        let mut fresh = taken.fresh.iter().peekable();
        let records = records.into_iter().enumerate().filter(|(place, _)| fresh.next_if_eq(&place).is_some());
        let records: Vec<R> = records.map(|(_, record)| record).collect();
        let wanted = self.left.map_or(records.len(), |left| left.min(records.len()));
        self.left = self.left.map(|left| left - wanted);
        if taken.last || self.left == Some(0) {
            self.end();
        } else {
            self.fetch_ahead();
        }
        let cut = wanted < records.len();
        let page = self.page(records, meta, Trail { before, keys }).truncated(wanted);
        self.cut = cut.then(|| page.position().clone());
        Ok(page)
    }

    fn page(&mut self, records: Vec<R>, meta: Meta, trail: Trail) -> Page<R> {
        self.number += u64::from(!records.is_empty());
        Page::new(records, self.number, meta, self.plan.position(), trail)
    }

    fn fetch_ahead(&mut self) {
        while self.under_way.len() < self.ahead {
            let next = match self.under_way.back() {
                Some((last, _)) => self.plan.after(last),
                None => self.plan.ask().ok(),
            };
            let Some(ask) = next else { return };
            let running = Running::aside(self.fetch(&ask));
            self.under_way.push_back((ask, running));
        }
    }

    fn end(&mut self) {
        self.under_way.clear();
        self.halted = Some(Halted::Ended);
    }

    /// Says which page could not be read.
    fn fail(&mut self, error: Error) -> Error {
        self.under_way.clear();
        self.halted = Some(Halted::Failed);
        match error {
            Error::Walk(_) => error,
            reason => Error::Page(Box::new(FailedPage {
                operation: self.call.operation().id,
                number: self.number + 1,
                position: self.plan.position(),
                reason,
            })),
        }
    }

    /// A refusal that only means that the list is too deep.
    pub(super) fn explained(&self, ask: &Ask, error: Error) -> Error {
        let refused = error.api().is_some_and(|refused| matches!(refused.status, 400 | 422));
        match ask.from {
            Some(from) if refused && Plan::is_deep(ask) => self.plan.too_deep(from).into(),
            _ => error,
        }
    }
}

impl<R: Leaf + Send + 'static> Stream for Pages<R> {
    type Item = Result<Page<R>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            State::Refused(error) => Poll::Ready(error.take().map(|error| Err(*error))),
            State::Begun(walk) => walk.poll(context),
        }
    }
}

impl<R> Unpin for Pages<R> {}

impl From<WalkError> for Error {
    fn from(error: WalkError) -> Self {
        Self::Walk(error)
    }
}

impl<R> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Pages");
        match &self.0 {
            State::Refused(error) => debug.field("refused", error),
            State::Begun(walk) => debug
                .field("call", &walk.call)
                .field("position", &walk.plan.position())
                .field("under_way", &walk.under_way.len())
                .field("halted", &walk.halted),
        };
        debug.finish()
    }
}
