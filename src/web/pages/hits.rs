//! Hits of a list.

use std::collections::HashSet;

use maud::{Markup, html};

use super::{dir, lang, language, line};
use crate::api::{Asked, Hit, Snippet, Story, Teller};
use crate::output::plural;
use crate::text::words;
use crate::web::day::readable;
use crate::web::links;

/// A list of hits, the match first.
pub(super) fn list(hits: &[Hit], asked: &Asked) -> Markup {
    let first_partial = hits.iter().position(|hit| !hit.missing.is_empty());
    html! {
        ol.hits start=[hits.first().map(|hit| hit.rank)] {
            @for (at, hit) in hits.iter().enumerate() {
                @if first_partial == Some(at) { li.lack { "These lack some of the words." } }
                li.hit { (article(hit, asked)) }
            }
        }
    }
}

fn article(hit: &Hit, asked: &Asked) -> Markup {
    let text = lang(hit.lang.as_deref());
    let dir = dir(hit.lang.as_deref());
    html! {
        article {
            (meta(hit, asked))
            h2 lang=[text] dir=(dir) {
                a href=(address(&hit.id, asked)) { (headline(hit.title.as_deref(), &hit.snippets)) }
            }
            @for snippet in &hit.snippets {
                p.says lang=[text] dir=(dir) {
                    (marked(snippet)) " "
                    a.at dir="ltr" lang="en" href={ (address(&hit.id, asked)) "#b" (snippet.start) } aria-label={ "this sentence in the article, bytes " (snippet.start) " to " (snippet.end) } {
                        "¶ " (snippet.start) "–" (snippet.end)
                    }
                }
            }
            @if !hit.missing.is_empty() { p.small { "Lacks " (list_of(&hit.missing)) } }
            @if !hit.spellings.is_empty() { p.small.spelled { "Here spelled " b { bdi { (list_of(&hit.spellings)) } } } }
            @if let Some(story) = hit.story.as_ref().filter(|story| story.articles > 1) { (copies(hit, story)) }
        }
    }
}

/// Where the article with this id is read, with the question.
pub(super) fn address(id: &str, asked: &Asked) -> String {
    let kept = Asked { q: asked.q.clone(), exact: asked.exact, ..Asked::default() };
    links::to(&format!("/a/{id}"), &kept)
}

fn list_of(words: &[String]) -> String {
    line(&words.join(", ")).into_owned()
}

fn meta(hit: &Hit, asked: &Asked) -> Markup {
    html! {
        p.meta {
            @if let Some(site) = &hit.site {
                a.site href=(links::to("/", &links::narrowed(asked, &format!("site:{}", word(site))))) { bdi { (line(site)) } }
            }
            @match &hit.date {
                Some(date) => time datetime=(date) { (readable(date)) },
                None => span { "undated" },
            }
            @if !hit.byline.is_empty() { span { bdi { (authors(&hit.byline)) } } }
            span { (hit.words) " " (plural(hit.words, "word", "words")) }
            @if let Some(code) = hit.lang.as_deref().filter(|code| *code != "en") { span { (language(code)) } }
            @if hit.kind != "article" { span { (line(&hit.kind)) } }
        }
    }
}

/// A value as one word of a query.
fn word(text: &str) -> String {
    if text.contains(|c: char| c.is_whitespace() || "\"():".contains(c)) {
        format!("\"{}\"", text.replace('"', " "))
    } else {
        text.to_owned()
    }
}

/// Names of authors; a page may have very many.
pub(super) fn authors(names: &[String]) -> String {
    const MOST: usize = 5;
    let shown = names.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST) {
        0 => line(&shown).into_owned(),
        more => format!("{} and {more} more", line(&shown)),
    }
}

/// A headline with the words that were found in the sentences below it.
pub(super) fn headline(title: Option<&str>, snippets: &[Snippet]) -> Markup {
    let title = line(title.unwrap_or("(no headline)"));
    let mut found = HashSet::new();
    for mark in snippets.iter().flat_map(pieces).filter(|(is_mark, _)| *is_mark).map(|(_, text)| text) {
        let mut words = words(mark);
        while let Some(word) = words.next_word() {
            found.insert(word.folded.to_owned());
        }
    }
    let (mut pieces, mut at, mut words): (Vec<(bool, &str)>, usize, _) = (Vec::new(), 0, words(&title));
    while let Some(word) = words.next_word() {
        let (start, end) = (word.span.start as usize, word.span.end as usize);
        if found.contains(word.folded) {
            pieces.extend([(false, &title[at..start]), (true, &title[start..end])]);
            at = end;
        }
    }
    pieces.push((false, &title[at..]));
    html! { @for (is_mark, text) in pieces { @if is_mark { mark { (text) } } @else { (text) } } }
}

/// Whole sentences with what was found in them.
fn marked(snippet: &Snippet) -> Markup {
    html! {
        @for (is_mark, text) in pieces(snippet) {
            @if is_mark { mark { (line(text)) } } @else { (line(text)) }
        }
    }
}

/// The text of a snippet in order, cut where marks begin and end.
fn pieces(snippet: &Snippet) -> Vec<(bool, &str)> {
    let mut pieces: Vec<(bool, &str)> = Vec::with_capacity(2 * snippet.marks.len() + 1);
    let mut at = 0;
    for [start, end] in &snippet.marks {
        let within = |place: u32| (place.saturating_sub(snippet.start)) as usize;
        let (before, mark) = (snippet.text.get(at..within(*start)), snippet.text.get(within(*start)..within(*end)));
        if let (Some(before), Some(mark)) = (before, mark) {
            pieces.extend([(false, before), (true, mark)]);
            at = within(*end);
        }
    }
    pieces.push((false, snippet.text.get(at..).unwrap_or("")));
    pieces
}

/// Who else tells the story.
fn copies(hit: &Hit, story: &Story) -> Markup {
    let others = story.articles - 1;
    let first = &story.first;
    html! {
        details.story {
            summary {
                b { "+" (others) " " (plural(others, "copy", "copies")) }
                @if first.id == hit.id { " · first told here" } @else {
                    " · first told by " bdi { (line(first.site.as_deref().unwrap_or("another page"))) }
                    @if let Some(date) = &first.date { ", " (readable(date)) }
                }
            }
            (tellers(&story.copies))
        }
    }
}

/// Articles of a story with how much of them is the same.
pub(super) fn tellers(articles: &[Teller]) -> Markup {
    html! {
        ol {
            @for teller in articles {
                li {
                    time datetime=[teller.date.as_deref()] { (teller.date.as_deref().map_or_else(|| "undated".to_owned(), readable)) }
                    data value=(teller.same) { (teller.same) " %" }
                    span {
                        a href={ "/a/" (teller.id) } { bdi { (line(teller.title.as_deref().unwrap_or("(no headline)"))) } }
                        " " bdi.small { (line(teller.site.as_deref().unwrap_or(""))) }
                    }
                }
            }
        }
    }
}
