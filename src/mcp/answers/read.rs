//! `read`: an article, paragraph by paragraph.

use super::{begin, footnote, id};
use crate::api::{ArticleView, Asked, Engine, Hit, Reading};
use crate::error::{Error, Result};
use crate::mcp::Call;
use crate::mcp::text::{Text, name, quote};
use crate::text::{Span, paragraphs, sentences};

/// Names of one kind that are listed.
// What an article is about stands at its top; the rest is in the text itself.
const MENTIONS: usize = 40;
/// Bytes of a lead, which some pages fill with their whole text.
const LEAD: usize = 600;

pub(in crate::mcp) fn read(call: &Call<'_>) -> Result<String> {
    let cited = id(call)?;
    let view = call.engine.article(cited.id.as_deref().unwrap_or(""))?;
    let asked = Asked { q: call.arguments.text("query").unwrap_or("").to_owned(), ..Asked::default() };
    let marked = match asked.q.trim() {
        "" => None,
        _ => Some(call.engine.marks(&view.hit.id, &call.request(asked))?),
    };
    let from = begins(call, &view.body, cited.start)?;
    let mut text = head(call, &view, from)?;
    if let Some(marked) = &marked {
        let reading = &marked.reading;
        reading.notes.iter().for_each(|note| text.say(&format!("note: {note}")));
        let places: Vec<String> =
            marked.body.iter().take(MENTIONS).map(|one| format!("#{}-{}", one.start, one.end)).collect();
        text.say(&format!("{} sentences show the query: {}", marked.body.len(), places.join(" ")));
    }
    if call.arguments.switch("mentions") {
        mentions(&mut text, &view);
    }
    let next = body(&mut text, &view.body, from);
    let left = view.body.len().saturating_sub(next);
    Ok(text.end(&match left {
        0 => "End of the text. Cite as id#start-end.".to_owned(),
        _ => format!("{left} bytes are not shown. More: from={next} with the same id. Cite as id#start-end."),
    }))
}

/// The byte to begin at: where it is said, or the paragraph before what is cited.
fn begins(call: &Call<'_>, body: &str, cited: Option<u32>) -> Result<usize> {
    let around = match call.arguments.text("around") {
        None => cited,
        Some(text) => {
            let place = text.trim_start_matches('#').split_once('-').and_then(|(start, _)| start.parse().ok());
            Some(
                place
                    .ok_or_else(|| Error::usage(format!("around: '{text}' is no place; give start-end, as 468-665")))?,
            )
        }
    };
    let from = match (call.arguments.given_number("from"), around) {
        (Some(from), _) => from,
        (None, None) => 0,
        (None, Some(start)) => {
            let spans = paragraphs(body);
            let at = spans.partition_point(|span| span.end <= start);
            spans.get(at.saturating_sub(1)).map_or(0, |span| span.start as usize)
        }
    };
    if from > body.len() {
        return Err(Error::usage(format!("the text has {} bytes; give a place in it", body.len())));
    }
    Ok(body.floor_char_boundary(from))
}

/// What is known of the article.
fn head(call: &Call<'_>, view: &ArticleView, from: usize) -> Result<Text> {
    let hit = &view.hit;
    let lang = hit.lang.as_deref().unwrap_or("language unknown");
    let first = format!("{} · {} · {lang} · {} words", hit.id, hit.kind, hit.words);
    let mut text = begin(call, &first, &Reading::default());
    text.aside(&name("headline ", hit.title.as_deref().unwrap_or("(no headline)")));
    let origin = hit.date_origin.as_deref().map(|origin| format!(" (from {origin})")).unwrap_or_default();
    text.say(&format!("published {}{origin}", hit.date.as_deref().unwrap_or("at no date that the page states")));
    let five = |names: &[String]| match names.len() {
        more if more > 5 => format!("{} and {} more", names[..5].join(", "), more - 5),
        _ => names.join(", "),
    };
    let facts = [
        ("site ", hit.site.clone()),
        ("by ", Some(five(&hit.byline)).filter(|names| !names.is_empty())),
        ("changed ", view.modified.clone()),
        ("section ", view.section.clone()),
        ("address ", hit.url.clone()),
        ("correction ", view.correction.clone()),
    ];
    for (label, value) in facts {
        if let Some(value) = value {
            text.aside(&name(label, &value));
        }
    }
    if let Some(lead) = view.lead.as_ref().filter(|lead| from == 0 && lead.len() <= LEAD) {
        text.aside(&quote("lead ", lead));
    }
    if !view.captures.is_empty() {
        text.say(&format!("{} older captures are kept: search with versions: true lists them", view.captures.len()));
    }
    text.say(&format!("sha256 of the text {}", hit.text_sha256));
    text.aside(&quote("footnote ", &footnote(&Hit { snippets: Vec::new(), ..hit.clone() })?));
    Ok(text)
}

/// Who and what is named, each once.
fn mentions(text: &mut Text, view: &ArticleView) {
    let mut seen = Vec::new();
    for one in &view.mentions {
        let value = one.value.as_deref().unwrap_or(&one.text);
        if seen.len() < MENTIONS && !seen.contains(&(one.kind, value)) {
            seen.push((one.kind, value));
            text.aside(&name(&format!("{} #{}-{} ", one.kind, one.start, one.end), value));
        }
    }
}

/// Paragraphs from `from` on, whole ones where they fit, else whole sentences; where it ended.
fn body(text: &mut Text, body: &str, from: usize) -> usize {
    let start = u32::try_from(from).unwrap_or(u32::MAX);
    let clipped = |span: Span| Span { start: span.start.max(start), end: span.end };
    let place = |span: Span| format!("#{}-{} ", span.start, span.end);
    let mut next = from;
    for paragraph in paragraphs(body).into_iter().filter(|span| span.end > start).map(clipped) {
        if text.add(&quote(&place(paragraph), paragraph.of(body))) {
            next = paragraph.end as usize;
            continue;
        }
        for sentence in sentences(body, paragraph) {
            if !text.add(&quote(&place(sentence), sentence.of(body))) {
                break;
            }
            next = sentence.end as usize;
        }
        if next == from {
            next = piece(text, body, paragraph);
        }
        return next;
    }
    body.len()
}

/// Part of a sentence that no answer has room for.
fn piece(text: &mut Text, body: &str, sentence: Span) -> usize {
    let start = sentence.start as usize;
    // Its lines and its place take room, and what is made safe may be longer.
    let mut room = text.room() / 2;
    while room > 0 {
        let end = body.floor_char_boundary((start + room).min(sentence.end as usize));
        if text.add(&quote(&format!("#{start}-{end} (cut) "), &body[start..end])) {
            return end;
        }
        room /= 2;
    }
    start
}
