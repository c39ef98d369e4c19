//! Counts by person, place and so on, beside a list and on a page of their own.

use maud::{Markup, html};

use super::{Frame, Made, language, line};
use crate::api::{Asked, Engine, Facet, FacetValue, Facets};
use crate::output::grouped;
use crate::web::ask::Ask;
use crate::web::json::{named, whole_match};
use crate::web::links;
use crate::web::routes::{Desk, page};

/// Values of one facet beside a list.
pub(super) const BESIDE: usize = 6;
/// Values on a page of their own.
const MOST: usize = 1_000;

/// The facets beside a list.
pub(super) fn beside(all: &[Facets], asked: &Asked) -> Markup {
    html! {
        aside #narrow.rail aria-label="Narrow" {
            @for facets in all.iter().filter(|facets| !facets.values.is_empty()) {
                @let name = facets.facet.name();
                section aria-labelledby={ "f-" (name) } {
                    h2.label id={ "f-" (name) } { (heading(facets.facet)) }
                    (values(facets.facet, &facets.values[..facets.values.len().min(BESIDE)], asked))
                    @if facets.values.len() > BESIDE { a.more href=(all_of(name, asked)) { "All " (name) } }
                }
            }
        }
    }
}

/// Links where counting took too long.
pub(super) fn later(facets: &[Facet], asked: &Asked) -> Markup {
    html! {
        aside #narrow.rail aria-label="Narrow" {
            @for facet in facets {
                p { a.more href=(all_of(facet.name(), asked)) { "Count " (facet.name()) } }
            }
        }
    }
}

fn all_of(name: &str, asked: &Asked) -> String {
    links::to(&format!("/facets/{name}"), &links::whole(&Asked { limit: None, ..asked.clone() }))
}

fn heading(facet: Facet) -> &'static str {
    match facet {
        Facet::People => "People",
        Facet::Places => "Places",
        Facet::Orgs => "Organisations",
        Facet::About => "Days spoken of",
        Facet::Sites => "Sites",
        Facet::Languages => "Languages",
        Facet::Years => "Years",
        Facet::Kinds => "Kinds of page",
    }
}

/// Each value with a link that narrows to it and one that leaves it out.
fn values(facet: Facet, values: &[FacetValue], asked: &Asked) -> Markup {
    html! {
        ul.facet {
            @for value in values {
                @let name = shown(facet, &value.value);
                li {
                    @if value.filter.is_empty() { bdi { (name) } data value=(value.articles) { (grouped(value.articles)) } } @else {
                        a href=(links::to("/", &links::narrowed(asked, &value.filter))) { bdi { (name) } }
                        data value=(value.articles) { (grouped(value.articles)) }
                        a.not href=(links::to("/", &links::without(asked, &value.filter))) aria-label={ "without " (name) } { "−" }
                    }
                }
            }
        }
    }
}

fn shown(facet: Facet, value: &str) -> String {
    match facet {
        Facet::Languages => language(value).into_owned(),
        Facet::About => crate::web::day::readable(&line(value)),
        _ => line(value).into_owned(),
    }
}

/// All values of one facet.
pub(in crate::web) fn facet(desk: &Desk<'_>, name: &str, ask: Ask) -> Made {
    let facet = named(name)?;
    let until = ask.until();
    let asked = ask.asked(MOST)?;
    let counted = Asked { limit: Some(asked.limit.unwrap_or(MOST)), ..whole_match(asked.clone()) };
    let found = desk.engine.facets(&desk.site.live.request(counted, until), facet)?;
    let of = desk.of()?;
    let frame = Frame { title: heading(facet), here: "", asked: Some(&asked), of: Some(of) };
    Ok(page(
        &frame,
        &html! {
            main #main.plain {
                h1 { (heading(facet)) " in " (grouped(found.total)) " articles" }
                p.small {
                    a href=(links::to("/", &asked)) { "Back to the list" }
                    " · an article counts once for each of its values"
                    @if found.body.distinct > found.body.values.len() as u64 && found.body.values.len() >= MOST {
                        " · the first " (MOST) " of " (grouped(found.body.distinct))
                    }
                }
                div.wide { (values(facet, &found.body.values, &asked)) }
            }
        },
    ))
}
