//! Words that are written with signs in or around them, as one term: `e-mail`, `B-52`, `U.S.`, `1,000`, `C++`, `#MeToo`, and
//! `US`, which without its capitals is another word.
//!
//! The index cuts at signs, and house styles differ in where they put them. So beside the words stands what they are
//! together: `=email`, `=b52`, `.us`, `=1000`, `=c++`, `=#metoo`, `&us`. A query asks for it whichever way it was typed.

use super::{Span, Word, fold_into, is_cjk};

/// Words that are one, and the term that they are together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Catenation<'c> {
    /// The number of the first word in the text.
    pub(crate) first: usize,
    /// Bytes of the text, signs included.
    pub(crate) span: Span,
    pub(crate) term: &'c str,
}

/// Begins the term of words that a sign joins, and of a word with a sign before or behind it.
pub(crate) const JOINED: char = '=';
/// Begins the term of initials with full stops.
pub(crate) const INITIALS: char = '.';
/// Begins the term of a word in capitals that is a common one without them.
pub(crate) const CAPITALS: char = '&';

/// Words that are joined at most: `state-of-the-art` is no word that somebody writes without hyphens.
const MOST_WORDS: usize = 3;
/// The same of initials and of groups of figures.
const MOST_PIECES: usize = 6;
/// Acronyms of the news that are common words without their capitals, in one language or another.
const ACRONYMS: [&str; 14] = ["ai", "can", "eu", "is", "it", "la", "ma", "me", "ni", "pa", "sa", "un", "us", "who"];

/// Makes catenations from the words of a text, which come one by one.
#[derive(Debug, Default)]
pub(crate) struct Catenator {
    /// Words so far.
    words: usize,
    /// The words that may be one.
    open: Option<Open>,
    /// A word in capitals that is a common one without them, until the word behind it is known.
    acronym: Option<(usize, Span)>,
    /// The last word has a small letter.
    small: bool,
    term: String,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    first: usize,
    span: Span,
    pieces: usize,
    joint: Joint,
    /// The last piece.
    last: Span,
}

/// What joins words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    None,
    Hyphen,
    Stop,
    Figures,
}

impl Catenator {
    /// Takes the next word of `text`; calls `each` with what it ends.
    #[inline]
    pub(crate) fn take(&mut self, text: &str, word: Word<'_>, each: &mut impl FnMut(Catenation<'_>)) {
        let number = self.words;
        self.words += 1;
        // Nearly every word: a blank before it, and the word before stands alone.
        if let Some(open) = &mut self.open {
            match joint(text, open, word.span) {
                Some(joint) => {
                    open.joint = joint;
                    open.pieces += 1;
                    open.span.end = word.span.end;
                    open.last = word.span;
                }
                None => self.end(text, each),
            }
        }
        self.acronym(text, number, word, each);
        if self.open.is_none() {
            let span = word.span;
            self.open = Some(Open { first: number, span, pieces: 1, joint: Joint::None, last: span });
        }
    }

    /// The text is over.
    pub(crate) fn close(&mut self, text: &str, each: &mut impl FnMut(Catenation<'_>)) {
        self.end(text, each);
        if let Some((first, span)) = self.acronym.take().filter(|_| self.small) {
            self.capitals(text, first, span, each);
        }
        *self = Catenator::default();
    }

    /// Ends the words that may be one.
    fn end(&mut self, text: &str, each: &mut impl FnMut(Catenation<'_>)) {
        let Some(open) = self.open.take() else { return };
        self.term.clear();
        let span = match open.joint {
            Joint::None => signed(text, open.span, &mut self.term),
            joint => joined(text, open, joint, &mut self.term),
        };
        if let Some(span) = span {
            each(Catenation { first: open.first, span, term: &self.term });
        }
    }

    /// Looks whether `word` is an acronym, and whether the one before it was: a line in capitals throughout has none.
    #[inline]
    fn acronym(&mut self, text: &str, number: usize, word: Word<'_>, each: &mut impl FnMut(Catenation<'_>)) {
        let written = word.span.of(text);
        let small = written.chars().any(char::is_lowercase);
        if let Some((first, span)) = self.acronym.take()
            && (self.small || small)
        {
            self.capitals(text, first, span, each);
        }
        if !small && is_acronym(written, word.folded) {
            self.acronym = Some((number, word.span));
            // What stands before it counts until the word behind it is known.
            return;
        }
        self.small = small;
    }

    fn capitals(&mut self, text: &str, first: usize, span: Span, each: &mut impl FnMut(Catenation<'_>)) {
        self.term.clear();
        self.term.push(CAPITALS);
        fold_into(span.of(text), &mut self.term);
        each(Catenation { first, span, term: &self.term });
    }
}

/// True for a word in capitals that is a common word without them: `US`, `IT`, `WHO`.
pub(crate) fn is_acronym(written: &str, folded: &str) -> bool {
    ACRONYMS.contains(&folded) && written.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What joins the word at `next` to those that are `open`.
#[inline]
fn joint(text: &str, open: &Open, next: Span) -> Option<Joint> {
    let between = text.get(open.last.end as usize..next.start as usize)?;
    // A blank stands between most words.
    if between == " " {
        return None;
    }
    let mut signs = between.chars();
    let (sign, None) = (signs.next()?, signs.next()) else { return None };
    let fits = |joint: Joint| open.joint == Joint::None || open.joint == joint;
    let (before, after) = (open.last.of(text), next.of(text));
    match sign {
        '-' | '\u{2010}' | '\u{2011}' if fits(Joint::Hyphen) => Some(Joint::Hyphen),
        '.' if fits(Joint::Stop) && is_letter(before) && is_letter(after) => Some(Joint::Stop),
        ',' | '.' | '\'' | '’' | '٬' | '\u{A0}' | '\u{2009}' | '\u{202F}'
            if fits(Joint::Figures) && is_group(after) && is_figures(before) && before.chars().count() <= 3 =>
        {
            Some(Joint::Figures)
        }
        _ => None,
    }
}

fn is_letter(piece: &str) -> bool {
    let mut letters = piece.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

fn is_figures(piece: &str) -> bool {
    piece.chars().all(char::is_numeric)
}

/// True for three figures, as stand behind the sign that parts thousands.
fn is_group(piece: &str) -> bool {
    piece.chars().count() == 3 && is_figures(piece)
}

/// The term of words that are joined, put into `term`, and their span; `None` where they are not one word.
fn joined(text: &str, open: Open, joint: Joint, term: &mut String) -> Option<Span> {
    if open.pieces > if joint == Joint::Hyphen { MOST_WORDS } else { MOST_PIECES } {
        return None;
    }
    // `3-4` is a score.
    let whole = open.span.of(text);
    let has_letter = whole.chars().any(char::is_alphabetic);
    if joint == Joint::Hyphen && (!has_letter || whole.chars().any(is_cjk)) {
        return None;
    }
    term.push(if joint == Joint::Stop { INITIALS } else { JOINED });
    let mut span = open.span;
    for piece in whole.split(|c: char| !c.is_alphanumeric() && !is_mark(c)) {
        fold_into(piece, term);
    }
    // The last full stop belongs to initials.
    if joint == Joint::Stop && text[span.end as usize..].starts_with('.') {
        span.end += 1;
    }
    Some(span)
}

/// True for what stands on a letter and is folded with it.
fn is_mark(c: char) -> bool {
    // Combining marks of all scripts are no letters, no figures, no signs of ASCII and no punctuation that joins.
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// The term of a word with signs that belong to it, put into `term`, and its span with them; `None` for a plain word.
#[inline]
fn signed(text: &str, word: Span, term: &mut String) -> Option<Span> {
    let (bytes, start, end) = (text.as_bytes(), word.start as usize, word.end as usize);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    let behind = bytes.get(end).copied();
    if let Some(sign @ (b'#' | b'@')) = before {
        // `user@example.com` and `a#b` are no handle and no tag.
        let alone = text[..start - 1].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"&/#@".contains(c));
        return alone.then(|| {
            term.push(JOINED);
            term.push(char::from(sign));
            fold_into(word.of(text), term);
            Span { start: word.start - 1, end: word.end }
        });
    }
    let length = match (behind?, bytes.get(end + 1)) {
        (b'+', Some(b'+')) => 2,
        (b'+' | b'#', _) => 1,
        _ => return None,
    };
    let signs = &text[end..end + length];
    let ends = text[end + length..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !"+#".contains(c));
    ends.then(|| {
        term.push(JOINED);
        fold_into(word.of(text), term);
        term.push_str(signs);
        Span { start: word.start, end: word.end + length as u32 }
    })
}

/// The catenations of `text`: their spans in it and their terms.
pub(crate) fn catenations_of(text: &str) -> Vec<(Span, String)> {
    let (mut catenator, mut out) = (Catenator::default(), Vec::new());
    let mut each = |found: Catenation<'_>| out.push((found.span, found.term.to_owned()));
    super::words(text).for_each_word(|word| catenator.take(text, word, &mut each));
    catenator.close(text, &mut each);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_with_signs_are_one_term() {
        crate::text::tests::table(
            "The leaked e-mail ==> e-mail =email
             Two B-52s and a MiG\u{2011}29 ==> B-52s =b52s|MiG\u{2011}29 =mig29
             a three-two-one count ==> three-two-one =threetwoone
             state-of-the-art ==>
             a-b-c-d-e-f and g-h ==> g-h =gh
             A.B.C.D.E.F.G.H. ==>
             a 3-2 win ==>
             Tariffs of the U.S. on U.S.-made tins ==> U.S. .us|U.S. .us
             J. R. R. Tolkien ==>
             J.R.R. Tolkien ==> J.R.R. .jrr
             1,000 km and 1.234.567 or 12\u{A0}500 or 1’000 ==> 1,000 =1000|1.234.567 =1234567|12\u{A0}500 =12500|1’000 =1000
             1,5 and 10,00 and 12,345,67 ==> 12,345 =12345
             in 2019,100 came ==>
             C++ and C#, not A+B ==> C++ =c++|C# =c#
             Disney+ shows ==> Disney+ =disney+
             #MeToo @NewsDesk x@y.org ==> #MeToo =#metoo|@NewsDesk =@newsdesk
             &#39; ##x ==>
             The US envoy told us ==> US &us
             HELP US NOW ==>
             the WHO ==> WHO &who
             WHO said ==> WHO &who
             北京-上海 ==>
             İlk-Əlavə ==> İlk-Əlavə =ilkelave
             со-автор ==> со-автор =соавтор",
            |text| {
                let found = catenations_of(text);
                found.iter().map(|(span, term)| format!("{} {term}", span.of(text))).collect::<Vec<_>>().join("|")
            },
        );
    }

    #[test]
    fn catenations_stand_at_their_first_word() {
        let (mut catenator, mut out) = (Catenator::default(), Vec::new());
        let text = "in an e-mail to US staff";
        let mut each = |found: Catenation<'_>| out.push(format!("{}{}", found.first, found.term));
        super::super::words(text).for_each_word(|word| catenator.take(text, word, &mut each));
        catenator.close(text, &mut each);
        assert_eq!(out.join(" "), "2=email 5&us");
    }

    proptest! {
        #[test]
        fn catenations_lie_in_the_text(text in "([aB1İß北.,'’#@+&_ \u{301}\u{2011}\u{A0}-]|\\PC){0,40}") {
            for (span, term) in catenations_of(&text) {
                prop_assert!(text.get(span.range()).is_some(), "{span:?}");
                prop_assert!(term.starts_with([JOINED, INITIALS, CAPITALS]));
                prop_assert!(!term.contains(['\t', '\n']));
            }
        }
    }
}
