//! When articles were published, or of which days they speak: bars, and the same numbers as a table.

use maud::{Markup, html};

use super::{Frame, Made, line};
use crate::api::{Asked, Bucket, By, Engine, Timeline};
use crate::output::{grouped, plural};
use crate::web::ask::Ask;
use crate::web::day::readable;
use crate::web::json::{timeline_asked, whole_match};
use crate::web::links;
use crate::web::routes::{Desk, page};

/// The drawing in units of its own; it is as wide as there is room.
const WIDTH: f64 = 1152.0;
const HEIGHT: f64 = 84.0;

fn unit(by: By) -> &'static str {
    match by {
        By::Year => "year",
        By::Quarter => "quarter",
        By::Month => "month",
        By::Week => "week",
        By::Day => "day",
    }
}

fn dated(timeline: &Timeline) -> impl Iterator<Item = (&str, u64)> {
    timeline.rows.iter().filter_map(|row| Some((row.date.as_deref()?, row.articles)))
}

fn undated(timeline: &Timeline) -> u64 {
    timeline.rows.iter().filter(|row| row.date.is_none()).map(|row: &Bucket| row.articles).sum()
}

/// The filter that finds the articles of a row.
fn filter(timeline: &Timeline, date: &str) -> String {
    format!("{}:{date}", if timeline.about { "about" } else { "date" })
}

/// Bars with their years, above a list.
pub(super) fn above(timeline: &Timeline, asked: &Asked) -> Markup {
    let most = dated(timeline).map(|(_, articles)| articles).max().unwrap_or(0);
    if most == 0 {
        return html! {};
    }
    html! {
        section.when aria-labelledby="when" {
            header {
                h2 #when.label { "When" }
                p.switch {
                    a href=(links::to("/timeline", &links::whole(asked))) aria-current=[(!timeline.about).then_some("true")] { "published" }
                    a href=(spoken_of(asked)) aria-current=[timeline.about.then_some("true")] { "spoken of" }
                }
                p.small { "articles a " (unit(timeline.by)) ", at most " (grouped(most)) @if undated(timeline) > 0 { " · " (grouped(undated(timeline))) " undated" } }
            }
            (bars(timeline, asked, most))
            (years(timeline, asked))
            (span(asked))
        }
    }
}

/// The address of the other view.
fn spoken_of(asked: &Asked) -> String {
    let address = links::to("/timeline", &links::whole(asked));
    format!("{address}{}about=", if address.contains('?') { '&' } else { '?' })
}

/// A bar for each row, each a link.
fn bars(timeline: &Timeline, asked: &Asked, most: u64) -> Markup {
    let rows: Vec<(&str, u64)> = dated(timeline).collect();
    let step = WIDTH / rows.len().max(1) as f64;
    // A single year is no wall.
    let width = (step - (step * 0.15).min(2.0)).min(60.0);
    let number = |value: f64| format!("{value:.1}");
    html! {
        svg.bars viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } preserveAspectRatio="none" role="group" aria-labelledby="bars" {
            title #bars { (rows.len()) " " (plural(rows.len() as u64, unit(timeline.by), &format!("{}s", unit(timeline.by)))) "; most articles, " (most) }
            @for (at, (date, articles)) in rows.iter().enumerate().filter(|(_, (_, articles))| *articles > 0) {
                // Of one article there is still something to see.
                @let height = (*articles as f64 / most as f64 * (HEIGHT - 4.0)).max(2.0);
                @let name = format!("{}: {articles} {}", readable(date), plural(*articles, "article", "articles"));
                a href=(links::to("/", &links::narrowed(asked, &filter(timeline, date)))) aria-label=(name) {
                    title { (name) }
                    rect.hot x=(number(at as f64 * step)) y="0" width=(number(step)) height=(HEIGHT) {}
                    rect x=(number(at as f64 * step)) y=(number(HEIGHT - 1.0 - height)) width=(number(width)) height=(number(height)) {}
                }
            }
            line x1="0" x2=(WIDTH) y1=(HEIGHT - 1.0) y2=(HEIGHT - 1.0) {}
        }
    }
}

/// The years under the bars, at most a dozen of them named.
fn years(timeline: &Timeline, asked: &Asked) -> Markup {
    let mut years: Vec<&str> = dated(timeline).filter_map(|(date, _)| date.get(..4)).collect();
    years.dedup();
    let every = years.len().div_ceil(12).max(1);
    html! {
        p.years {
            @for (at, year) in years.iter().enumerate() {
                @if at % every == 0 {
                    a href=(links::to("/", &links::narrowed(asked, &filter(timeline, year)))) { (year) }
                }
            }
        }
    }
}

/// Where two ends are typed.
fn span(asked: &Asked) -> Markup {
    html! {
        form.span action="/" method="get" {
            @for (name, value) in links::whole(asked).pairs() { input type="hidden" name=(name) value=(value); }
            label { "from " input name="from" placeholder="2018-05" maxlength="10"; }
            label { "to " input name="to" placeholder="2020" maxlength="10"; }
            button.quiet { "Narrow" }
            a href=(links::to("/timeline", &links::whole(asked))) { "As a table" }
        }
    }
}

/// The timeline on a page of its own.
pub(in crate::web) fn timeline(desk: &Desk<'_>, mut ask: Ask) -> Made {
    let how = timeline_asked(&mut ask)?;
    let until = ask.until();
    let asked = ask.asked(50)?;
    let found = desk.engine.timeline(&desk.site.live.request(whole_match(asked.clone()), until), how)?;
    let of = desk.of()?;
    let title = if how.about { "Days spoken of" } else { "Time of publication" };
    let frame = Frame { title, here: "/timeline", asked: Some(&asked), of: Some(of) };
    Ok(page(
        &frame,
        &html! {
            main #main.plain {
                h1 { (title) " of " (grouped(found.total)) " articles" }
                @for note in &found.reading.notes { p.small { (line(note)) } }
                (above(&found.body, &asked))
                p.small {
                    "A row a " (unit(found.body.by)) ". "
                    @if how.about { "An article counts in every row that it speaks of. " }
                    a href=(links::to("/", &asked)) { "Back to the list" }
                }
                (table(&found.body, &asked))
            }
        },
    ))
}

fn table(timeline: &Timeline, asked: &Asked) -> Markup {
    html! {
        table.numbers {
            thead { tr { th scope="col" { "Date" } th scope="col" { "Articles" } } }
            tbody {
                @for (date, articles) in dated(timeline).filter(|(_, articles)| *articles > 0) {
                    tr {
                        th scope="row" { a href=(links::to("/", &links::narrowed(asked, &filter(timeline, date)))) { (readable(date)) } }
                        td { (grouped(articles)) }
                    }
                }
                @if undated(timeline) > 0 {
                    tr {
                        th scope="row" { @if timeline.about { "no date" } @else { a href=(links::to("/", &links::narrowed(asked, "date:none"))) { "undated" } } }
                        td { (grouped(undated(timeline))) }
                    }
                }
            }
        }
    }
}
