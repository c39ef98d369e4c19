//! The same answers for programs. What is written here goes through [`Public`] or names no place of this machine.

use serde::Serialize;

use super::ask::Ask;
use super::reply::{JSON, Refusal, Reply};
use super::routes::Desk;
use crate::api::{Asked, Bucket, By, Engine, Facet, FacetValue, Hit, Public, Reading, TimelineAsked, VERSION};

/// Hits of one answer.
const MOST: usize = 100;
/// Values of one answer.
const MOST_VALUES: usize = 1_000;

type Made = Result<Reply, Refusal>;

fn written(value: &impl Serialize) -> Made {
    let body = serde_json::to_vec(value);
    Ok(Reply::new(200, JSON, body.map_err(|_| Refusal::new(500, "a fault in the program", "Please report it."))?))
}

/// Why there is no answer.
pub(super) fn refusal(refusal: &Refusal) -> Vec<u8> {
    let object = serde_json::json!({"v": VERSION, "error": {
        "kind": refusal.kind(), "message": refusal.message, "hint": refusal.hint,
    }});
    object.to_string().into_bytes()
}

/// What `strict` refuses.
pub(super) fn accepted(strict: bool, reading: &Reading) -> Result<(), Refusal> {
    match strict && !reading.notes.is_empty() {
        true => Err(Refusal::new(422, reading.notes.join("; "), "Without strict it is read otherwise.")),
        false => Ok(()),
    }
}

/// What every answer to a query begins with.
#[derive(Serialize)]
struct Head<'a> {
    v: u32,
    query: &'a str,
    notes: &'a [String],
    also: &'a [String],
    total: u64,
}

fn head<'a>(reading: &'a Reading, total: u64) -> Head<'a> {
    Head { v: VERSION, query: &reading.query, notes: &reading.notes, also: &reading.also, total }
}

#[derive(Serialize)]
struct Hits<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    stories: u64,
    /// Articles that lack some words, where they are listed.
    partial: u64,
    reading: &'a [String],
    hits: Vec<Public<Hit>>,
    /// For `after`; null behind the last hit.
    next: Option<String>,
}

pub(super) fn search(desk: &Desk<'_>, ask: Ask) -> Made {
    let until = ask.until();
    let asked = ask.asked(MOST)?;
    let strict = asked.strict;
    let found = desk.engine.search(&desk.site.live.request(asked, until))?;
    accepted(strict, &found.reading)?;
    let listed = found.body.hits.last();
    let next = listed.filter(|hit| hit.rank < found.stories + found.body.partial).and_then(|hit| hit.cursor.clone());
    let hits = found.body.hits.into_iter().map(Public::new).collect();
    let Reading { parts, .. } = &found.reading;
    let head = head(&found.reading, found.total);
    written(&Hits { head, stories: found.stories, partial: found.body.partial, reading: parts, hits, next })
}

pub(super) fn count(desk: &Desk<'_>, ask: Ask) -> Made {
    #[derive(Serialize)]
    struct Count<'a> {
        #[serde(flatten)]
        head: Head<'a>,
        stories: u64,
    }
    let until = ask.until();
    let asked = ask.asked(MOST)?;
    let strict = asked.strict;
    let found = desk.engine.count(&desk.site.live.request(asked, until))?;
    accepted(strict, &found.reading)?;
    written(&Count { head: head(&found.reading, found.total), stories: found.stories })
}

pub(super) fn article(desk: &Desk<'_>, id: &str, ask: &Ask) -> Made {
    nothing_else(ask)?;
    written(&Public::new(desk.engine.article(id)?))
}

pub(super) fn facet(desk: &Desk<'_>, name: &str, ask: Ask) -> Made {
    #[derive(Serialize)]
    struct Values<'a> {
        #[serde(flatten)]
        head: Head<'a>,
        facet: &'a str,
        distinct: u64,
        values: &'a [FacetValue],
    }
    let facet = named(name)?;
    let until = ask.until();
    let asked = whole_match(ask.asked(MOST_VALUES)?);
    let found = desk.engine.facets(&desk.site.live.request(asked, until), facet)?;
    let head = head(&found.reading, found.total);
    written(&Values { head, facet: name, distinct: found.body.distinct, values: &found.body.values })
}

pub(super) fn timeline(desk: &Desk<'_>, mut ask: Ask) -> Made {
    #[derive(Serialize)]
    struct Rows<'a> {
        #[serde(flatten)]
        head: Head<'a>,
        by: &'a str,
        about: bool,
        rows: &'a [Bucket],
    }
    let asked = timeline_asked(&mut ask)?;
    let until = ask.until();
    let request = desk.site.live.request(whole_match(ask.asked(MOST)?), until);
    let found = desk.engine.timeline(&request, asked)?;
    let (by, about) = (unit_name(found.body.by), found.body.about);
    written(&Rows { head: head(&found.reading, found.total), by, about, rows: &found.body.rows })
}

pub(super) fn stats(desk: &Desk<'_>, ask: &Ask) -> Made {
    nothing_else(ask)?;
    written(&Public::new(desk.engine.stats()?))
}

/// Refuses any value.
pub(super) fn nothing_else(ask: &Ask) -> Result<(), Refusal> {
    match ask.pairs.first() {
        Some((name, _)) => Err(Refusal::new(400, format!("{name}: this page takes no such value"), "Ask without it.")),
        None => Ok(()),
    }
}

/// The question for views of a match as a whole: what holds some words only is no part of it, and no query asks for all.
pub(super) fn whole_match(asked: Asked) -> Asked {
    let q = if asked.q.trim().is_empty() { "*".to_owned() } else { asked.q };
    Asked { q, all: !asked.any, ..asked }
}

/// The facet of this name.
pub(super) fn named(name: &str) -> Result<Facet, Refusal> {
    const ALL: [Facet; 8] = [
        Facet::People,
        Facet::Places,
        Facet::Orgs,
        Facet::About,
        Facet::Sites,
        Facet::Languages,
        Facet::Years,
        Facet::Kinds,
    ];
    let found = ALL.into_iter().find(|facet| facet.name() == name);
    found.ok_or_else(|| {
        Refusal::new(
            404,
            "there is no such facet",
            "There are people, places, orgs, about, sites, languages, years, kinds.",
        )
    })
}

const UNITS: [(&str, By); 5] =
    [("year", By::Year), ("quarter", By::Quarter), ("month", By::Month), ("week", By::Week), ("day", By::Day)];

fn unit_name(by: By) -> &'static str {
    UNITS.iter().find(|(_, one)| *one == by).map_or("", |(name, _)| name)
}

/// How a timeline is asked for.
pub(super) fn timeline_asked(ask: &mut Ask) -> Result<TimelineAsked, Refusal> {
    let by = match ask.take("by")? {
        None => None,
        Some(name) => {
            let found = UNITS.iter().find(|(one, _)| *one == name).map(|(_, by)| *by);
            let wrong =
                || Refusal::new(400, "by: one of year, quarter, month, week, day does", "Ask with one of them.");
            Some(found.ok_or_else(wrong)?)
        }
    };
    Ok(TimelineAsked { by, about: ask.switch("about")?, shares: false })
}
