//! Articles of plain text: bulletins, agency copy, texts that somebody saved.
//!
//! The first line is the headline. Lines right below it that are nothing but a byline or a date are read and left out of the
//! body, as on pages of HTML; all else is the body.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::date::{Order, Precision, Written, written};
use crate::extract::article::{Article, DateOrigin, Dated, Kind, first_paragraph};
use crate::extract::fields::byline::signature;
use crate::extract::fields::date::limit::DateLimit;
use crate::extract::html::value_text::one_line;
use crate::extract::tables::DATES;
use crate::extract::twice_encoded;
use crate::input::Page;
use crate::text::word_lists::{Phrase, WordLists};
use crate::{lang, text};

/// Lines below the headline that may be a byline or date.
// Byline, day and place stand right below the headline, each on a line of its own at most, with an empty one between.
const HEAD_LINES: usize = 4;
/// Words of the longest of them.
// A longer line is a sentence.
const LONGEST_HEAD_LINE: usize = 16;

/// Reads a page of plain text; `limit` bounds its dates.
pub(crate) fn read(page: &Page, limit: &DateLimit) -> Article {
    let mended = twice_encoded::mended(&page.text);
    let whole = mended.replace("\r\n", "\n");
    let (title, rest) = whole.trim_start().split_once('\n').unwrap_or((whole.trim(), ""));
    let lang = lang::detect(rest, None);
    let head = Head::read(rest, lang, limit);
    let body = paragraphs(&rest[head.end..]);
    let lang = lang::detect(&body, None);
    let published = head.published.or_else(|| date_of(title, &body, lang, limit));
    Article {
        title: one_line(title),
        byline: head.byline,
        published,
        dated_ahead: limit.due(),
        lang: lang.map(str::to_owned),
        kind: if body.is_empty() { Kind::Other } else { Kind::Article },
        lead: first_paragraph(&body),
        url: page.url.clone(),
        site: page.folder.clone(),
        body,
        notes: matches!(mended, Cow::Owned(_)).then(|| twice_encoded::NOTE.to_owned()).into_iter().collect(),
        ..Article::default()
    }
}

/// Paragraphs on one line each, parted by a blank line, in NFC.
pub(crate) fn paragraphs(rest: &str) -> String {
    let mut body = String::with_capacity(rest.len());
    for paragraph in rest.split("\n\n") {
        let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            if !body.is_empty() {
                body.push_str("\n\n");
            }
            body.push_str(&words);
        }
    }
    text::nfc(&body).into_owned()
}

/// What the lines below the headline say.
#[derive(Debug, Default)]
struct Head {
    byline: Vec<String>,
    published: Option<Dated>,
    /// Bytes that they take.
    end: usize,
}

impl Head {
    fn read(rest: &str, lang: Option<&str>, limit: &DateLimit) -> Head {
        let mut head = Head::default();
        let mut at = 0;
        let mut seen = 0;
        for line in rest.split_inclusive('\n') {
            at += line.len();
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            seen += 1;
            if seen > HEAD_LINES || line.split_whitespace().count() > LONGEST_HEAD_LINE || !head.take(line, lang, limit)
            {
                break;
            }
            head.end = at;
        }
        head
    }

    /// Takes a line that is a byline, a date, or both and nothing else; false for any other.
    fn take(&mut self, line: &str, lang: Option<&str>, limit: &DateLimit) -> bool {
        let dated = written(line, lang, Order::of(lang)).filter(|found| is_whole(found, limit));
        let Some(found) = dated else {
            let names = if self.byline.is_empty() { signature(line) } else { Vec::new() };
            self.byline.extend(names);
            return !self.byline.is_empty() && self.byline_is(line);
        };
        let before = line[..found.span.start as usize].trim_matches(is_mark);
        let after = line[found.span.end as usize..].trim_matches(is_mark);
        let credit = if is_label(before) { after } else { before };
        let other = if is_label(before) { "" } else { after };
        let names = signature(credit);
        if !(credit.is_empty() || is_label(credit) || !names.is_empty()) || !(other.is_empty() || is_label(other)) {
            return false;
        }
        if self.byline.is_empty() {
            self.byline = names;
        }
        let dated = Dated { stamp: found.stamp, origin: DateOrigin::Text };
        self.published = self.published.or(Some(dated));
        true
    }

    /// Whether the names were read from this line.
    fn byline_is(&self, line: &str) -> bool {
        signature(line) == self.byline
    }
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Whether a text beside a date says no more than what it is the date of, a weekday or a place in capitals.
fn is_label(text: &str) -> bool {
    static LABELS: OnceLock<FxHashSet<Phrase>> = OnceLock::new();
    let labels = LABELS.get_or_init(|| WordLists::parse(DATES).phrase_set("date label"));
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let lower = word.to_lowercase();
        labels.contains(lower.as_str()) || !crate::date::names::lookup(&text::fold(word)).is_empty()
    })
}

fn is_whole(found: &Written, limit: &DateLimit) -> bool {
    found.stamp.precision() >= Precision::Day && limit.allows(found.stamp.date())
}

/// The date in the first line of the body or in the title: a dateline or the day of a bulletin.
fn date_of(title: &str, body: &str, lang: Option<&str>, limit: &DateLimit) -> Option<Dated> {
    // A dateline is short; in a longer paragraph a date is of what is told.
    let first = body.split("\n\n").next().filter(|line| line.len() < 200);
    let dates = [first, Some(title)].into_iter().flatten().filter_map(|line| written(line, lang, Order::of(lang)));
    let mut whole = dates.filter(|found| is_whole(found, limit));
    whole.next().map(|found| Dated { stamp: found.stamp, origin: DateOrigin::Text })
}

#[cfg(test)]
mod tests {
    use crate::extract::extract;
    use crate::extract::tests::{TODAY, page};
    use crate::input::{Format, Page};

    const TEXT: &str = "The council of Ostmark voted to rebuild the old bridge, which had been closed since the flood.";

    #[test]
    fn head_lines_are_read_where_they_plainly_are_such() {
        for row in [
            "By Jo Berg/10 November 2020 ==> Jo Berg ; 2020-11-10 ; -",
            "By Jo Berg and Anna Holm//Nov. 10, 2020 at 8:15 a.m. ET/ ==> Jo Berg, Anna Holm ; 2020-11-10T08:15-05:00 ; -",
            "Published on 10 November 2020/ ==>  ; 2020-11-10 ; -",
            "By Jo Berg | 10 November 2020/ ==> Jo Berg ; 2020-11-10 ; -",
            "10 November 2020, by Jo Berg/ ==> Jo Berg ; 2020-11-10 ; -",
            "Von Jo Berg/Dienstag, 10. November 2020, 14:35 Uhr ==> Jo Berg ; 2020-11-10T14:35 ; -",
            "Автор: Игорь Петров/10 ноября 2020 ==> Игорь Петров ; 2020-11-10 ; -",
            "Müəllif: Orxan Quliyev/10 noyabr 2020 ==> Orxan Quliyev ; 2020-11-10 ; -",
            "作者：王小明/2020年11月10日 ==> 王小明 ; 2020-11-10 ; -",
            // Sentences are text, and their dates the last resort.
            "The bridge fell on 10 November 2020. ==>  ; 2020-11-10 ; The bridge fell on 10 November 2020.",
            "By the river stands a bridge ==>  ;  ; By the river stands a bridge",
            "By Jo Berg/By Anna Holm ==> Jo Berg ;  ; By Anna Holm",
            "10 November 2999 ==>  ;  ; 10 November 2999",
            "A bridge/By Jo Berg ==>  ;  ; A bridge By Jo Berg",
        ] {
            let (input, expected) = row.split_once(" ==>").expect("a row has ==>");
            let text = format!("Bridge to be rebuilt\n{}\n\n{TEXT}\n", input.replace('/', "\n"));
            let article = extract(&Page { format: Format::Text, ..page(&text) }, TODAY);
            let first = article.body.split("\n\n").next().filter(|line| *line != TEXT).unwrap_or("-");
            let dated = article.published.map_or(String::new(), |dated| dated.stamp.to_string());
            assert_eq!(format!(" {} ; {dated} ; {first}", article.byline.join(", ")), expected, "{input}");
            assert!(article.body.ends_with(TEXT));
        }
    }

    /// Date, byline and first paragraph of a text with these lines.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let article = extract(&Page { format: Format::Text, ..page(text) }, TODAY);
        let dated = article.published.map_or("-".to_owned(), |dated| dated.stamp.to_string());
        let first = article.body.split("\n\n").next().unwrap_or_default();
        let found = format!("{} | {} | {dated} | {first}", article.title, article.byline.join(", "));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_first_line_is_the_headline() {
        check("Bridge to be rebuilt\n\nThe council voted.", "Bridge to be rebuilt |  | - | The council voted.");
        check("\n\n  Bridge to be rebuilt  \nThe council voted.", "Bridge to be rebuilt |  | - | The council voted.");
        check("Bridge to be rebuilt", "Bridge to be rebuilt |  | - | ");
        check("", " |  | - | ");
        check("Bridge\r\n\r\nThe council\r\nvoted.\r\n\r\nSoon.", "Bridge |  | - | The council voted.");
    }

    #[test]
    fn the_head_ends_with_the_first_line_that_is_anything_else() {
        check(
            "Bridge\nBy Jo Berg\nOstmark is a town\n10 November 2020\n",
            "Bridge | Jo Berg | 2020-11-10 | Ostmark is a town 10 November 2020",
        );
        check("Bridge\nReuters\n10 November 2020\n\nIt opens.", "Bridge |  | 2020-11-10 | Reuters 10 November 2020");
        // A line of plain words is text even if it is short.
        check("Bridge\nJo Berg\n\nIt opens.", "Bridge |  | - | Jo Berg");
    }

    #[test]
    fn dates_of_the_text_are_the_last_resort() {
        check(
            "Bridge\n\nOSTMARK, 10 November 2020 - The council voted.",
            "Bridge |  | 2020-11-10 | OSTMARK, 10 November 2020 - The council voted.",
        );
        check(
            "News of 10 November 2020\n\nThe council voted.",
            "News of 10 November 2020 |  | 2020-11-10 | The council voted.",
        );
        let long = format!("Bridge\n\n{}", "The council voted on 10 November 2020 to rebuild it. ".repeat(5));
        assert_eq!(extract(&Page { format: Format::Text, ..page(&long) }, TODAY).published, None);
        check("Bridge\n\nNovember 2020 was wet.", "Bridge |  | - | November 2020 was wet.");
    }

    #[test]
    fn labels_beside_dates_are_known_in_many_languages() {
        for line in [
            "Published: 10 November 2020",
            "Veröffentlicht am 10. November 2020",
            "Publié le 10 novembre 2020",
            "Publicado el 10 de noviembre de 2020",
            "Опубликовано 10 ноября 2020",
            "Yayın tarihi 10 Kasım 2020",
            "Tarix: 10 noyabr 2020",
        ] {
            let text = format!("Bridge\n{line}\n\nThe council voted.");
            let article = extract(&Page { format: Format::Text, ..page(&text) }, TODAY);
            // The language of so short a text is not known, so not every line can be read; one that is read is no text.
            match article.published {
                Some(dated) => assert_eq!(
                    (dated.stamp.to_string().as_str(), article.body.as_str()),
                    ("2020-11-10", "The council voted.")
                ),
                None => assert!(article.body.starts_with(line), "{line}"),
            }
        }
        for (label, expected) in
            [("Published on", true), ("am", true), ("", true), ("Montag,", true), ("The flood of", false)]
        {
            assert_eq!(super::is_label(label), expected, "{label}");
        }
    }
}
