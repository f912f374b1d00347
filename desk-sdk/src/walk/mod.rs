//! Lists, read to their end.
//!
//! A walk has a plan, which says what to ask for next and takes in what arrives; streams make its calls. There is one
//! kind of plan for each way in which the service lets a list be read.

mod ask;
mod estimate;
mod fetch;
mod page;
mod pages;
mod plan;
mod position_file;
mod price;
mod received;
mod records;
mod running;
mod seen;
mod way;

pub use self::estimate::Estimate;
pub use self::page::Page;
pub use self::pages::Pages;
pub use self::position_file::PositionFile;
pub use self::records::Records;

use crate::client::{Content, Pending};
use crate::error::Error;
use crate::position::Position;
use crate::record::{Leaf, Listing};
use crate::value::DateTime;
use jiff::Timestamp;

use self::fetch::{Fetch, typed};
#[cfg(feature = "by-name")]
pub(crate) use self::fetch::{Fetched, Fetching, SAID};
pub(crate) use self::plan::Goal;
use self::plan::{Plan, Refused};
use crate::client::Prepared;

impl<T> Pending<T>
where
    T: Content + Listing + Leaf,
    T::Record: Leaf + Send + 'static,
{
    /// The pages of the list, by index. The service gives some 5,000 records of a list that way, and fails with
    /// [`WalkError::TooDeep`](crate::WalkError::TooDeep) beyond; [`all`](Self::all) reads any number.
    pub fn pages(self) -> Pages<T::Record> {
        pages(self.into_prepared(), typed::<T>, &Goal::Indexed)
    }

    /// The records of the list, page by page; see [`pages`](Self::pages).
    pub fn records(self) -> Records<T::Record> {
        self.pages().records()
    }

    /// All records, each once, however many there are.
    ///
    /// Where the operation can be filtered by a time, as searches can, the list is read in windows of that time, oldest
    /// first where it can be sorted: each page then has the lowest price, and records that are added, changed or
    /// deleted meanwhile move nothing. A range set on the parameters, such as `created_time_range`, is kept to; the
    /// order and the first index cannot be set. Other lists are read by index, which fails with
    /// [`WalkError::TooDeep`](crate::WalkError::TooDeep) where they are too long, and never ends early without an error.
    /// `spec/lists.tsv`, in a clone of the project, says which is which, and so does [`Operation::timelines`](crate::Operation::timelines).
    pub fn all(self) -> Records<T::Record> {
        pages(self.into_prepared(), typed::<T>, &Goal::All).records()
    }

    /// The records that were created or changed since a time, or since the position at the end of the last such walk.
    ///
    /// ```no_run
    /// # async fn example(client: desk_sdk::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use desk_sdk::search::SearchTickets;
    /// use desk_sdk::{DateTime, PositionFile, Since};
    ///
    /// let file = PositionFile::new("tickets.position.json");
    /// let first = Since::from(DateTime::from("2026-01-01T00:00:00Z"));
    /// let since = file.load().await?.map_or(first, Since::from);
    /// let mut changed = client.search_tickets(SearchTickets::new()).modified_since(since);
    /// while let Some(ticket) = changed.next().await {
    ///     println!("{:?}", ticket?.ticket_number);
    /// }
    /// if let Some(position) = changed.position() {
    ///     file.save(&position).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Where the operation can be filtered by the time of changes, they come oldest first. Where it can only be sorted,
    /// they come newest first, down to the given time. Where it can do neither, this fails with
    /// [`WalkError::NoChanges`](crate::WalkError::NoChanges). Deleted records are not told. A record that changes while
    /// it is read may be missed by this walk, but not by the next one.
    pub fn modified_since(self, since: impl Into<Since>) -> Records<T::Record> {
        modified_since(self.into_prepared(), typed::<T>, since.into()).records()
    }
}

/// Since when changes are wanted: a time, or the position at the end of an earlier walk.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Since {
    /// A time.
    Time(DateTime),
    /// The position at the end of an earlier walk.
    Position(Position),
}

impl From<DateTime> for Since {
    fn from(time: DateTime) -> Self {
        Self::Time(time)
    }
}

impl From<&DateTime> for Since {
    fn from(time: &DateTime) -> Self {
        Self::Time(time.clone())
    }
}

impl From<Timestamp> for Since {
    fn from(time: Timestamp) -> Self {
        Self::Time(time.into())
    }
}

impl From<Position> for Since {
    fn from(position: Position) -> Self {
        Self::Position(position)
    }
}

impl From<&Position> for Since {
    fn from(position: &Position) -> Self {
        Self::Position(position.clone())
    }
}

impl From<&Position> for Position {
    fn from(position: &Position) -> Self {
        position.clone()
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Walk(error) => error.into(),
            Refused::Call(invalid) => invalid.into(),
        }
    }
}

/// The pages of the list that a call answers with.
pub(crate) fn pages<R: Leaf + Send + 'static>(
    prepared: Result<Prepared, Error>,
    fetch: Fetch<R>,
    goal: &Goal,
) -> Pages<R> {
    begin(prepared, fetch, goal).unwrap_or_else(Pages::refused)
}

fn begin<R: Leaf + Send + 'static>(
    prepared: Result<Prepared, Error>,
    fetch: Fetch<R>,
    goal: &Goal,
) -> Result<Pages<R>, Error> {
    let Prepared { client, call, options } = prepared?;
    let plan = Plan::new(&call, goal, client.now())?;
    Ok(Pages::new(client, call, options, fetch, plan))
}

/// The pages of what has changed.
pub(crate) fn modified_since<R: Leaf + Send + 'static>(
    prepared: Result<Prepared, Error>,
    fetch: Fetch<R>,
    since: Since,
) -> Pages<R> {
    match since {
        Since::Position(position) => {
            pages(prepared, fetch, &Goal::Changed(Timestamp::UNIX_EPOCH)).resume_from(position)
        }
        Since::Time(time) => {
            let begun = prepared.and_then(|prepared| {
                let time = plan::time(&time, prepared.call.operation())?;
                begin(Ok(prepared), fetch, &Goal::Changed(time))
            });
            begun.unwrap_or_else(Pages::refused)
        }
    }
}
