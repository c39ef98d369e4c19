//! Which address is which page.

use std::time::{Duration, Instant};

use super::Site;
use super::ask::Ask;
use super::pages::{self, Frame};
use super::reply::{HTML, JSON, Refusal, Reply, TEXT};
use super::{export, json};
use crate::api::{Asked, Engine};
use crate::engine::Local;
use crate::text::hash::fnv1a_32;

/// What every page needs beside what it shows.
#[derive(Clone, Copy)]
pub(super) struct Desk<'s> {
    pub(super) site: &'s Site,
    pub(super) engine: &'s Local,
}

impl Desk<'_> {
    /// The commit that is asked, and how many articles it has.
    pub(super) fn of(&self) -> Result<(u64, u64), Refusal> {
        let all = Asked { q: "*".to_owned(), ..Asked::default() };
        let request = self.site.live.request(all, Instant::now() + Duration::from_secs(1));
        Ok((self.engine.revision(), self.engine.count(&request)?.total))
    }
}

type Made = Result<Reply, Refusal>;

/// The style of all pages; its address has its digest, so that a browser may keep it for ever.
const STYLE: &str = include_str!("assets/page.css");

/// The address of [`STYLE`].
pub(super) fn style() -> String {
    format!("/assets/page.{:08x}.css", fnv1a_32(STYLE.as_bytes()))
}

/// The sign of the site in a browser's tabs, likewise.
const ICON: &str = include_str!("assets/icon.svg");

/// The address of [`ICON`].
pub(super) fn icon() -> String {
    format!("/assets/icon.{:08x}.svg", fnv1a_32(ICON.as_bytes()))
}

/// What may be kept for ever under its address.
fn kept(kind: &'static str, text: &str) -> Reply {
    Reply::new(200, kind, text).with("cache-control", "public, max-age=31536000, immutable")
}

/// The answer to `ask`.
pub(super) fn reply(site: &Site, ask: &Ask) -> Reply {
    made(site, ask).unwrap_or_else(|refusal| refused(ask, &refusal))
}

/// A page, or an object for a program, that says why there is none.
pub(super) fn refused(ask: &Ask, refusal: &Refusal) -> Reply {
    if ask.is_for_programs() {
        return Reply::new(refusal.status, JSON, json::refusal(refusal));
    }
    Reply::new(refusal.status, HTML, pages::refusal(refusal))
}

fn made(site: &Site, ask: &Ask) -> Made {
    match ask.path.as_str() {
        "/healthz" => return Ok(health(site)),
        "/robots.txt" => return Ok(Reply::new(200, TEXT, "User-agent: *\nDisallow: /\n")),
        path if path == style() => return Ok(kept("text/css; charset=utf-8", STYLE)),
        path if path == icon() => return Ok(kept("image/svg+xml", ICON)),
        path if path.strip_prefix("/help/").is_some() => return pages::help(site, path.trim_start_matches("/help/")),
        _ => {}
    }
    let engine = site.live.engine()?;
    let desk = Desk { site, engine: &engine };
    let reply = of_archive(&desk, ask)?;
    let tag = format!("W/\"{}-{}-{}\"", env!("CARGO_PKG_VERSION"), engine.revision(), fnv1a_32(&reply.body));
    Ok(reply.with("search-revision", engine.revision().to_string()).with("etag", tag))
}

fn of_archive(desk: &Desk<'_>, ask: &Ask) -> Made {
    let parts: Vec<&str> = ask.path.split('/').skip(1).collect();
    let ask = ask.clone();
    match parts[..] {
        [""] => pages::search(desk, ask),
        ["a", id] => pages::article(desk, id, ask),
        ["a", id, "text"] => export::text(desk, id, &ask),
        ["a", id, "cite.txt" | "cite.bib" | "cite.json" | "cite.ris"] => export::reference(desk, id, parts[2], &ask),
        ["facets", facet] => pages::facet(desk, facet, ask),
        ["timeline"] => pages::timeline(desk, ask),
        ["archive"] => pages::archive(desk, &ask),
        ["export.csv" | "export.jsonl"] => export::list(desk, ask),
        ["cite.txt"] => export::footnotes(desk, ask),
        ["api", "v1", "search"] => json::search(desk, ask),
        ["api", "v1", "count"] => json::count(desk, ask),
        ["api", "v1", "articles", id] => json::article(desk, id, &ask),
        ["api", "v1", "facets", facet] => json::facet(desk, facet, ask),
        ["api", "v1", "timeline"] => json::timeline(desk, ask),
        ["api", "v1", "stats"] => json::stats(desk, &ask),
        _ => Err(Refusal::new(404, "there is no such page", "Begin with the first page.")),
    }
}

/// Whether the archive can be asked, in a line.
fn health(site: &Site) -> Reply {
    match (site.live.engine(), site.live.behind()) {
        (Ok(engine), None) => Reply::new(200, TEXT, format!("ok, revision {}\n", engine.revision())),
        (Ok(engine), Some(why)) => Reply::new(200, TEXT, format!("behind, revision {}: {why}\n", engine.revision())),
        (Err(error), _) => Reply::new(503, TEXT, format!("not ready: {}\n", error.public())),
    }
}

/// A page of the site.
pub(super) fn page(frame: &Frame<'_>, body: &maud::Markup) -> Reply {
    Reply::new(200, HTML, pages::framed(frame, body))
}
