//! The note in which an outlet says what was wrong in an article.
//!
//! Such notes stand above or below the text, and begin with a label (`Correction:`, `Düzəliş:`) or speak of an earlier version.
//! The body model takes some for text and some for furniture, so they are looked for in all blocks around the article.

use std::sync::OnceLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::extract::context::PageContext;
use crate::extract::fields::title;
use crate::extract::html::class_hints::Hints;
use crate::extract::html::outline::{Block, Outline};
use crate::extract::html::value_text::one_line;
use crate::extract::tables::CORRECTIONS;
use crate::text::word_lists::{Phrase, WordLists};

/// Words of the longest note; what is longer is an article about corrections.
const LONGEST_NOTE: u32 = 150;
/// Bytes of a note that are kept.
// Room for a note of 150 words in Latin letters.
const KEPT: usize = 1_200;
/// Blocks below the text that are looked at: author portraits and tags may stand before the note.
const BELOW: usize = 12;
/// Bytes from the start of a block within which a note says what it is.
// `Editor's note:` may stand behind a day or a name, not behind a paragraph.
const OPENING: usize = 300;
/// Bytes between a label and its colon: room for a date in brackets.
const TO_COLON: usize = 48;

struct Phrases {
    /// Labels by their first letter, the longest first.
    labels: FxHashMap<char, Vec<Phrase>>,
    says: Option<Regex>,
}

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let table = WordLists::parse(CORRECTIONS);
        let says: Vec<String> = table.phrases("says").iter().map(|phrase| regex::escape(phrase)).collect();
        let mut labels: FxHashMap<char, Vec<Phrase>> = FxHashMap::default();
        for label in table.phrases("labels") {
            labels.entry(label.chars().next().unwrap_or_default()).or_default().push(label);
        }
        // The longest label counts: `correction to this article` before `correction`.
        labels.values_mut().for_each(|labels| labels.sort_by_key(|label| std::cmp::Reverse(label.len())));
        // The pattern is one of plain words: it cannot fail.
        let says = Regex::new(&says.join("|")).ok();
        debug_assert!(says.is_some(), "the sentences of notes make no pattern");
        Phrases { labels, says }
    })
}

/// How a block opens a note.
#[derive(Clone, Copy, PartialEq)]
enum Opening {
    /// The block is the note.
    Whole,
    /// The block is its label, the note follows.
    Label,
}

/// The note of correction, on one line, at most 1,200 bytes; `body` are the blocks from the first to after the last of the
/// text. Where the headline says that the article itself is one, its first paragraph. `None` where there is none.
pub(crate) fn find(context: &PageContext<'_>) -> Option<String> {
    let PageContext { outline, title, heading, ref body, trace, .. } = *context;
    if opening(title, title::word_count(title) as u32, false) == Some(Opening::Whole) {
        let first = outline.blocks.get(body.clone())?.iter().find(|block| block.words >= 5)?;
        trace.won("correction", "text below such a headline", outline.text_of(first));
        return Some(kept(outline, first));
    }
    let start = heading.map_or(body.start, |at| outline.elements[at].last as usize).min(body.start);
    let end = (body.end + BELOW).min(outline.blocks.len());
    for index in start..end {
        let block = &outline.blocks[index];
        // Two blocks at the beginning and four at the end of the text: where editors put such notes.
        let is_end = index <= body.start + 1 || index + 4 >= body.end;
        let Some(opening) = opening(outline.text_of(block), block.words, is_end) else { continue };
        if is_elsewhere(outline, block, body.start) {
            continue;
        }
        let note = match opening {
            Opening::Whole => Some(block),
            Opening::Label => outline.blocks.get(index + 1).filter(|next| (5..=LONGEST_NOTE).contains(&next.words)),
        };
        let Some(note) = note else { continue };
        let text = outline.text_of(note);
        trace.won("correction", if opening == Opening::Label { "line below a label" } else { "text" }, text);
        return Some(kept(outline, note));
    }
    None
}

fn kept(outline: &Outline, note: &Block) -> String {
    let text = outline.text_of(note);
    one_line(&text[..text.floor_char_boundary(KEPT)])
}

/// Whether the block belongs to other stories, comments or menus.
fn is_elsewhere(outline: &Outline, block: &Block, beside: usize) -> bool {
    let others = Hints::COMMENT.with(Hints::RELATED).with(Hints::TEASER).with(Hints::NAV);
    block.link_share() > 0.5 || outline.is_inside(block.element, beside, |part| part.hints.has(others))
}

/// What sort of opening the text is; `is_end` says that it stands at the beginning or the end of the article, the only place
/// where a label without a colon or a sentence without a label is believed.
fn opening(text: &str, words: u32, is_end: bool) -> Option<Opening> {
    if words > LONGEST_NOTE {
        return None;
    }
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = text.chars().next()?.to_lowercase().next()?;
    let labels = phrases().labels.get(&first);
    // Most blocks of a page.
    if !is_end && labels.is_none() {
        return None;
    }
    let lower = text[..text.floor_char_boundary(OPENING)].to_lowercase();
    let mut labels = labels.into_iter().flatten();
    let labelled = labels.find_map(|label| lower.strip_prefix(&**label)).and_then(after_label);
    match labelled {
        Some(Opening::Label) if !is_end => None,
        Some(opening) => Some(opening),
        None => (is_end && phrases().says.as_ref().is_some_and(|says| says.is_match(&lower))).then_some(Opening::Whole),
    }
}

/// What follows a label: a mark and the note, a mark alone, or nothing.
fn after_label(rest: &str) -> Option<Opening> {
    if rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() {
        return Some(Opening::Label);
    }
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let head = &rest[..rest.floor_char_boundary(TO_COLON)];
    let mark = [":", "：", " – ", " — ", " - ", "】", "]"]
        .iter()
        .filter_map(|mark| head.find(mark).map(|at| (at, mark.len())))
        .min();
    let (at, width) = mark?;
    // Between label and colon stands a date at most: no word of the language but a month.
    let between = head[..at].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    // `(3 November 2020, 14:30)` is five words of letters and figures.
    if between > 5 || between > 0 && !head[..at].contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_empty = !rest[at + width..].contains(char::is_alphanumeric);
    Some(if is_empty { Opening::Label } else { Opening::Whole })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tests::read;

    #[test]
    fn notes_are_told_from_text() {
        let text = "<p>The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood.</p>\
                    <p>Work is to begin in June, said the chair of the council, and will take two years at the least.</p>\
                    <p>The piers are to be mended first, and then the deck, which was laid a hundred years ago or more.</p>\
                    <p>Nobody knows what it will cost, as the price of steel has doubled since the last estimate was made.</p>";
        let note = "The piers are of stone, not of steel.";
        for row in [
            format!("<p>Correction: {note}</p> ==> Correction: {note}"),
            format!("<p><em>Correction, Nov. 3, 2020: {note}</em></p> ==> Correction, Nov. 3, 2020: {note}"),
            format!("<h4>Correction</h4><p>{note}</p> ==> {note}"),
            format!("<p>Düzəliş: {note}</p> ==> Düzəliş: {note}"),
            format!("<p>Исправление. {note}</p> ==> "),
            format!("<p>Исправление: {note}</p> ==> Исправление: {note}"),
            format!("<p>Rectificatif (3 novembre) : {note}</p> ==> Rectificatif (3 novembre) : {note}"),
            format!(
                "<p>* In einer früheren Version hieß es, {note}</p> ==> * In einer früheren Version hieß es, {note}"
            ),
            format!(
                "<p>An earlier version of this article misstated it. {note}</p> ==> An earlier version of this article \
                     misstated it. {note}"
            ),
            format!("<div class=comments><p>Correction: {note}</p></div> ==> "),
            "<p>Correction of the river took ten years: it was the largest work of its time.</p> ==> ".to_owned(),
            "<p>Corrections officers were on strike again that week.</p> ==> ".to_owned(),
        ] {
            let (input, expected) = row.split_once(" ==>").expect("a row has ==>");
            for html in [format!("<h1>Bridge</h1>{text}{input}"), format!("<h1>Bridge</h1>{input}{text}")] {
                let found = read(&html).correction;
                assert_eq!(found.unwrap_or_default(), expected.trim(), "{input}");
            }
        }
    }

    #[test]
    fn an_article_that_is_a_correction() {
        let note = "The piers of the bridge are of stone and not of steel, as this paper had it on Monday.";
        let html = format!(
            "<h1>Korrektur: Die Brücke</h1><p>10 November 2020</p><p>{note}</p><p>We are sorry for the error.</p>"
        );
        assert_eq!(read(&html).correction.as_deref(), Some(note));
    }

    #[test]
    fn the_middle_of_an_article_holds_no_note_without_a_label() {
        let paragraph = |at: usize| {
            format!(
                "<p>In year {at} the council of Ostmark voted to rebuild bridge number {at}, closed since the flood.</p>"
            )
        };
        let text = |from: usize| (from..from + 6).map(paragraph).collect::<String>();
        let middle = "<p>In an earlier version of this plan the bridge over the river was to be of wood.</p>";
        let html = format!("<h1>Bridge</h1>{}{middle}{}", text(10), text(20));
        assert_eq!(read(&html).correction, None);
    }

    #[track_caller]
    fn check(text: &str, is_end: bool, expected: Option<Opening>) {
        let words = text.split_whitespace().count() as u32;
        assert!(opening(text, words, is_end) == expected, "{text}");
    }

    #[test]
    fn openings_are_told_by_label_mark_and_place() {
        use super::Opening::{Label, Whole};
        check("Correction: It is of stone.", false, Some(Whole));
        check("CORRECTION — It is of stone.", false, Some(Whole));
        check("【更正】这座桥是石头的。", false, Some(Whole));
        check("Correction (Nov. 3, 2020): It is of stone.", false, Some(Whole));
        check("Rectificatif :", true, Some(Label));
        check("Correction", true, Some(Label));
        // Alone in the middle of a text it may be a heading of it.
        check("Correction", false, None);
        check("Corrections officers were on strike.", true, None);
        check("Correction of the river: it took ten years.", true, None);
        check("An earlier version of this article misstated it.", true, Some(Whole));
        check("An earlier version of this article misstated it.", false, None);
        check("", true, None);
        check(&format!("Correction: {}", "word ".repeat(LONGEST_NOTE as usize)), true, None);
    }

    #[test]
    fn long_notes_are_cut_between_letters() {
        let note = format!("Исправление: {}", "мост ".repeat(140));
        let html = format!(
            "<h1>Мост</h1><p>Городской совет решил восстановить старый мост, закрытый после наводнения.</p><p>{note}</p>"
        );
        let found = read(&html).correction.expect("a note");
        assert!(found.len() <= KEPT && found.starts_with("Исправление: мост"), "{} bytes", found.len());
    }
}
