//! The first page: a question and its answer, or what is in the archive where nothing is asked.

use maud::{Markup, html};

use super::facets::{beside, later};
use super::frame::orders;
use super::{Frame, Made, hits, line, timeline};
use crate::api::{Answer, Asked, Engine, Facet, Near, Overview, Reading, Sort};
use crate::output::{grouped, plural};
use crate::web::ask::Ask;
use crate::web::json::accepted;
use crate::web::links;
use crate::web::reply::Reply;
use crate::web::routes::{Desk, page};

/// What is counted beside the list.
const FACETS: [Facet; 6] = [Facet::People, Facet::Places, Facet::Orgs, Facet::Sites, Facet::Languages, Facet::Kinds];
/// Hits of one page, unless it is said.
const USUAL: usize = 10;
const MOST: usize = 50;

pub(in crate::web) fn search(desk: &Desk<'_>, mut ask: Ask) -> Made {
    let (from, to) = (ask.take("from")?, ask.take("to")?);
    let until = ask.until();
    let asked = ask.asked(MOST)?;
    if from.is_some() || to.is_some() {
        let filter = format!("date:{}..{}", from.unwrap_or_default().trim(), to.unwrap_or_default().trim());
        return Ok(Reply::redirect(links::to("/", &links::narrowed(&asked, &filter))));
    }
    let is_first_page = asked.q.trim().is_empty();
    let shown = with_usual(&asked, is_first_page);
    let request = desk.site.live.request(shown, until);
    let found = desk.engine.overview(&request, &FACETS, None);
    let (found, counted) = match found {
        Ok(found) => (found, true),
        // The list does not wait for its counts.
        Err(error) if error.is_stopped() => {
            let until = until + std::time::Duration::from_secs(2);
            let request = crate::api::Request { until: Some(until), ..request.clone() };
            let found = desk.engine.search(&request)?;
            (found.with(|hits| Overview { hits, ..Overview::default() }), false)
        }
        Err(error) => return Err(error.into()),
    };
    accepted(asked.strict, &found.reading)?;
    let near = if found.total == 0 { desk.engine.near(&request)?.body } else { Vec::new() };
    let of = desk.of()?;
    let title = if is_first_page { "News archive".to_owned() } else { line(&asked.q).into_owned() };
    let frame = Frame { title: &title, here: "/", asked: Some(&asked), of: Some(of) };
    Ok(page(&frame, &body(&found, &near, &asked, counted)))
}

/// The question with the defaults of this page. What nothing is asked of shows the newest.
fn with_usual(asked: &Asked, is_first_page: bool) -> Asked {
    let mut shown = asked.clone();
    shown.limit = Some(asked.limit.unwrap_or(USUAL));
    shown.snippets = Some(asked.snippets.unwrap_or(2));
    shown.copies = !asked.no_group;
    if is_first_page {
        shown.q = "*".to_owned();
        shown.sort = Some(asked.sort.unwrap_or(Sort::DateDown));
        shown.snippets = Some(0);
    }
    shown
}

fn body(found: &Answer<Overview>, near: &[Near], asked: &Asked, counted: bool) -> Markup {
    let hits = &found.body.hits;
    html! {
        (reading(&found.reading, asked))
        (timeline::above(&found.body.timeline, asked))
        div.cols {
            main #main {
                (tally(found, asked))
                @if found.total == 0 { (nothing(near, asked)) }
                (hits::list(&hits.hits, asked))
                (pager(found, asked))
                (away(found, asked))
            }
            @if counted { (beside(&found.body.facets, asked)) } @else { (later(&FACETS, asked)) }
        }
    }
}

/// How the question was read, and what of it can be taken off.
fn reading(reading: &Reading, asked: &Asked) -> Markup {
    let typed = !asked.q.trim().is_empty();
    let filters = links::filters(&asked.q);
    html! {
        @if typed {
            section.reading aria-label="How it was read" {
                p.small { "Read as " code { (line(&reading.query)) } }
                @if !reading.also.is_empty() {
                    p.small {
                        "Also searched: " b { bdi { (line(&reading.also.join(" · "))) } } " · "
                        a href=(links::to("/", &Asked { exact: true, ..links::whole(asked) })) { "only as typed" }
                    }
                }
                @for note in &reading.notes { p.small.remark { (line(note)) } }
                @if !filters.is_empty() {
                    ul.chips aria-label="Filters in force" {
                        @for filter in filters {
                            li { a href=(links::to("/", &links::dropped(asked, filter))) aria-label={ "take off " (line(filter)) } { bdi { (line(filter)) } " ×" } }
                        }
                    }
                }
            }
        }
    }
}

/// How many there are, and in which order.
fn tally(found: &Answer<Overview>, asked: &Asked) -> Markup {
    let of = asked.sort.unwrap_or(if asked.q.trim().is_empty() { Sort::DateDown } else { Sort::Score });
    html! {
        header.tally {
            h1 {
                (grouped(found.total)) " " (plural(found.total, "article", "articles"))
                @if found.stories != found.total { " " (plural(found.total, "tells", "tell")) " " (grouped(found.stories)) " " (plural(found.stories, "story", "stories")) }
            }
            p.small {
                "Order: "
                @for (sort, name) in orders() {
                    @if sort == of { b { (name) } } @else { a href=(links::to("/", &Asked { sort: Some(sort), ..links::whole(asked) })) { (name) } }
                    " "
                }
                a.narrow href="#narrow" { "Narrow ↓" }
            }
        }
    }
}

/// What is near where nothing is.
fn nothing(near: &[Near], asked: &Asked) -> Markup {
    html! {
        div.note {
            p { "No article matches." }
            @if near.is_empty() {
                p { "Try fewer words, " a href=(links::to("/", &Asked { any: true, all: false, ..links::whole(asked) })) { "let any word be enough" } ", or look at the spelling." }
            } @else {
                ul {
                    @for one in near {
                        li {
                            a href=(links::to("/", &Asked { q: one.query.clone(), ..links::whole(asked) })) { bdi { (line(&one.query)) } }
                            " " (grouped(one.articles)) " " (plural(one.articles, "article", "articles"))
                        }
                    }
                }
            }
        }
    }
}

/// The pages before and after.
fn pager(found: &Answer<Overview>, asked: &Asked) -> Markup {
    let hits = &found.body.hits.hits;
    let Some((first, last)) = hits.first().zip(hits.last()) else { return html! {} };
    let all = found.stories + found.body.hits.partial;
    let limit = asked.limit.unwrap_or(USUAL);
    let at = |offset: u64| {
        let offset = usize::try_from(offset).ok().filter(|offset| *offset > 0);
        links::to("/", &Asked { offset, after: None, ..asked.clone() })
    };
    html! {
        nav.pager aria-label="Pages of the list" {
            @if first.rank > 1 { a rel="prev" href=(at((first.rank - 1).saturating_sub(limit as u64))) { "← before" } }
            span { (first.rank) " to " (last.rank) " of " (grouped(all)) }
            @if last.rank < all { a rel="next" href=(at(last.rank)) { "next →" } }
        }
    }
}

/// What can be taken along.
fn away(found: &Answer<Overview>, asked: &Asked) -> Markup {
    let whole = links::whole(&Asked { limit: None, ..asked.clone() });
    html! {
        @if found.total > 0 && !asked.q.trim().is_empty() {
            p.small.away {
                "Take away: "
                a href=(links::to("/export.csv", &whole)) { "CSV" } " · "
                a href=(links::to("/export.jsonl", &whole)) { "JSON lines" } " · "
                a href=(links::to("/cite.txt", &whole)) { "footnotes" } " · "
                a href=(links::to("/api/v1/search", &whole)) { "JSON" }
            }
            details.small { summary { "As a command" } code { (links::command(asked)) } }
        }
    }
}
