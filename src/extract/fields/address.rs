//! The page's address, and whether it can stand for the article.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use url::Url;

use crate::date::Stamp;
use crate::extract::evidence::Evidence;
use crate::extract::tables::URLS;
use crate::input::{Original, original_address};
use crate::text::word_lists::{Phrase, WordLists};

/// Bytes of an address that a page states; a longer one is none.
// A request line of more than 8,190 bytes is refused by the common servers: nobody has fetched a page from there.
const LONGEST: usize = 8190;

/// Query parameters that say where a reader came from.
fn is_tracking(name: &str) -> bool {
    static NAMES: OnceLock<FxHashSet<Phrase>> = OnceLock::new();
    let names = NAMES.get_or_init(|| WordLists::parse(URLS).phrase_set("tracking"));
    let name = name.to_ascii_lowercase();
    // These stand here as an underscore at an end of an entry is a blank in the table.
    let campaigns = ["utm_", "mc_", "pk_", "wt_"];
    name == "_ga" || campaigns.iter().any(|start| name.starts_with(start)) || names.contains(name.as_str())
}

/// `address` with scheme and host in lower case, without default port, fragment and tracking parameters, the rest of
/// its parameters sorted; `None` where it is no web address. A relative one is resolved against `base`. That of a copy in an
/// archive of the web is the original's.
pub(crate) fn normalise(address: &str, base: Option<&str>) -> Option<Url> {
    let address = Some(address.trim()).filter(|address| address.len() <= LONGEST)?;
    let unwrapped = match copied(address) {
        Original::Of { url, .. } => Some(url),
        Original::Unsaid => return None,
        Original::Own => None,
    };
    let address = unwrapped.as_deref().unwrap_or(address);
    let base = base.filter(|base| base.len() <= LONGEST);
    let mut url = match base.and_then(|base| Url::parse(base).ok()) {
        Some(base) => base.join(address).ok()?,
        None if address.starts_with("//") => Url::parse(&format!("https:{address}")).ok()?,
        None => Url::parse(address).ok()?,
    };
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(|host| !host.contains('.')) {
        return None;
    }
    url.set_fragment(None);
    let mut pairs: Vec<(String, String)> =
        url.query_pairs().into_owned().filter(|(name, _)| !is_tracking(name)).collect();
    pairs.sort();
    if pairs.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(pairs);
    }
    Some(url)
}

/// What the address of a copy says. Pages that an archive has rewritten leave out its host.
fn copied(address: &str) -> Original {
    match address.starts_with("/web/") {
        true => original_address(&format!("https://web.archive.org{address}")),
        false => original_address(address),
    }
}

/// The identity of the article at `address`, where the page says that this is its address.
pub(crate) fn identity(address: &str) -> Option<String> {
    Some(key(&normalise(address, None)?))
}

/// Host without `www.`.
pub(crate) fn site(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// The name in a host: `herald` of `www.herald.co.uk`.
pub(crate) fn label(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let domain = psl::domain_str(host).unwrap_or(host);
    // Two letters are found in every headline.
    domain.split('.').next().filter(|label| label.len() > 2).map(str::to_owned)
}

/// The addresses that a page gives for itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Addresses<'a> {
    /// Where it was fetched.
    pub(crate) fetched: Option<&'a str>,
    /// `<link rel=canonical>`.
    pub(crate) canonical: Option<&'a str>,
    /// `og:url`.
    pub(crate) og: Option<&'a str>,
    /// JSON-LD.
    pub(crate) linked: Option<&'a str>,
    /// `<base href>`, against which the others are read.
    pub(crate) base: Option<&'a str>,
}

/// What the addresses come to.
#[derive(Debug, Default)]
pub(crate) struct Address<'a> {
    /// The page's address.
    pub(crate) url: Option<Url>,
    /// The address that stands for the article, without scheme differences and `www.`.
    pub(crate) identity: Option<String>,
    /// Which of the page's addresses `url` is, and how it was written.
    pub(crate) origin: Option<Evidence<'a>>,
    /// When an archive of the web saved the page, where an address is that of its copy.
    pub(crate) captured: Option<Stamp>,
    /// Why there is no identity.
    pub(crate) note: Option<String>,
}

/// The addresses that the page gives for itself, in the order in which they are believed.
pub(crate) fn candidates(addresses: Addresses<'_>) -> impl Iterator<Item = Evidence<'_>> {
    let all = [
        addresses.canonical.map(|text| Evidence::named("canonical", text)),
        addresses.og.map(|text| Evidence::named("og:url", text)),
        Evidence::json_ld("url", addresses.linked),
        addresses.fetched.map(|text| Evidence::named("fetched", text)),
    ];
    all.into_iter().flatten()
}

/// Decides on the page's address and its identity.
pub(crate) fn decide(addresses: Addresses<'_>) -> Address<'_> {
    let place = addresses.fetched.or(addresses.og).and_then(|address| normalise(address, None));
    let place = place.as_ref().map(Url::as_str);
    let base = addresses.base.and_then(|base| normalise(base, place));
    let base = base.as_ref().map(Url::as_str).or(place);
    let read = |address: Option<&str>| address.and_then(|address| normalise(address, base));
    let captured = candidates(addresses).find_map(|evidence| match copied(evidence.text.trim()) {
        Original::Of { captured, .. } => captured,
        Original::Own | Original::Unsaid => None,
    });
    let (fetched, og, linked) = (read(addresses.fetched), read(addresses.og), read(addresses.linked));
    let Some(named) = candidates(addresses).find_map(|evidence| read(Some(&*evidence.text))) else {
        let is_long = candidates(addresses).any(|evidence| evidence.text.len() > LONGEST);
        let note = is_long.then(|| format!("address longer than {LONGEST} bytes not taken"));
        return Address { note, ..Address::default() };
    };
    let refusal = refusal(&named, fetched.as_ref(), og.as_ref(), linked.as_ref());
    let url = match refusal {
        Some(_) => fetched.or(og).filter(|url| url.path().len() > 1).or(Some(named.clone())),
        None => Some(named.clone()),
    };
    let origin = candidates(addresses).find(|evidence| url.is_some() && read(Some(&*evidence.text)) == url);
    match refusal {
        Some(why) => {
            let note = Some(format!("address {named} not taken as identity: {why}"));
            Address { url, origin, identity: None, captured, note }
        }
        None => Address { url, origin, identity: Some(key(&named)), captured, note: None },
    }
}

/// Why `named` cannot stand for the article.
fn refusal(named: &Url, fetched: Option<&Url>, og: Option<&Url>, linked: Option<&Url>) -> Option<&'static str> {
    if is_section(named) {
        return Some("it is a front or section page");
    }
    for other in [fetched, og, linked].into_iter().flatten() {
        if domain(named) != domain(other) {
            return Some("the page's other addresses are on another domain");
        }
    }
    let clashes = |other: Option<&Url>| other.is_some_and(|other| !is_section(other) && !same_page(named, other));
    // One that agrees is enough: sites often leave one of the two at an older address.
    match (og, linked) {
        (Some(_), Some(_)) if clashes(og) && clashes(linked) => Some("og:url and JSON-LD name another page"),
        (Some(_), None) if clashes(og) => Some("og:url names another page"),
        (None, Some(_)) if clashes(linked) => Some("JSON-LD names another page"),
        _ => None,
    }
}

/// A root, or a path of one or two plain words: `/`, `/news/`, `/world/europe`.
fn is_section(url: &Url) -> bool {
    let segments: Vec<&str> = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let plain = |part: &str| {
        // Slugs of articles have hyphens or figures, sections are single words. Fourteen letters hold `international`
        // and leave out words run together.
        part.len() <= 14 && part.bytes().all(|b| b.is_ascii_alphabetic()) || matches!(part, "index.html" | "index.php")
    };
    // With a query the page is one of many behind the same path.
    url.query().is_none() && segments.len() <= 2 && segments.iter().all(|part| plain(part))
}

fn domain(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    psl::domain_str(host).map_or_else(|| Some(host.to_owned()), |domain| Some(domain.to_owned()))
}

/// Same path apart from a last slash and the spelling of an AMP or mobile page.
fn same_page(left: &Url, right: &Url) -> bool {
    let path = |url: &Url| url.path().trim_end_matches('/').to_lowercase();
    let (left, right) = (path(left), path(right));
    // `/amp/`, `/m/` and page numbers stand before or behind the same path.
    left == right || left.contains(&right) || right.contains(&left)
}

/// The identity: scheme and `www.` do not tell articles apart.
fn key(url: &Url) -> String {
    let mut out = String::from("https://");
    out.push_str(url.host_str().map_or("", |host| host.strip_prefix("www.").unwrap_or(host)));
    if let Some(port) = url.port() {
        out.push_str(&format!(":{port}"));
    }
    out.push_str(url.path().trim_end_matches('/'));
    if let Some(query) = url.query() {
        out.push('?');
        out.push_str(query);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_what_does_not_name_the_page() {
        for row in [
            "HTTP://Example.COM:80/a?utm_source=x&b=2&a=1#top ==> http://example.com/a?a=1&b=2",
            "https://example.com/a?fbclid=x ==> https://example.com/a",
            "mailto:a@example.com ==> none",
        ] {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            assert_eq!(normalise(input, None).map_or("none".to_owned(), |url| url.to_string()), expected);
        }
    }

    #[test]
    fn identity_is_refused_where_it_cannot_be_trusted() {
        let of = |fetched, canonical, og| {
            decide(Addresses { fetched, canonical, og, ..Addresses::default() }).identity.unwrap_or_default()
        };
        let page = "https://www.example.com/2020/11/a-story";
        assert_eq!(of(None, Some(page), None), "https://example.com/2020/11/a-story");
        assert_eq!(of(None, Some("https://example.com/"), None), "");
        assert_eq!(of(None, Some("https://example.com/news/"), Some(page)), "");
        assert_eq!(of(Some(page), Some("https://other.org/2020/11/a-story"), None), "");
        assert_eq!(of(None, Some(page), Some("https://example.com/2019/another-story")), "");
        assert_eq!(of(Some(page), None, None), "https://example.com/2020/11/a-story");
    }

    #[test]
    fn relative_and_odd_addresses() {
        let base = Some("https://herald.example.com/2020/11/a-story?page=2");
        for (address, base, expected) in [
            ("/b", base, "https://herald.example.com/b"),
            ("b", base, "https://herald.example.com/2020/11/b"),
            ("//other.example.org/x", None, "https://other.example.org/x"),
            ("//other.example.org/x", base, "https://other.example.org/x"),
            (" https://herald.example.com/a ", None, "https://herald.example.com/a"),
            ("https://müller.example.de/straße", None, "https://xn--mller-kva.example.de/stra%C3%9Fe"),
            ("https://herald.example.com/a?_ga=1&UTM_Medium=x&id=7", None, "https://herald.example.com/a?id=7"),
            ("https://herald.example.com:8080/a", None, "https://herald.example.com:8080/a"),
            ("/b", None, "none"),
            ("ftp://herald.example.com/a", None, "none"),
            ("https://localhost/a", None, "none"),
            ("javascript:void(0)", base, "none"),
            ("", None, "none"),
        ] {
            assert_eq!(
                normalise(address, base).map_or("none".to_owned(), |url| url.to_string()),
                expected,
                "{address}"
            );
        }
    }

    #[test]
    fn an_address_without_end_is_none() {
        let long = format!("https://herald.example.com/2020/{}", "a".repeat(1 << 20));
        let found = decide(Addresses { canonical: Some(&long), ..Addresses::default() });
        assert_eq!((found.url, found.identity), (None, None));
        assert_eq!(found.note.as_deref(), Some("address longer than 8190 bytes not taken"));
        let page = "https://herald.example.com/2020/a-story";
        check(
            Addresses { canonical: Some(&long), og: Some(page), ..Addresses::default() },
            page,
            "https://herald.example.com/2020/a-story",
            "og:url",
        );
    }

    #[test]
    fn hosts_have_a_site_and_a_label() {
        for (address, host, name) in [
            ("https://www.herald.co.uk/a", "herald.co.uk", "herald"),
            ("https://news.herald.example.com/a", "news.herald.example.com", "example"),
            ("https://www.a.de/x", "a.de", ""),
        ] {
            let url = Url::parse(address).expect("an address");
            assert_eq!(
                (site(&url).as_deref(), label(&url).unwrap_or_default().as_str()),
                (Some(host), name),
                "{address}"
            );
        }
    }

    #[track_caller]
    fn check(addresses: Addresses<'_>, url: &str, identity: &str, origin: &str) {
        let found = decide(addresses);
        let address = found.url.map(|url| url.to_string()).unwrap_or_default();
        let origin_found = found.origin.map(|evidence| evidence.origin.to_string()).unwrap_or_default();
        assert_eq!((address.as_str(), found.identity.unwrap_or_default().as_str()), (url, identity));
        assert_eq!(origin_found, origin);
        assert_eq!(found.note.is_some(), identity.is_empty() && !url.is_empty(), "a refusal is noted");
    }

    #[test]
    fn the_strongest_address_is_the_page_s() {
        let [canonical, og, fetched] = [
            "https://herald.example.com/2020/a-story",
            "http://www.herald.example.com/2020/a-story/",
            "https://m.herald.example.com/2020/a-story",
        ];
        check(Addresses::default(), "", "", "");
        check(
            Addresses { canonical: Some(canonical), og: Some(og), fetched: Some(fetched), ..Addresses::default() },
            canonical,
            "https://herald.example.com/2020/a-story",
            "canonical",
        );
        check(
            Addresses { og: Some(og), fetched: Some(fetched), ..Addresses::default() },
            og,
            "https://herald.example.com/2020/a-story",
            "og:url",
        );
        check(
            Addresses { linked: Some(canonical), ..Addresses::default() },
            canonical,
            "https://herald.example.com/2020/a-story",
            "json-ld url",
        );
        check(
            Addresses { canonical: Some("/2020/a-story"), fetched: Some(fetched), ..Addresses::default() },
            fetched,
            "https://m.herald.example.com/2020/a-story",
            "canonical",
        );
    }

    #[test]
    fn a_front_page_named_as_canonical_gives_way() {
        let page = "https://herald.example.com/2020/a-story";
        let front =
            Addresses { canonical: Some("https://herald.example.com/"), fetched: Some(page), ..Addresses::default() };
        check(front, page, "", "fetched");
        // One of two that agrees is enough.
        let other = "https://herald.example.com/2019/another-story";
        let both = Addresses { canonical: Some(page), og: Some(page), linked: Some(other), ..Addresses::default() };
        check(both, page, "https://herald.example.com/2020/a-story", "canonical");
        let none =
            Addresses { canonical: Some(page), og: Some(other), linked: Some(other), fetched: Some(page), base: None };
        check(none, page, "", "canonical");
    }

    #[test]
    fn a_copy_has_the_address_of_the_original() {
        let page = "https://herald.example.com/2020/a-story";
        let copy = "https://web.archive.org/web/20140312101530/https://herald.example.com/2020/a-story";
        for (addresses, url, captured) in [
            (Addresses { canonical: Some(copy), ..Addresses::default() }, page, true),
            (
                Addresses { canonical: Some(&copy["https://web.archive.org".len()..]), ..Addresses::default() },
                page,
                true,
            ),
            (Addresses { canonical: Some(page), og: Some(copy), ..Addresses::default() }, page, true),
            (
                Addresses { canonical: Some("https://archive.ph/AbC12"), og: Some(page), ..Addresses::default() },
                page,
                false,
            ),
            (Addresses { canonical: Some("https://archive.ph/AbC12"), ..Addresses::default() }, "", false),
            // Relative ones are those of the page and not of the archive.
            (Addresses { canonical: Some("/2020/a-story"), base: Some(copy), ..Addresses::default() }, page, false),
        ] {
            let found = decide(addresses);
            assert_eq!(found.url.map_or(String::new(), String::from), url, "{addresses:?}");
            assert_eq!(
                found.captured.map(|stamp| stamp.to_string()).as_deref(),
                captured.then_some("2014-03-12T10:15:30Z")
            );
        }
    }

    #[test]
    fn relative_addresses_hang_on_the_base() {
        let of = |canonical, base, fetched| {
            let found =
                decide(Addresses { canonical: Some(canonical), base: Some(base), fetched, ..Addresses::default() });
            found.url.map_or(String::new(), String::from)
        };
        let fetched = Some("https://m.herald.example.com/2020/a-story");
        assert_eq!(of("/b-1", "https://www.herald.example.com/x/", None), "https://www.herald.example.com/b-1");
        assert_eq!(of("b-1", "https://www.herald.example.com/x/", None), "https://www.herald.example.com/x/b-1");
        assert_eq!(of("b-1", "/x/", fetched), "https://m.herald.example.com/x/b-1");
        assert_eq!(of("b-1", "file:///pages/x/", fetched), "https://m.herald.example.com/2020/b-1");
        assert_eq!(of("b-1", "file:///pages/x/", None), "");
    }
}
