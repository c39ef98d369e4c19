//! Sentences and paragraphs of a frozen body.
//!
//! Goal: a snippet that reads as a whole. A full stop ends a sentence when white space and something that can begin
//! one follow; not after a single capital (`J. Smith`), a known abbreviation (`Dr.`, `approx.`), a number that goes on
//! (`No. 5`), nor inside a closing quote that belongs to it. Some abbreviations, initials and ordinals may be the last of
//! a sentence as well: they are where a word follows that hardly begins a name (`in the U.S. The`, `auf Platz 2. Die`).
//! What it gets wrong: abbreviations it does not know before a capital, those it knows at an end before a name, and
//! headings without a stop, which end with their paragraph.

use std::sync::OnceLock;

use super::word_lists::{WordLists, WordSet};
use super::{Span, is_cjk};

/// The paragraphs of `body`, which are separated by blank lines; none is empty.
pub fn paragraphs(body: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let ends = memchr::memmem::find_iter(body.as_bytes(), "\n\n").chain([body.len()]);
    for end in ends {
        let piece = &body[start..end];
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let lead = piece.len() - piece.trim_start().len();
            out.push(Span::new(start + lead, start + lead + trimmed.len()));
        }
        start = end + 2;
    }
    out
}

/// The sentences of the part of `body` under `within`, in order, without the white space around them.
pub fn sentences(body: &str, within: Span) -> Vec<Span> {
    let text = within.of(body);
    let base = within.start as usize;
    let mut out = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let piece = &text[start..end];
        let trimmed = piece.trim();
        if !trimmed.is_empty() {
            let lead = piece.len() - piece.trim_start().len();
            out.push(Span::new(base + start + lead, base + start + lead + trimmed.len()));
        }
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        if c == '\n' {
            push(start, at);
            start = after;
        } else if is_full_width_stop(c) || is_stop(c) {
            // Closers go with the stop before them, whether it ends the sentence or not: a run of stops without end is
            // looked at once.
            let end = skip_closers(text, after);
            let ends = is_full_width_stop(c) || ends_here(text, start, (at, after), end);
            while chars.peek().is_some_and(|&(next, _)| next < end) {
                chars.next();
            }
            if ends {
                push(start, end);
                start = end;
            }
        }
    }
    push(start, text.len());
    out
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '։' | '।')
}

fn is_full_width_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

fn is_closer(c: char) -> bool {
    #[cfg(test)]
    crate::text::tests::steps::tick();
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '.' | '!' | '?' | '…')
}

fn skip_closers(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let end = from + rest.find(|c| !is_closer(c)).unwrap_or(rest.len());
    // French sets a blank before the closing quotation mark: `« Viens ! »`.
    let mut chars = text[end..].chars();
    match (chars.next(), chars.next()) {
        (Some(blank @ (' ' | '\u{A0}' | '\u{202F}')), Some('»')) => end + blank.len_utf8() + '»'.len_utf8(),
        _ => end,
    }
}

/// Whether the stop at `at` ends the sentence that began at `start`. Its closers end at `end`.
fn ends_here(text: &str, start: usize, (at, after): (usize, usize), end: usize) -> bool {
    let rest = &text[end..];
    let Some(next) = rest.chars().next() else { return true };
    if !next.is_whitespace() {
        return is_cjk(next);
    }
    let Some(first) = rest.trim_start().chars().find(|c| !is_opener(*c)) else { return true };
    // A sentence begins with a capital or a script that has none: `approx. five` goes on.
    if first.is_lowercase() {
        return false;
    }
    // Only a bare full stop is ambiguous; `!` and a stop before a closing quote end the sentence.
    if &text[at..after] != "." || end > after {
        return true;
    }
    let lists = abbreviations();
    let before = &text[start..at];
    let word = before.rsplit(|c: char| c.is_whitespace() || is_opener(c)).next().unwrap_or("");
    let number = first.is_ascii_digit();
    let goes_on = is_initial(word)
        || lists.before_name.has(word)
        || number && (lists.before_number.has(word) || word.ends_with(STREET))
        || is_ordinal(word, first);
    if !goes_on {
        return true;
    }
    let next = rest.trim_start().trim_start_matches(is_opener).split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    may_end(word, first) && lists.begins.has(next) || lists.behind_year.has(word) && ends_with_year(before, word)
}

/// The end of German names of streets: `Königstr. 5`.
const STREET: &str = "str";

/// True for what a sentence may end with although a name can follow: `in the U.S.`, `etc.`, `auf Platz 2.`
fn may_end(word: &str, first: char) -> bool {
    let initials = word.contains('.') && is_initial(word);
    initials || abbreviations().at_the_end.has(word) || is_ordinal(word, first)
}

/// Words of a sentence behind which a year with its sign ends it; with fewer it opens one: `В 1998 г. Иванов уехал`.
const FULL: usize = 4;

/// True when a year stands before the abbreviation `word` that ends `before`, late in a sentence: `родился в 1998 г.`
fn ends_with_year(before: &str, word: &str) -> bool {
    let mut words = before[..before.len() - word.len()].split_whitespace().rev();
    let year = words.next().is_some_and(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    year && words.take(FULL).count() == FULL
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '«' | '(' | '[' | '「' | '『' | '–' | '—' | '-')
}

/// `J`, `A.B`, `U.S`: one letter, or single letters with stops between.
fn is_initial(word: &str) -> bool {
    let mut letters = word.split('.');
    letters.all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    })
}

/// `1.` before a lower-case month is caught by the caller; `3. Oktober`, `12. May` here.
fn is_ordinal(word: &str, first: char) -> bool {
    word.len() <= 2 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) && first.is_uppercase()
}

/// Words behind whose full stop a sentence goes on.
#[derive(Debug)]
struct Abbreviations {
    before_name: WordSet,
    before_number: WordSet,
    at_the_end: WordSet,
    behind_year: WordSet,
    begins: WordSet,
}

const ABBREVIATIONS: &str = include_str!("../../data/text/abbreviations.txt");

fn abbreviations() -> &'static Abbreviations {
    static ONE: OnceLock<Abbreviations> = OnceLock::new();
    ONE.get_or_init(|| {
        let lists = WordLists::parse(ABBREVIATIONS);
        Abbreviations {
            before_name: lists.set("before a name"),
            before_number: lists.set("before a number"),
            at_the_end: lists.set("at the end"),
            behind_year: lists.set("behind a year"),
            begins: lists.set("begins a sentence"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::word_lists::check_file;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn the_file_of_abbreviations_is_whole() {
        check_file(ABBREVIATIONS, false);
    }

    #[test]
    fn sentences_end_where_they_end() {
        let rows = [
            "One. Two! Three? ==> One.|Two!|Three?",
            "Mr. Smith met J. Brown in the U.S. Senate. He left. ==> Mr. Smith met J. Brown in the U.S. Senate.|He left.",
            "He said: \"Go.\" They went. ==> He said: \"Go.\"|They went.",
            "Growth was 3.5 per cent. No. 5 won. ==> Growth was 3.5 per cent.|No. 5 won.",
            "It came on 1. Dezember 2020 at last. Ja. ==> It came on 1. Dezember 2020 at last.|Ja.",
            "他说。她走了。 ==> 他说。|她走了。",
            "ماذا حدث؟ ذهب. ==> ماذا حدث؟|ذهب.",
            "No stop at the end ==> No stop at the end",
            "He bought nails, etc. With these he built. ==> He bought nails, etc.|With these he built.",
            "They live in the U.S. They pay. The U.S. Navy came. ==> They live in the U.S.|They pay.|The U.S. Navy came.",
            "It shut at 5 p.m. The rain fell. ==> It shut at 5 p.m.|The rain fell.",
            "Sie kamen auf Platz 2. Die anderen fielen. Am 3. Oktober. ==> Sie kamen auf Platz 2.|Die anderen fielen.|Am 3. Oktober.",
            "Er wohnt Königstr. 5 bei Abg. Müller. ==> Er wohnt Königstr. 5 bei Abg. Müller.",
            "Prof. Dr. h. c. mult. Zander lehrt. ==> Prof. Dr. h. c. mult. Zander lehrt.",
            "Il y a du sel, etc. La mer monte. ==> Il y a du sel, etc.|La mer monte.",
            "« Viens ! » dit-il. « Non. » Elle partit. ==> « Viens ! » dit-il.|« Non. »|Elle partit.",
            "Il arriva à 15 h. 30 avec Mme. Roux. ==> Il arriva à 15 h. 30 avec Mme. Roux.",
            "La dra. Ruiz, de EE. UU., vive en el nº. 5. ==> La dra. Ruiz, de EE. UU., vive en el nº. 5.",
            "Ieri il dott. Bianconi e la sig.ra Verdi. ==> Ieri il dott. Bianconi e la sig.ra Verdi.",
            "Dün Sn. Kaya geldi. Av. Demir de. ==> Dün Sn. Kaya geldi.|Av. Demir de.",
            "Na ul. Długiej u ks. Nowaka. ==> Na ul. Długiej u ks. Nowaka.",
            "Он родился в деревне в 1998 г. Завод рос. ==> Он родился в деревне в 1998 г.|Завод рос.",
            "В 1998 г. Иванов уехал в г. Тверь. ==> В 1998 г. Иванов уехал в г. Тверь.",
            "Hun kom kl. 15.30 med hr. Holm. ==> Hun kom kl. 15.30 med hr. Holm.",
            "Gisteren zei dhr. Vroom uit Velden a.d. Maas ja. ==> Gisteren zei dhr. Vroom uit Velden a.d. Maas ja.",
            "Býval v ul. Dlouhé u p. Nováka. ==> Býval v ul. Dlouhé u p. Nováka.",
            "O Sr. Costa mora no n.º 7. A casa caiu. ==> O Sr. Costa mora no n.º 7.|A casa caiu.",
            "Він жив на вул. Лісовій. Потім поїхав. ==> Він жив на вул. Лісовій.|Потім поїхав.",
        ];
        for row in rows {
            let (input, expected) = row.split_once(" ==> ").expect("a row has ==>");
            assert_eq!(cut(input).join("|"), expected, "{input}");
        }
    }

    #[test]
    fn paragraphs_are_what_blank_lines_part() {
        let body = "One.\n\nTwo\nlines.\n\n";
        let found: Vec<_> = paragraphs(body).into_iter().map(|span| span.of(body)).collect();
        assert_eq!(found, ["One.", "Two\nlines."]);
        assert!(paragraphs("").is_empty());
    }

    proptest! {
        #[test]
        fn sentences_cover_all_that_is_not_blank(text in "[a-zA-Z .!?\"'\n。İ(]{0,80}") {
            let found = sentences(&text, Span::new(0, text.len()));
            let kept: String = found.iter().map(|span| span.of(&text)).collect();
            let squeeze = |s: &str| s.split_whitespace().collect::<String>();
            prop_assert_eq!(squeeze(&kept), squeeze(&text));
        }
    }
}
