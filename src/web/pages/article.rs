//! One article: its text with what was found in it, how to cite it, who else tells it, where it comes from.

use maud::{Markup, html};

use super::body::{Layers, query};
use super::hits::{address, authors, headline, tellers};
use super::{Frame, Made, dir, lang, language, line, outside};
use crate::api::{ArticleView, Asked, Engine, Hit, Public, Snippet, Story};
use crate::output::{ReferenceFormat, References, plural};
use crate::web::ask::Ask;
use crate::web::day::readable;
use crate::web::links;
use crate::web::routes::{Desk, page};

/// Names of one kind beside the text.
const NAMES: usize = 12;
/// Articles on the same matter.
const SIMILAR: usize = 3;

/// All that is shown of one article.
struct Shown<'s> {
    view: &'s ArticleView,
    /// Sentences that show the question.
    marks: &'s [Snippet],
    story: Option<Story>,
    similar: Vec<Hit>,
    asked: &'s Asked,
}

pub(in crate::web) fn article(desk: &Desk<'_>, id: &str, ask: Ask) -> Made {
    let until = ask.until();
    let asked = ask.asked(50)?;
    let view = Public::new(desk.engine.article(id)?).into_inner();
    let request = |asked: Asked| desk.site.live.request(asked, until);
    let marks = match asked.q.trim() {
        "" => Vec::new(),
        _ => desk.engine.marks(id, &request(asked.clone()))?.body,
    };
    // What stands beside the text may be missing where it takes too long.
    let story = desk.engine.copies(id, &request(Asked::default())).ok().map(|answer| answer.body);
    let alike = Asked { limit: Some(SIMILAR), snippets: Some(0), ..Asked::default() };
    let similar = desk.engine.similar(id, &request(alike)).map(|answer| answer.body.hits).unwrap_or_default();
    let title = line(view.hit.title.as_deref().unwrap_or("(no headline)")).into_owned();
    let frame = Frame { title: &title, here: "", asked: Some(&asked), of: Some(desk.of()?) };
    let shown = Shown { view: &view, marks: &marks, story, similar, asked: &asked };
    Ok(page(
        &frame,
        &html! {
            div.cols.reads {
                main #main { (shown.read()) (shown.origin()) }
                aside.rail aria-label="About this article" {
                    (shown.cite()) (shown.told_by()) (shown.captures()) (shown.names()) (shown.alike())
                }
            }
        },
    ))
}

/// A headed part beside the text.
fn part(id: &str, heading: &str, body: &Markup) -> Markup {
    html! { section aria-labelledby=(id) { h2.label id=(id) { (heading) } (body) } }
}

impl Shown<'_> {
    fn read(&self) -> Markup {
        let ArticleView { hit, section, lead, correction, body, mentions, .. } = self.view;
        let (text, dir) = (lang(hit.lang.as_deref()), dir(hit.lang.as_deref()));
        html! {
            @if !self.asked.q.trim().is_empty() {
                p.small { a href=(links::to("/", &links::whole(self.asked))) { "← to the list" } }
            }
            article.read {
                @if let Some(section) = section { p.label.kicker { bdi { (line(section)) } } }
                h1 lang=[text] dir=(dir) { (headline(hit.title.as_deref(), self.marks)) }
                @if let Some(lead) = lead { p.lead lang=[text] dir=(dir) { (line(lead)) } }
                p.meta.by {
                    @if !hit.byline.is_empty() { span { "By " bdi { (authors(&hit.byline)) } } }
                    @if let Some(site) = &hit.site { b { bdi { (line(site)) } } }
                    @match &hit.date { Some(date) => time datetime=(date) { (readable(date)) }, None => span { "undated" } }
                    span { (hit.words) " " (plural(hit.words, "word", "words")) }
                    @if let Some(code) = hit.lang.as_deref() { span { (language(code)) } }
                }
                @if let Some(note) = correction { div.note { p { b { "Correction. " } bdi { (line(note)) } } } }
                (self.keys())
                div.text lang=[text] dir=(dir) { (Layers::new(body, self.marks, mentions).text()) }
            }
        }
    }

    /// Which mentions are underlined, and where the first sentence is.
    fn keys(&self) -> Markup {
        html! {
            p.keys role="group" aria-label="What is underlined" {
                @for (kind, name) in [("person", "people"), ("place", "places"), ("org", "organisations"), ("date", "dates")] {
                    label { input id={ "k-" (kind) } type="checkbox" checked; span class={ "m " (kind) } { (name) } }
                }
                @if let Some(first) = self.marks.first() {
                    a href={ "#b" (first.start) } { "first of " (self.marks.len()) " marked " (plural(self.marks.len() as u64, "sentence", "sentences")) " ↓" }
                }
            }
        }
    }

    fn cite(&self) -> Markup {
        let hit = Hit { snippets: self.marks.first().cloned().into_iter().collect(), ..self.view.hit.clone() };
        let mut out = Vec::new();
        // Memory takes everything.
        let _ = References::new(ReferenceFormat::Footnote).add(&mut out, (&hit).into());
        let note = String::from_utf8_lossy(&out);
        let note = note.trim_end().strip_prefix("[1] ").unwrap_or(&note).to_owned();
        let id = &self.view.hit.id;
        part(
            "cite",
            "Cite",
            &html! {
                p.cite tabindex="0" { bdi { (note) } }
                p.small {
                    a href={ "/a/" (id) "/cite.bib" } { "BibTeX" } " · " a href={ "/a/" (id) "/cite.json" } { "CSL JSON" } " · "
                    a href={ "/a/" (id) "/cite.ris" } { "RIS" } " · " a href={ "/a/" (id) "/cite.txt" } { "footnote" }
                }
            },
        )
    }

    fn told_by(&self) -> Markup {
        html! {
            @if let Some(story) = self.story.as_ref().filter(|story| story.articles > 1) {
                (part("told", &format!("Told by {}", story.articles), &html! {
                    div.story { (tellers(&story.copies)) }
                    p.small { "First: " bdi { (line(story.first.site.as_deref().unwrap_or("an article"))) } }
                }))
            }
        }
    }

    fn captures(&self) -> Markup {
        let captures = &self.view.captures;
        html! {
            @if !captures.is_empty() {
                (part("captures", "Older captures", &html! {
                    ul { @for page in captures { li { code { bdi { (line(page.page.path.as_deref().unwrap_or("a file whose name is no text"))) } } } } }
                    p.small { a href=(links::to("/", &Asked { versions: true, ..links::whole(self.asked) })) { "Search every capture" } }
                }))
            }
        }
    }

    /// Who, where and when, each with how often.
    fn names(&self) -> Markup {
        html! {
            @for (kind, heading) in [("place", "Places in it"), ("person", "People in it"), ("org", "Organisations in it"), ("date", "Days it speaks of")] {
                @let all = self.counted(kind);
                @if !all.is_empty() {
                    (part(&format!("in-{kind}"), heading, &html! {
                        ul.facet {
                            @for (value, q, times) in all.iter().take(NAMES) {
                                li { a href=(links::to("/", &Asked { q: q.clone(), ..Asked::default() })) { bdi { (value) } } data value=(times) { (times) } }
                            }
                        }
                        @if all.len() > NAMES { p.small { "and " (all.len() - NAMES) " more" } }
                    }))
                }
            }
        }
    }

    /// Values of one kind with the query for them and how often they stand there, the first one first.
    fn counted(&self, kind: &str) -> Vec<(String, String, usize)> {
        let mut all: Vec<(String, String, usize)> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for mention in self.view.mentions.iter().filter(|mention| mention.kind == kind) {
            let (Some(value), Some(q)) = (mention.value.as_deref(), query(mention)) else { continue };
            let place = *places.entry(value).or_insert_with(|| {
                let shown = if kind == "date" { readable(&line(value)) } else { line(value).into_owned() };
                all.push((shown, q, 0));
                all.len() - 1
            });
            all[place].2 += 1;
        }
        all
    }

    fn alike(&self) -> Markup {
        html! {
            @if !self.similar.is_empty() {
                (part("alike", "On the same matter", &html! {
                    ul.alike {
                        @for hit in &self.similar {
                            li {
                                a href=(address(&hit.id, &Asked::default())) { bdi { (line(hit.title.as_deref().unwrap_or("(no headline)"))) } }
                                @if let Some(date) = &hit.date { " " span.small { (readable(date)) } }
                            }
                        }
                    }
                }))
            }
        }
    }

    /// Where it comes from.
    fn origin(&self) -> Markup {
        let hit = &self.view.hit;
        let facts = [
            (
                "Published",
                hit.date.clone().map(|date| match &hit.date_origin {
                    Some(origin) => format!("{}, as its {origin} says", readable(&date)),
                    None => readable(&date),
                }),
            ),
            ("Changed", self.view.modified.as_deref().map(readable)),
            ("Captured", hit.captured.as_deref().map(readable)),
            ("File", hit.file.path.clone()),
            ("Page, SHA-256", Some(hit.sha256.clone())),
            ("Text, SHA-256", Some(hit.text_sha256.clone())),
            ("Article", Some(hit.id.clone())),
        ];
        html! {
            section.origin aria-labelledby="origin" {
                h2 #origin.label { "Where this comes from" }
                dl {
                    @if let Some(url) = &hit.url {
                        dt { "Address" }
                        dd { @match outside(Some(url)) { Some(to) => a href=(to) rel="noreferrer nofollow" { bdi { (line(url)) } }, None => bdi { (line(url)) } } }
                    }
                    @for (name, value) in facts {
                        @if let Some(value) = value { dt { (name) } dd { bdi { (line(&value)) } } }
                    }
                }
                @for note in &self.view.notes { p.small { (line(note)) } }
                p.small { a href={ "/a/" (hit.id) "/text" } { "Text alone" } " · " a href={ "/api/v1/articles/" (hit.id) } { "JSON" } }
            }
        }
    }
}
