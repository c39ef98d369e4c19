//! What is the same for all fields of one page.

use std::ops::Range;

use crate::date::Order;
use crate::extract::fields::date::limit::DateLimit;
use crate::extract::fields::site::{OtherHost, SiteNames};
use crate::extract::html::outline::Outline;
use crate::extract::json_ld::JsonLd;
use crate::extract::trace::Trace;

/// A page as its fields are read: made once, when the body is found, and handed to all of them.
///
/// Fields lie beside the body, so most of them ask how near to it or to the headline something stands.
pub(crate) struct PageContext<'a> {
    pub(crate) outline: &'a Outline,
    pub(crate) json_ld: &'a JsonLd,
    /// The page's address, cleaned of tracking parameters.
    pub(crate) url: Option<&'a str>,
    /// The host where there is no address.
    pub(crate) other_host: Option<&'a OtherHost>,
    pub(crate) sites: &'a SiteNames,
    /// The headline; empty where there is none.
    pub(crate) title: &'a str,
    /// Element of the headline.
    pub(crate) heading: Option<usize>,
    /// Blocks from the first to after the last of the body.
    pub(crate) body: Range<usize>,
    /// ISO 639-1 code.
    pub(crate) lang: Option<&'a str>,
    /// How the page writes dates in figures.
    pub(crate) order: Order,
    pub(crate) limit: &'a DateLimit,
    pub(crate) trace: &'a Trace,
}
