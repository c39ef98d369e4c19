//! Calendar dates as news has them: partial, ranged, with or without a time of day.
//!
//! [`Interval`] is what a date means: a closed range of days with a granularity. [`Stamp`] is when a page says that
//! it was published: as precise as the page was, with the time zone as written. `names` knows month and weekday names
//! in many languages, `written` reads the one date of a byline.

pub(crate) mod calendar;
mod compact;
pub(crate) mod explicit;
pub(crate) mod filter;
mod interval;
pub(crate) mod names;
pub(crate) mod other;
mod stamp;
pub(crate) mod token;
mod version;
mod written;
mod zone;

pub use explicit::Order;
pub use interval::{Granularity, Interval};
pub use jiff::civil::Date;
pub use stamp::{Precision, Stamp};
pub(crate) use version::fingerprint;
pub(crate) use written::{Written, written};

#[cfg(test)]
mod tests;
