//! What is made of a match: the list, counts by value and by day, articles, stories.

pub(crate) mod anniversary;
pub(crate) mod article;
pub(crate) mod earliest;
pub(crate) mod explain;
pub(crate) mod facets;
pub(crate) mod paging;
pub(crate) mod pairs;
pub(crate) mod similar;
pub(crate) mod stories;
pub(crate) mod timeline;
