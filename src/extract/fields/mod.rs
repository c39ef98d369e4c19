//! The metadata of an article, a file for each field.

pub(crate) mod address;
pub(crate) mod byline;
pub(crate) mod correction;
pub(crate) mod date;
pub(crate) mod lead;
pub(crate) mod own_host;
pub(crate) mod section;
pub(crate) mod site;
pub(crate) mod tags;
pub(crate) mod title;
