//! The names under which the site of a page is known.

use url::Url;

use crate::extract::evidence::Evidence;
use crate::extract::fields::address;
use crate::extract::html::outline::Outline;
use crate::extract::html::value_text::plain;
use crate::extract::json_ld::JsonLd;

/// A host that is not in the page's address, and what gave it: the page's other links, or its folder.
pub(crate) type OtherHost = (&'static str, String);

/// What the page offers for the site it belongs to, strongest first: the host of its address, else of its other links, else
/// what it calls its site.
pub(crate) fn candidates<'a>(
    url: Option<&'a str>,
    other: Option<&'a OtherHost>,
    outline: &'a Outline,
    json_ld: &'a JsonLd,
) -> impl Iterator<Item = Evidence<'a>> {
    let host = url.map(|url| Evidence::named("url", url));
    let other = other.map(|(what, host)| Evidence::named(what, host.as_str()));
    host.or(other).into_iter().chain(names(outline, json_ld))
}

/// What the page calls its site, strongest first.
fn names<'a>(outline: &'a Outline, json_ld: &'a JsonLd) -> impl Iterator<Item = Evidence<'a>> {
    let name = Evidence::open_graph(outline, "og:site_name");
    name.into_iter().chain(Evidence::json_ld("publisher", json_ld.publisher.as_deref()))
}

/// A site's name without what it says of itself behind it: `The Herald - News, sport and weather from Ostmark`.
fn name_of(text: &str) -> &str {
    let cut = [" | ", " – ", " — ", " - ", ": ", " :: ", " » "].iter().filter_map(|mark| text.find(mark)).min();
    let Some((name, rest)) = cut.map(|at| text.split_at(at)) else { return text };
    // What is longer than the name itself, mark and blanks not counted, is a sentence of it.
    let words = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    if words(name) >= 1 && words(rest) >= 3 && words(rest) > words(name) { name } else { text }
}

/// The names of the site: what stands beside a headline, or as the author of everything, is no part of either.
#[derive(Debug)]
pub(crate) struct SiteNames {
    /// As the page calls its site: `og:site_name`, else the publisher of JSON-LD.
    pub(crate) name: Option<String>,
    /// The publisher of JSON-LD.
    publisher: Option<String>,
    /// The name in the host: `herald` of `www.herald.co.uk`.
    host_label: Option<String>,
}

impl SiteNames {
    /// The names that a page with the address `url` gives.
    pub(crate) fn read(outline: &Outline, json_ld: &JsonLd, url: Option<&Url>) -> SiteNames {
        SiteNames {
            name: names(outline, json_ld).next().map(|evidence| name_of(&plain(&evidence.text)).to_owned()),
            publisher: json_ld.publisher.clone(),
            host_label: url.and_then(address::label),
        }
    }

    /// The names that an outlet signs with: those that the page spells out.
    pub(crate) fn outlets(&self) -> impl Iterator<Item = &str> {
        [&self.name, &self.publisher].into_iter().flatten().map(String::as_str)
    }

    /// All names, that in the host too.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.outlets().chain(self.host_label.as_deref())
    }
}
