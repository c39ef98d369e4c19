//! The host of a page that gives no address for itself, by the other addresses on it.
//!
//! A wrong site is worse than none, so a host is taken where the page's own links agree: its base, its feeds and what else
//! the head names, or nearly all links of the text. All of them are asked for the domain first; the host is then the one of
//! that domain that is named most.

use std::sync::OnceLock;

use memchr::memmem;
use rustc_hash::FxHashMap;
use url::Url;

use super::address;
use crate::extract::html::head_link::HeadLink;
use crate::extract::html::parse;
use crate::extract::html::references;
use crate::extract::html::strip::Stripped;
use crate::extract::tables::URLS;
use crate::text::word_lists::{Phrase, WordLists};

/// Links of the text that are looked at.
// A front page has some hundreds.
const MOST_LINKS: usize = 2_000;
/// Links of the text to one domain, and their share in percent, that show by themselves whose page it is.
// Measured on pages with a known address: where fewer agree they go to a site that the page writes about.
const FEWEST_LINKS: u32 = 10;
const SHARE: u32 = 70;
/// Domains that the head of a page names.
const MOST_DOMAINS: usize = 20;
/// Links of the text that must agree with where the pictures of the head lie.
const AGREEING: u32 = 3;

/// What a link in the head says of the page's own host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// Pictures and scripts often lie elsewhere.
    Little,
    /// Feeds, the address that edits the page, the pages before and after it.
    Much,
    /// Every relative address of the page hangs on it.
    All,
}

/// The first `<base href>` of a page.
pub(crate) fn base<'t>(stripped: &Stripped<'t>) -> Option<&'t str> {
    stripped.head_links.iter().find(|link| link.is_base).map(|link| link.href)
}

/// What the head says of one domain.
struct Named {
    says: Says,
    /// The name under which an explanation lists what says it.
    what: &'static str,
    /// The first host, without `www.`, of those that say it.
    host: String,
}

/// The host without `www.`, and what names it.
pub(crate) fn find(stripped: &Stripped<'_>) -> Option<(&'static str, String)> {
    let links = Links::of(&stripped.html);
    let named = named(&stripped.head_links);
    let strongest = named.iter().map(|(_, one)| one.says).max();
    let mut best = named.iter().filter(|(_, one)| Some(one.says) == strongest);
    match (best.next(), best.next()) {
        (Some((domain, one)), None) if links.allow(one.says, domain) => {
            let linked = links.host(domain);
            let host = match one.says {
                // Parts of a site below its domain have the pictures of the whole.
                Says::Little => linked?,
                Says::Much | Says::All if is_aside(&one.host) => linked.unwrap_or_else(|| domain.clone()),
                Says::Much | Says::All => one.host.clone(),
            };
            Some((one.what, host))
        }
        // Two are named alike: the links decide, and they alone where nothing is named.
        _ => {
            let domain = links.domain()?;
            Some(("links", links.host(&domain).unwrap_or(domain)))
        }
    }
}

/// The domains that the head names, in its order.
fn named(head_links: &[HeadLink<'_>]) -> Vec<(String, Named)> {
    let mut all: Vec<(String, Named)> = Vec::new();
    for link in head_links {
        let Some((says, what)) = says(link) else { continue };
        let Some(url) = own_address(link.href) else { continue };
        let (Some(domain), Some(host)) = (domain(&url), address::site(&url)) else { continue };
        let one = Named { says, what, host };
        match all.iter().position(|(known, _)| *known == domain) {
            Some(at) => {
                let known = &mut all[at].1;
                if known.says < says || known.says == says && is_aside(&known.host) {
                    *known = one;
                }
            }
            // Beyond some domains it is no head of a page.
            None if all.len() < MOST_DOMAINS => all.push((domain, one)),
            None => {}
        }
    }
    all
}

/// What the link says, and the name under which an explanation lists it.
fn says(link: &HeadLink<'_>) -> Option<(Says, &'static str)> {
    if link.is_base {
        return Some((Says::All, "base"));
    }
    let is = |wanted: &str| link.rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case(wanted));
    let kind = link.kind.trim().to_ascii_lowercase();
    let is_feed = ["application/rss+xml", "application/atom+xml", "application/feed+json"].contains(&kind.as_str());
    match () {
        () if is("original") || is("bookmark") => Some((Says::Much, "original")),
        () if is("alternate") && is_feed => Some((Says::Much, "feed")),
        () if is("edituri") || is("pingback") => Some((Says::Much, "edit address")),
        () if is("amphtml") || is("next") || is("prev") || is("home") => Some((Says::Much, "link")),
        () if is("icon") || is("apple-touch-icon") || is("manifest") || is("search") => Some((Says::Little, "icon")),
        () => None,
    }
}

/// An address of a site of its own: of copies the original's; none of a service that many sites use.
fn own_address(href: &str) -> Option<Url> {
    let href = references::decode(href, true);
    // What is relative says nothing; what only leaves out the scheme does.
    let url = address::normalise(&href, None)?;
    // A page that was saved from the disk or a development server is not from there.
    let is_name = url.domain().is_some() && domain(&url).is_some_and(|domain| domain.contains('.'));
    (is_name && !is_service(&url)).then_some(url)
}

/// Hosts of pictures, feeds, short addresses and the like, which many sites use.
fn is_service(url: &Url) -> bool {
    static SERVICES: OnceLock<Vec<Phrase>> = OnceLock::new();
    let services = SERVICES.get_or_init(|| WordLists::parse(URLS).phrases("service"));
    let host = url.host_str().unwrap_or("");
    let below =
        |service: &Phrase| host.strip_suffix(&**service).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    services.iter().any(below)
}

fn domain(url: &Url) -> Option<String> {
    let host = url.domain()?;
    Some(psl::domain_str(host).unwrap_or(host).to_owned())
}

/// The links of the text, counted.
#[derive(Default)]
struct Links {
    /// Hosts without `www.` by domain.
    domains: FxHashMap<String, FxHashMap<String, u32>>,
    /// All links that lead to a page, relative ones too.
    all: u32,
}

impl Links {
    /// Those in `html`, which `strip` wrote.
    fn of(html: &str) -> Links {
        let mut links = Links::default();
        for at in memmem::find_iter(html.as_bytes(), b"<a ").take(MOST_LINKS) {
            let rest = &html[at + 3..];
            let written = &rest[..memchr::memchr(b'>', rest.as_bytes()).unwrap_or(rest.len())];
            let Some(href) = parse::value(written, "href") else { continue };
            if href.is_empty()
                || href.starts_with(['#', '?'])
                || href.starts_with("javascript:")
                || href.starts_with("mailto:")
            {
                continue;
            }
            links.all += 1;
            let Some(url) = own_address(&href) else { continue };
            let (Some(domain), Some(host)) = (domain(&url), address::site(&url)) else { continue };
            *links.domains.entry(domain).or_default().entry(host).or_default() += 1;
        }
        links
    }

    fn to(&self, domain: &str) -> u32 {
        self.domains.get(domain).map_or(0, |hosts| hosts.values().sum())
    }

    /// Whether the text's links bear out what the head says of `domain`, or at least do not speak against it.
    fn allow(&self, says: Says, domain: &str) -> bool {
        let most = self.domains.keys().map(|domain| (self.to(domain), domain.as_str())).max();
        match says {
            Says::All => true,
            Says::Much => self.domain().is_none_or(|most| most == domain),
            Says::Little => most.is_some_and(|(count, most)| most == domain && count >= AGREEING),
        }
    }

    /// The domain to which nearly all links lead.
    fn domain(&self) -> Option<String> {
        let most = self.domains.keys().map(|domain| (self.to(domain), domain)).max()?;
        (most.0 >= FEWEST_LINKS && most.0 * 100 >= self.all * SHARE).then(|| most.1.clone())
    }

    /// The host of `domain` that is linked most. Where links of the page are relative, only those that lead elsewhere have
    /// a host, so it must be that of half of them.
    fn host(&self, domain: &str) -> Option<String> {
        let hosts = self.domains.get(domain)?.iter().filter(|(host, _)| !is_aside(host));
        // Of equals the shorter: what is below the domain is a part of the site.
        let best = hosts.max_by_key(|(host, count)| (**count, std::cmp::Reverse(host.len()), *host));
        best.filter(|(_, count)| **count * 2 >= self.all).map(|(host, _)| host.clone())
    }
}

/// Whether the first label of a host says that no pages are there: `feeds.herald.example`.
fn is_aside(host: &str) -> bool {
    static LABELS: OnceLock<Vec<Phrase>> = OnceLock::new();
    let labels = LABELS.get_or_init(|| WordLists::parse(URLS).phrases("aside"));
    host.split_once('.').is_some_and(|(label, rest)| rest.contains('.') && labels.iter().any(|aside| *aside == label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::strip::strip;

    /// What is found on a page with `head` and so many links to each host.
    fn found(head: &str, links: &[(&str, u32)]) -> String {
        let link = |(host, count): &(&str, u32)| {
            let one = |n| {
                if host.is_empty() {
                    format!("<a href='/{n}'>x</a> ")
                } else {
                    format!("<a href='https://{host}/{n}'>x</a> ")
                }
            };
            (0..*count).map(one).collect::<String>()
        };
        let links: String = links.iter().map(link).collect();
        let page = format!("<head>{head}</head><body><p>{links}</p></body>");
        find(&strip(&page)).map_or("none".to_owned(), |(what, host)| format!("{host} by {what}"))
    }

    #[test]
    fn a_host_is_taken_where_the_page_agrees_on_it() {
        let feed = |host: &str| format!("<link rel=alternate type=application/rss+xml href='https://{host}/feed/'>");
        let icon = |host: &str| format!("<link rel='shortcut icon' href='//{host}/favicon.ico'>");
        for (head, links, expected) in [
            (String::new(), &[][..], "none"),
            (feed("www.herald.co.uk"), &[], "herald.co.uk by feed"),
            (feed("feeds.herald.co.uk"), &[], "herald.co.uk by feed"),
            (feed("feeds.herald.co.uk"), &[("news.herald.co.uk", 4), ("", 9)], "herald.co.uk by feed"),
            (feed("feeds.herald.co.uk"), &[("news.herald.co.uk", 4), ("", 2)], "news.herald.co.uk by feed"),
            (feed("feeds.feedburner.com"), &[], "none"),
            (feed("a.herald.co.uk") + &feed("b.kurier.at"), &[], "none"),
            (feed("a.herald.co.uk") + &feed("b.kurier.at"), &[("kurier.at", 12)], "kurier.at by links"),
            // A feed of somebody else: the links know better.
            (feed("wire.example"), &[("herald.co.uk", 30)], "herald.co.uk by links"),
            ("<base href='https://herald.co.uk/a/'>".to_owned() + &feed("wire.example"), &[], "herald.co.uk by base"),
            ("<base href='/a/'>".to_owned(), &[], "none"),
            ("<base href='http://localhost/'>".to_owned(), &[("herald.co.uk", 3)], "none"),
            ("<base href='http://192.168.1.7/'>".to_owned(), &[], "none"),
            (
                "<base href='https://web.archive.org/web/20140312101530/http://herald.co.uk/'>".to_owned(),
                &[],
                "herald.co.uk by base",
            ),
            (icon("herald.co.uk"), &[], "none"),
            (icon("herald.co.uk"), &[("herald.co.uk", 2)], "none"),
            (icon("herald.co.uk"), &[("herald.co.uk", 3)], "herald.co.uk by icon"),
            (icon("static.herald.co.uk"), &[("live.herald.co.uk", 3), ("", 9)], "none"),
            (icon("herald.co.uk"), &[("herald.co.uk", 3), ("kurier.at", 4)], "none"),
            (icon("cdn.pictures.example"), &[("", 40)], "none"),
            ("<link rel=stylesheet href='https://themes.example/a.css'>".to_owned(), &[], "none"),
            // An article of an encyclopedia about one site, and a page whose own links are relative.
            (String::new(), &[("herald.co.uk", 9)], "none"),
            (String::new(), &[("herald.co.uk", 12), ("", 12)], "none"),
            (
                String::new(),
                &[("www.herald.co.uk", 8), ("sport.herald.co.uk", 6), ("x.example", 2)],
                "herald.co.uk by links",
            ),
        ] {
            assert_eq!(found(&head, links), expected, "{head} {links:?}");
        }
    }
}
