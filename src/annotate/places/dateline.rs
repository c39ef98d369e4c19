//! The dateline: `LACHIN, Azerbaijan, Nov 10 (Agency) — ` at the head of a body.
//!
//! Goal: where a report was written, as the report itself says. What stands before the first dash of a body is one
//! where it is short and all of it is names and figures: every word begins with a capital or a digit, or belongs to the
//! few that datelines hold besides. What it gets wrong: a text that opens with a name and a dash (`Baku – the capital
//! –`).

use crate::annotate::gazetteer::{Gazetteer, PlaceKind};
use crate::annotate::names::{Case, Gap, Label, Name, NameRule, Setting, Tokens, longest};
use crate::text::{Span, words};

/// Bytes of a body in which a dateline ends.
// Town, area, day and agency take less; a longer beginning is a sentence.
const MAX_BYTES: usize = 120;
/// Words of a dateline.
// `WASHINGTON, Tuesday, November 10, 2020 (Reuters) -` has six.
const MAX_WORDS: usize = 12;
/// What ends one.
const DASHES: [&str; 5] = [" — ", "— ", " – ", " -- ", " - "];

/// The dateline of `body`, without its dash.
pub(crate) fn dateline(body: &str) -> Option<Span> {
    // Only the head is read: a body without a dash would else be searched to its end.
    let mut end = MAX_BYTES.min(body.len());
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let head = body[..end].split('\n').next()?;
    let length = DASHES.iter().filter_map(|dash| head.find(dash)).min()?;
    let head = head[..length].trim_end();
    let mut count = 0;
    // Quotations and questions open with names too.
    let mut fits = !head.contains(['?', '!', '"', '“', '«']);
    words(head).for_each_word(|word| {
        count += 1;
        let first = word.span.of(head).chars().next();
        let named = first.is_some_and(|c| !c.is_lowercase());
        fits &= named || matches!(word.folded, "and" | "of" | "the" | "de" | "la" | "near" | "in");
    });
    (fits && (1..=MAX_WORDS).contains(&count)).then(|| Span::new(0, head.len()))
}

/// Inhabitants that a town needs to be where a report was written, unless the text names the area around it.
const TOWN: u64 = 1_000;

/// Makes the name that opens a dateline a place, whatever else it was taken for: nothing else stands there before a
/// date or a dash but agencies, which the gazetteer does not know.
pub(crate) fn name_dateline(tokens: &Tokens<'_>, names: &mut Vec<Name>, setting: Setting) {
    let Some(span) = dateline(tokens.text) else { return };
    let Some(found) = longest(tokens, 0, setting) else { return };
    let ends = match tokens.list.get(found.end) {
        Some(next) if next.span.start < span.end => {
            matches!(next.gap, Gap::Comma | Gap::Open | Gap::Other) || next.case == Case::Lower
        }
        // The name ends the dateline.
        _ => true,
    };
    let gazetteer = Gazetteer::embedded();
    let mut rows = found.places.clone().filter_map(|candidate| gazetteer.row(candidate.row));
    let known = rows.any(|entry| entry.record.kind != PlaceKind::City || entry.record.population >= TOWN);
    let placed = names.iter().any(|name| name.start == 0 && name.end >= found.end && name.label == Label::Place);
    if !ends || !known || placed || tokens.list.first().is_none_or(|first| !first.capital()) {
        return;
    }
    names.retain(|name| name.start >= found.end);
    let (label, rule) = (Label::Place, NameRule::Dateline);
    names.insert(0, Name { start: 0, end: found.end, label, confidence: 0.9, rule, places: found.places, sex: None });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_names_before_a_dash() {
        for row in "LACHIN, Azerbaijan, Nov 10 (Agency) — The road opened. ==> LACHIN, Azerbaijan, Nov 10 (Agency)
            BAKU (Agency) - Prices rose. ==> BAKU (Agency)
            Tbilisi, 3 May – Talks began. ==> Tbilisi, 3 May
            The minister – who had resigned – came back. ==> -
            It rained. Baku — the capital. ==> -
            No dash at all ==> -"
            .lines()
        {
            let (body, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            assert_eq!(dateline(body).map_or("-", |span| span.of(body)), expected, "{body}");
        }
        assert_eq!(dateline(""), None);
    }
}
