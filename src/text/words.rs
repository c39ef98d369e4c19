//! Words: what the index and the query agree to call one.

use super::{Span, fold_into};

/// One word of a text: where it stands and its folded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Bytes of the text.
    pub span: Span,
    /// Folded form, never empty.
    pub folded: &'a str,
}

/// Steps through the words of a text without allocating per word.
///
/// A word is a longest run of letters, digits and marks. An apostrophe between two letters belongs to the word
/// and folds away with a following `s` (`Lachin's` is `lachin`, `d'Ivoire` is two words as readers type it).
/// Each Han, Kana, Thai, Lao, Khmer or Burmese character is a word of its own, so that a run of them is matched
/// as a phrase. Words longer than 80 bytes are cut there: they are data, not language.
#[derive(Debug)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
    folded: String,
}

/// The words of `text`.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, folded: String::new() }
}

const MAX_WORD_BYTES: usize = 80;

/// What a byte of UTF-8 is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A lower-case ASCII letter or a digit: folded already.
    Plain,
    /// An ASCII capital.
    Capital,
    /// Any other ASCII character.
    Sign,
    /// Part of a longer character.
    Odd,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Odd; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' => Class::Plain,
            b'A'..=b'Z' => Class::Capital,
            _ => Class::Sign,
        };
        byte += 1;
    }
    classes
};

/// The bytes with which words begin that are sought, and what the others are.
#[derive(Debug)]
pub(crate) struct FirstBytes([u8; 256]);

impl FirstBytes {
    const FIRST: u8 = 1;
    /// A letter or digit of ASCII.
    const INSIDE: u8 = 2;
    /// Not ASCII.
    const ODD: u8 = 4;

    /// No ASCII letter begins a word that is sought.
    pub(crate) fn none() -> FirstBytes {
        FirstBytes(CLASSES.map(|class| match class {
            Class::Plain | Class::Capital => FirstBytes::INSIDE,
            Class::Sign => 0,
            Class::Odd => FirstBytes::ODD,
        }))
    }

    /// Words that begin with this byte are sought too, if it is ASCII.
    pub(crate) fn add(&mut self, byte: u8) {
        self.0[usize::from(byte)] |= FirstBytes::FIRST;
    }

    /// True for the bytes that were added.
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte)] & FirstBytes::FIRST != 0
    }
}

impl Words<'_> {
    /// The next word, or `None` at the end. Lends its folded form until the next call.
    pub(crate) fn next_word(&mut self) -> Option<Word<'_>> {
        loop {
            let (span, plain) = self.next_piece()?;
            if plain {
                return Some(Word { span, folded: span.of(self.text) });
            }
            self.folded.clear();
            fold_into(span.of(self.text), &mut self.folded);
            if !self.folded.is_empty() {
                return Some(Word { span, folded: &self.folded });
            }
        }
    }

    /// Calls `each` with every word that is left.
    pub fn for_each_word(mut self, mut each: impl FnMut(Word<'_>)) {
        while let Some(word) = self.next_word() {
            each(word);
        }
    }

    /// The bytes of the next word; its folded form may be empty, in which case it is no word.
    pub(crate) fn next_span(&mut self) -> Option<Span> {
        self.next_piece().map(|(span, _)| span)
    }

    /// Moves to the next word that begins with one of the bytes `first` or with a letter that is not ASCII. False where
    /// there is none. The pieces of a word that is cut are passed over, all but the first.
    pub(crate) fn seek(&mut self, first: &FirstBytes) -> bool {
        let bytes = self.text.as_bytes();
        let mut before = self.at.checked_sub(1).map_or(0, |at| first.0[usize::from(bytes[at])]);
        for (at, byte) in bytes.iter().enumerate().skip(self.at) {
            let byte = first.0[usize::from(*byte)];
            // No branch a byte: few are first ones.
            if (byte & FirstBytes::FIRST & !(before >> 1)) | (byte & FirstBytes::ODD) != 0 && self.begins(at) {
                self.at = at;
                return true;
            }
            before = byte;
        }
        self.at = bytes.len();
        false
    }

    /// True when a word begins at byte `at`.
    fn begins(&self, at: usize) -> bool {
        let Some((before, rest)) = self.text.split_at_checked(at) else { return false };
        let Some(c) = rest.chars().next().filter(|c| is_word_char(*c)) else { return false };
        let mut before = before.chars().rev();
        let joins = |c: Option<char>| c.is_some_and(|c| is_word_char(c) && !is_cjk(c));
        match before.next() {
            Some(mark) if is_apostrophe(mark) => !(joins(before.next()) && possessive(rest)),
            mark => is_cjk(c) || !joins(mark),
        }
    }

    /// Where the words begin that are left.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// The words behind byte `at`, where one ends.
    pub(crate) fn behind(text: &str, at: usize) -> Words<'_> {
        Words { text, at, folded: String::new() }
    }

    /// The bytes of the next word, and whether they are their own folded form.
    fn next_piece(&mut self) -> Option<(Span, bool)> {
        // Most words are plain ASCII with a blank or a stop after them.
        let bytes = self.text.as_bytes();
        let class = |at: usize| bytes.get(at).map(|byte| CLASSES[usize::from(*byte)]);
        // Blanks and marks of ASCII, byte by byte: no character needs to be decoded.
        while class(self.at) == Some(Class::Sign) {
            self.at += 1;
        }
        let (mut end, mut plain) = (self.at, true);
        while let Some(class @ (Class::Plain | Class::Capital)) = class(end) {
            plain &= class == Class::Plain;
            end += 1;
            // A run without end is cut piece by piece, and must not be read to its end for each.
            if end - self.at > MAX_WORD_BYTES {
                break;
            }
        }
        match bytes.get(end) {
            _ if end - self.at > MAX_WORD_BYTES => Some((self.next_odd_span()?, false)),
            // Letters that are not ASCII and apostrophes need the careful reading.
            Some(b) if !b.is_ascii() || *b == b'\'' => Some((self.next_odd_span()?, false)),
            None if end == self.at => None,
            _ => {
                let start = std::mem::replace(&mut self.at, end);
                Some((Span::new(start, end), plain))
            }
        }
    }

    /// The next word, whatever its characters.
    fn next_odd_span(&mut self) -> Option<Span> {
        let text = self.text;
        let start = self.at + text[self.at..].find(is_word_char)?;
        let mut end = start;
        for (offset, c) in text[start..].char_indices() {
            if is_cjk(c) {
                if end == start {
                    end = start + offset + c.len_utf8();
                }
                break;
            }
            if is_word_char(c) {
                if offset >= MAX_WORD_BYTES {
                    break;
                }
                end = start + offset + c.len_utf8();
                continue;
            }
            if is_apostrophe(c) && possessive(&text[start + offset + c.len_utf8()..]) {
                self.at = start + offset + c.len_utf8() + 1;
                return Some(Span::new(start, end));
            }
            break;
        }
        self.at = end;
        Some(Span::new(start, end))
    }
}

/// True for `s` or `S` at the start of `rest` with no word character after it.
fn possessive(rest: &str) -> bool {
    rest.starts_with(['s', 'S']) && !rest[1..].starts_with(is_word_char)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}')
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Dashes, quotation marks and such: most of what is not ASCII in an English text, told without a table.
    if matches!(c, '\u{2010}'..='\u{205E}') {
        return false;
    }
    is_plain_letter(c)
        || c.is_alphanumeric()
        || matches!(c, '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{0640}')
        || matches!(c, '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{200C}' | '\u{200D}' | '\u{00AD}')
        || matches!(c, '\u{093C}' | '\u{094D}' | '\u{09CD}' | '\u{0A4D}' | '\u{0ACD}' | '\u{0BCD}' | '\u{0C4D}')
}

/// True for letters of the blocks that most texts are written in: no table is asked for them.
pub(crate) fn is_plain_letter(c: char) -> bool {
    match c {
        '×' | '÷' => false,
        // Latin, Cyrillic, Arabic.
        '\u{00C0}'..='\u{024F}' | '\u{0400}'..='\u{0481}' | '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' => true,
        _ => false,
    }
}

/// True for characters of scripts written without spaces between words.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_letters_are_letters() {
        assert!(('\0'..='\u{FFFF}').filter(|c| is_plain_letter(*c)).all(char::is_alphabetic));
    }

    fn folded(text: &str) -> String {
        let mut out = Vec::new();
        words(text).for_each_word(|word| out.push(word.folded.to_owned()));
        out.join("|")
    }

    #[test]
    fn words_are_cut_where_readers_expect() {
        for row in "Lachin's medal ==> lachin|medal
             Côte d’Ivoire ==> cote|d|ivoire
             don't ==> don|t
             COVID-19 in 2020 ==> covid|19|in|2020
             Kəlbəcər və Laçın ==> kelbecer|ve|lacin
             北京 news ==> 北|京|news
             می\u{200c}خواهم ==> ميخواهم
             co\u{ad}operate ==> cooperate
             aໆb ==> a|ໆ|b
             U.S. ==> u|s"
            .lines()
        {
            let (input, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            assert_eq!(folded(input), expected, "{input}");
        }
    }

    proptest! {
        #[test]
        fn words_are_sought_by_their_first_bytes(text in "([a-c' ’s北é]|\\PC){0,60}", letters in "[a-cs]{1,3}") {
            let mut first = FirstBytes::none();
            letters.bytes().for_each(|letter| first.add(letter));
            let mut all = Vec::new();
            let mut walk = words(&text);
            while let Some(span) = walk.next_span() {
                let byte = text.as_bytes()[span.start as usize];
                if !byte.is_ascii() || first.has(byte) {
                    all.push(span);
                }
            }
            let mut found = Vec::new();
            let mut walk = words(&text);
            while walk.seek(&first) {
                found.extend(walk.next_span());
            }
            prop_assert_eq!(found, all);
        }
    }

    proptest! {
        #[test]
        fn spans_lie_on_boundaries_and_in_order(text in "\\PC*") {
            let mut last = 0;
            words(&text).for_each_word(|word| {
                assert!(text.get(word.span.range()).is_some());
                assert!(word.span.start >= last && !word.span.is_empty());
                last = word.span.end;
            });
        }
    }
}
