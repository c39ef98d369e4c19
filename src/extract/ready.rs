//! Ready articles: their parts are known, and nothing is left out of their text.

use crate::date::Stamp;
use crate::extract::article::{Article, DateOrigin, Dated, Kind, first_paragraph};
use crate::extract::body::clean::{self, Verdict};
use crate::extract::fields::address::{self, Addresses};
use crate::extract::fields::byline::signature;
use crate::extract::fields::date::limit::DateLimit;
use crate::extract::html::class_hints::HintReader;
use crate::extract::html::value_text::{one_line, plain};
use crate::extract::html::{reader, strip};
use crate::extract::plain_text;
use crate::input::{Page, ReadyArticle, ReadyBody};
use crate::lang;

/// Words of a byline that names no person in a way that is known: it stands for one then.
const LONGEST_NAME: usize = 6;

/// Reads the article that `page` is; `limit` bounds its dates.
pub(crate) fn read(page: &Page, limit: &DateLimit, hints: &mut HintReader) -> Article {
    // It was written by this program.
    let ready: ReadyArticle = serde_json::from_str(&page.text).unwrap_or_default();
    let body = match &ready.body {
        ReadyBody::Text(text) => of_text(text),
        ReadyBody::Html(html) => of_html(html, hints),
    };
    let address = address::decide(Addresses { fetched: page.url.as_deref(), ..Addresses::default() });
    let stamp = |text: &Option<String>| Stamp::parse_iso(text.as_deref()?).filter(|stamp| limit.allows(stamp.date()));
    let published = stamp(&ready.published).map(|stamp| Dated { stamp, origin: DateOrigin::Meta });
    let lead = ready.lead.as_deref().map(plain).filter(|lead| !lead.is_empty());
    let kind = match () {
        () if body.is_empty() => Kind::Other,
        () if ready.stub => Kind::Stub,
        () => Kind::Article,
    };
    Article {
        title: one_line(&plain(&ready.title)),
        byline: byline(&ready.byline),
        published,
        modified: stamp(&ready.modified),
        dated_ahead: limit.due(),
        section: ready.section.as_deref().map(plain),
        tags: tags(&ready.tags),
        site: address.url.as_ref().and_then(address::site),
        url: address.url.as_ref().map(ToString::to_string),
        identity: address.identity,
        lang: lang::detect(&body, ready.lang.as_deref()).map(str::to_owned),
        kind,
        lead: lead.or_else(|| first_paragraph(&body)),
        body,
        notes: address.note.into_iter().collect(),
        ..Article::default()
    }
}

fn of_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    // Where no line is empty each is a paragraph.
    let paragraphs = if text.contains("\n\n") { text.to_owned() } else { text.replace('\n', "\n\n") };
    plain_text::paragraphs(&paragraphs)
}

fn of_html(html: &str, hints: &mut HintReader) -> String {
    let page = format!("<!doctype html><html><body>{html}</body></html>");
    let outline = reader::read(&strip::strip(&page).html, hints);
    let verdict = |block: &crate::extract::html::outline::Block| {
        if outline.text_of(block).trim().is_empty() { Verdict::Empty } else { Verdict::Keep }
    };
    let verdicts: Vec<Verdict> = outline.blocks.iter().map(verdict).collect();
    clean::compose(&outline, &verdicts)
}

/// The names in lines that say who wrote it.
fn byline(lines: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in lines {
        let line = one_line(&plain(line));
        let found = signature(&line);
        let is_name = !line.is_empty() && line.split_whitespace().count() <= LONGEST_NAME;
        for name in if found.is_empty() && is_name { vec![line] } else { found } {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

fn tags(tags: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| one_line(&plain(tag))) {
        if !tag.is_empty() && !out.contains(&tag) && out.len() < 40 {
            out.push(tag);
        }
    }
    out
}
