//! What is in the archive, and the texts of help.

use maud::{Markup, html};

use super::{Frame, Made, language, line};
use crate::api::{Asked, Engine};
use crate::output::grouped;
use crate::web::Site;
use crate::web::ask::Ask;
use crate::web::json::nothing_else;
use crate::web::links;
use crate::web::reply::Refusal;
use crate::web::routes::{Desk, page};

pub(in crate::web) fn archive(desk: &Desk<'_>, ask: &Ask) -> Made {
    nothing_else(ask)?;
    let stats = desk.engine.stats()?;
    let frame =
        Frame { title: "The archive", here: "/archive", asked: None, of: Some((stats.revision, stats.articles)) };
    let years: Vec<(String, String, u64)> =
        stats.years.iter().map(|(year, n)| (year.to_string(), format!("date:{year}"), *n)).collect();
    let mut languages: Vec<(String, String, u64)> = stats
        .languages
        .iter()
        .filter(|(code, _)| !code.is_empty())
        .map(|(code, n)| (language(code).into_owned(), format!("lang:{code}"), *n))
        .collect();
    languages.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.0.cmp(&other.0)));
    let kinds = stats.kinds.iter().map(|(kind, n)| (kind.clone(), format!("kind:{kind}"), *n)).collect::<Vec<_>>();
    Ok(page(
        &frame,
        &html! {
            main #main.plain {
                h1 { "The archive" }
                p { (grouped(stats.articles)) " articles tell " (grouped(stats.stories)) " stories. " (grouped(stats.superseded)) " older captures are kept, "
                    (grouped(stats.undated)) " pages have no date, " (grouped(stats.failed.len() as u64)) " could not be read." }
                div.facets {
                    (table("Years", &years)) (table("Languages", &languages)) (table("Kinds of page", &kinds))
                }
                p.small { "Pages are counted, also those that a newer capture supersedes. " a href="/facets/sites" { "All sites" } " · " a href="/facets/people" { "People" } " · " a href="/facets/places" { "Places" } }
            }
        },
    ))
}

/// Values with their numbers, each a link.
fn table(heading: &str, rows: &[(String, String, u64)]) -> Markup {
    html! {
        section {
            h2.label { (heading) }
            ul.facet {
                @for (name, q, n) in rows {
                    li { a href=(links::to("/", &Asked { q: q.clone(), ..Asked::default() })) { bdi { (line(name)) } } data value=(n) { (grouped(*n)) } }
                }
            }
        }
    }
}

pub(in crate::web) fn help(site: &Site, name: &str) -> Made {
    let Some((_, text)) = site.help.iter().find(|(one, _)| *one == name) else {
        return Err(Refusal::new(404, "there is no such text of help", "The others are on the page of any of them."));
    };
    let frame = Frame { title: "Help", here: "/help/query-syntax", asked: None, of: None };
    Ok(page(
        &frame,
        &html! {
            main #main.plain {
                h1 { "Help: " (name) }
                p.small { @for (one, _) in site.help { @if *one == name { b { (one) } } @else { a href={ "/help/" (one) } { (one) } } " " } }
                pre.help tabindex="0" { (text) }
            }
        },
    ))
}
