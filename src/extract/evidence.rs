//! Evidence for a field: what a page offers for it, strongest first.
//!
//! Each field has one function `candidates` that lists its evidence in the order in which it is believed. The field's value is
//! made of the first that is accepted, and an explanation prints the same list.

use std::borrow::Cow;
use std::fmt;

use crate::extract::html::outline::{Outline, Property};
use crate::extract::html::value_text::{one_line, plain};

/// One value that a page offers for a field.
#[derive(Clone, Debug)]
pub(crate) struct Evidence<'a> {
    pub(crate) origin: Origin<'a>,
    /// As it is written on the page.
    pub(crate) text: Cow<'a, str>,
}

/// Where a value stands on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin<'a> {
    /// A key of the object in JSON-LD that describes the article.
    JsonLd(&'static str),
    /// A `<meta>` tag of this name.
    Meta(&'a str),
    /// Whatever has a name of its own: `og:title`, `h1`, `canonical`.
    Named(&'a str),
}

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::JsonLd(key) => write!(f, "json-ld {key}"),
            Origin::Meta(name) => write!(f, "meta {name}"),
            Origin::Named(name) => f.write_str(name),
        }
    }
}

impl<'a> Evidence<'a> {
    /// A value of JSON-LD; `None` where there is none.
    pub(crate) fn json_ld(key: &'static str, text: Option<&'a str>) -> Option<Evidence<'a>> {
        text.map(|text| Evidence { origin: Origin::JsonLd(key), text: text.into() })
    }

    /// The first meta tag of this name.
    pub(crate) fn meta(outline: &'a Outline, name: &'a str) -> Option<Evidence<'a>> {
        outline.meta(name).map(|text| Evidence { origin: Origin::Meta(name), text: text.into() })
    }

    /// The first meta tag of a name that says by itself what it is, such as `og:title`.
    pub(crate) fn open_graph(outline: &'a Outline, name: &'a str) -> Option<Evidence<'a>> {
        outline.meta(name).map(|text| Evidence::named(name, text))
    }

    pub(crate) fn of_meta(meta: &'a Property) -> Evidence<'a> {
        Evidence { origin: Origin::Meta(&meta.name), text: meta.value.as_str().into() }
    }

    pub(crate) fn named(name: &'a str, text: impl Into<Cow<'a, str>>) -> Evidence<'a> {
        Evidence { origin: Origin::Named(name), text: text.into() }
    }

    /// The text as a reader would see it, on one line. That of JSON-LD was decoded when it was read, and a second time would
    /// decode what is meant as it stands.
    pub(crate) fn shown(&self) -> String {
        match self.origin {
            Origin::JsonLd(_) => one_line(&self.text),
            Origin::Meta(_) | Origin::Named(_) => one_line(&plain(&self.text)),
        }
    }
}
