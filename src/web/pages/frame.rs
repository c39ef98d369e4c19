//! What all pages have: head, masthead, query, foot.

use maud::{DOCTYPE, Markup, html};

use crate::api::{Asked, Sort};
use crate::output::grouped;
use crate::web::links;
use crate::web::reply::Refusal;
use crate::web::routes::{icon, style};

/// What a page says of itself.
pub(in crate::web) struct Frame<'p> {
    /// Without the name of the site.
    pub(in crate::web) title: &'p str,
    /// Which of the pages in the masthead it is.
    pub(in crate::web) here: &'p str,
    /// What is asked on it.
    pub(in crate::web) asked: Option<&'p Asked>,
    /// The commit that it is of, and how many articles that has.
    pub(in crate::web) of: Option<(u64, u64)>,
}

/// A whole page.
pub(in crate::web) fn framed(frame: &Frame<'_>, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (frame.title) " · search" }
                link rel="stylesheet" href=(style());
                link rel="icon" href=(icon());
            }
            body {
                a.skip href="#main" { "To the content" }
                header.top {
                    a.name href="/" { "search" }
                    @if let Some((_, articles)) = frame.of { p.small { (grouped(articles)) " articles" } }
                    nav aria-label="Pages" {
                        @for (address, name) in [("/", "Search"), ("/timeline", "Timeline"), ("/archive", "Archive"), ("/help/query-syntax", "Help")] {
                            a href=(address) aria-current=[(address == frame.here).then_some("page")] { (name) }
                        }
                    }
                }
                (form(frame.asked))
                (body)
                footer.foot {
                    @if let Some((revision, _)) = frame.of { p { "Revision " (revision) } }
                    p { "Names of places: GeoNames, CC BY 4.0" }
                }
            }
        }
    };
    page.into_string()
}

/// Where a question is typed.
fn form(asked: Option<&Asked>) -> Markup {
    let usual = Asked::default();
    let asked = asked.unwrap_or(&usual);
    let switches = [
        ("exact", "names and words only as typed", asked.exact),
        ("all", "only articles with all words", asked.all),
        ("any", "any word is enough", asked.any),
        ("versions", "every capture", asked.versions),
        ("no-group", "copies one by one", asked.no_group),
    ];
    let chosen = switches.iter().any(|(.., on)| *on) || asked.snippets.is_some_and(|n| n != 2);
    html! {
        search.ask {
            form action="/" method="get" role="search" {
                label for="q" { "Words, names, dates" }
                div.line {
                    input #q name="q" type="search" value=(asked.q) maxlength="1000" autocomplete="off" autocapitalize="none" spellcheck="false";
                    button { "Search" }
                }
                details.options open[chosen] {
                    summary { "Options" }
                    fieldset {
                        legend.skip { "Options" }
                        @for (name, text, on) in switches {
                            label { input type="checkbox" name=(name) value="" checked[on]; (text) }
                        }
                        label { "sentences a hit "
                            select name="snippets" {
                                @for n in [1, 2, 3, 5] { option value=(n) selected[asked.snippets.unwrap_or(2) == n] { (n) } }
                            }
                        }
                        label { "order "
                            select name="sort" {
                                @for (sort, text) in orders() { option value=(sort.name()) selected[asked.sort.unwrap_or_default() == sort] { (text) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The orders of a list, with their names for people.
pub(super) fn orders() -> [(Sort, &'static str); 5] {
    [
        (Sort::Score, "best"),
        (Sort::DateDown, "newest"),
        (Sort::Date, "oldest"),
        (Sort::Site, "site"),
        (Sort::Words, "longest"),
    ]
}

/// Why there is no such page, and what to do.
pub(in crate::web) fn refusal(refusal: &Refusal) -> String {
    let frame = Frame { title: "Not to be had", here: "", asked: None, of: None };
    framed(
        &frame,
        &html! {
            main #main.plain {
                h1 { (refusal.status) }
                div.note { p { (super::line(&refusal.message)) } p { (refusal.hint) } }
                p.small { a href="/" { "To the first page" } " · " a href=(links::to("/help/query-syntax", &Asked::default())) { "What a query may hold" } }
            }
        },
    )
}
