//! Lines that are longer than the screen, broken at blanks: a terminal breaks them inside of words.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A hanging indent is at most so deep.
// Half of a narrow screen is left for the text.
const DEEPEST: usize = 36;
/// Columns that the names of facts have, with a blank behind them (`search show`, `search stats`).
const LABEL: usize = 10;

/// Output for a screen of `width` columns. Lines that fit go through as they are.
pub(crate) struct Folded<W: Write> {
    inner: W,
    width: usize,
    /// The line that has no end yet.
    line: Vec<u8>,
}

impl<W: Write> Folded<W> {
    /// Breaks what is longer than `width`.
    pub(crate) fn new(inner: W, width: usize) -> Folded<W> {
        Folded { inner, width, line: Vec::new() }
    }

    /// Writes what has no end of a line, and gives back what is below.
    pub(crate) fn finish(mut self) -> io::Result<W> {
        let rest = std::mem::take(&mut self.line);
        self.inner.write_all(fold(&String::from_utf8_lossy(&rest), self.width).as_bytes())?;
        Ok(self.inner)
    }
}

impl<W: Write> Write for Folded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let Some(piece) = piece.strip_suffix(b"\n") else {
                self.line.extend_from_slice(piece);
                continue;
            };
            self.line.extend_from_slice(piece);
            let line = std::mem::take(&mut self.line);
            self.inner.write_all(fold(&String::from_utf8_lossy(&line), self.width).as_bytes())?;
            self.inner.write_all(b"\n")?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A stretch of a line that is not broken.
struct Piece<'l> {
    text: &'l str,
    kind: Kind,
    /// A line may begin with it.
    opens: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No columns: a colour or a link.
    Escape,
    Blank,
    Word,
}

/// `line` in lines of `width` columns, as far as it has blanks to break at. What comes below hangs where the text of the
/// line begins behind its first column, if it has columns, else under its first word. Colours and links go on.
pub(crate) fn fold(line: &str, width: usize) -> String {
    if line.len() <= width {
        return line.to_owned();
    }
    let pieces = pieces(line);
    let shown = |piece: &Piece<'_>| if piece.kind == Kind::Escape { 0 } else { piece.text.width() };
    if pieces.iter().map(shown).sum::<usize>() <= width {
        return line.to_owned();
    }
    let longest = pieces.iter().filter(|piece| piece.kind == Kind::Word).map(shown).max().unwrap_or(0);
    // Less deep where a word would not fit behind it.
    let hang = hang(&pieces).min(DEEPEST).min(width / 2).min(width.saturating_sub(longest));
    let mut out = Broken { out: String::with_capacity(line.len() + 64), hang, colours: String::new(), link: None };
    // Blanks are written when it is known that a word of the same line follows.
    let (mut column, mut gap) = (0, 0);
    for (at, piece) in pieces.iter().enumerate() {
        match piece.kind {
            Kind::Escape => out.escape(piece.text),
            Kind::Blank => gap += piece.text.len(),
            Kind::Word => {
                if piece.opens && column > 0 && column + gap > hang && column + gap + whole(&pieces[at..]) > width {
                    out.line_break();
                    (column, gap) = (hang, 0);
                }
                out.out.extend(std::iter::repeat_n(' ', gap));
                column += std::mem::take(&mut gap);
                column = out.word(piece.text, (column, width));
            }
        }
    }
    out.out
}

/// Columns of the word that begins here: a part of it may have a colour of its own.
fn whole(pieces: &[Piece<'_>]) -> usize {
    let mut width = 0;
    for (at, piece) in pieces.iter().enumerate() {
        match piece.kind {
            Kind::Blank => break,
            Kind::Word if piece.opens && at > 0 => break,
            Kind::Word => width += piece.text.width(),
            Kind::Escape => {}
        }
    }
    width
}

/// What is written of a line that is broken.
struct Broken<'l> {
    out: String,
    hang: usize,
    /// The colours that are on.
    colours: String,
    /// The link that is open.
    link: Option<&'l str>,
}

/// Ends colours.
const RESET: &str = "\x1b[0m";
/// Ends a link (OSC 8).
const UNLINK: &str = "\x1b]8;;\x1b\\";

impl<'l> Broken<'l> {
    fn escape(&mut self, escape: &'l str) {
        if escape == RESET {
            self.colours.clear();
        } else if escape.starts_with("\x1b]8;") {
            self.link = Some(escape).filter(|escape| *escape != UNLINK);
        } else {
            self.colours.push_str(escape);
        }
        self.out.push_str(escape);
    }

    fn line_break(&mut self) {
        // Pagers take every line by itself, and an indent is not to be underlined.
        if !self.colours.is_empty() {
            self.out.push_str(RESET);
        }
        if self.link.is_some() {
            self.out.push_str(UNLINK);
        }
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.hang));
        self.out.push_str(self.link.unwrap_or(""));
        self.out.push_str(&self.colours);
    }

    /// A word, or a part of one; the column behind it. One that has no room on a line of its own is broken behind the
    /// slashes and signs of paths and addresses.
    fn word(&mut self, word: &str, (mut column, width): (usize, usize)) -> usize {
        if word.width() <= width.saturating_sub(self.hang) {
            self.out.push_str(word);
            return column + word.width();
        }
        for part in word.split_inclusive(['/', '&', '?', '=', '-', '_', '.', ',']) {
            if column + part.width() > width && column > self.hang {
                self.line_break();
                column = self.hang;
            }
            self.out.push_str(part);
            column += part.width();
        }
        column
    }
}

/// The pieces of `line`. Wide characters are words of their own: their scripts have no blanks.
fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    // Whether a line may be broken before what comes.
    let mut opens = true;
    while let Some(first) = rest.chars().next() {
        let (end, kind) = match first {
            '\x1b' => (escape_end(rest), Kind::Escape),
            ' ' => (rest.find(|c| c != ' ').unwrap_or(rest.len()), Kind::Blank),
            c if is_wide(c) => {
                // What closes a phrase or carries marks stays with the character before it.
                let end = rest[c.len_utf8()..]
                    .find(|c: char| c.is_alphanumeric() || c == ' ' || c == '\x1b' || is_opening(c));
                (end.map_or(rest.len(), |end| end + c.len_utf8()), Kind::Word)
            }
            c => {
                let end = rest[c.len_utf8()..].find(|c| c == ' ' || c == '\x1b' || is_wide(c));
                (end.map_or(rest.len(), |end| end + c.len_utf8()), Kind::Word)
            }
        };
        pieces.push(Piece { text: &rest[..end], kind, opens: opens || is_wide(first) });
        opens = match kind {
            Kind::Escape => opens,
            Kind::Blank => true,
            Kind::Word => is_wide(first),
        };
        rest = &rest[end..];
    }
    pieces
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

fn is_opening(c: char) -> bool {
    matches!(c, '「' | '『' | '（' | '《' | '〈' | '【' | '“' | '‘')
}

/// Where the escape sequence ends that `text` begins with.
fn escape_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let end = match bytes.get(1) {
        // Up to a letter.
        Some(b'[') => bytes.iter().skip(2).position(|byte| (0x40..=0x7E).contains(byte)).map(|at| at + 3),
        // Up to the string terminator.
        Some(b']') => text.find("\x1b\\").filter(|at| *at > 0).map(|at| at + 2),
        _ => None,
    };
    end.unwrap_or(1)
}

/// How deep what is broken off hangs.
fn hang(pieces: &[Piece<'_>]) -> usize {
    let (mut column, mut words, mut indent) = (0, 0, 0);
    let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    let mut named = false;
    for piece in pieces {
        match piece.kind {
            Kind::Escape => {}
            Kind::Word => {
                words += 1;
                named = words == 1 && is_name(piece.text);
                column += piece.text.width();
            }
            Kind::Blank => {
                let gap = piece.text.len();
                if words == 0 {
                    indent = gap;
                } else if (named && indent > 0 && column == LABEL) || (gap >= 2 && column + gap <= DEEPEST) {
                    return column + gap;
                }
                column += gap;
            }
        }
    }
    indent
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_at_blanks_and_hang_where_their_text_begins() {
        for (line, width, expected) in [
            ("a line that fits", 40, "a line that fits"),
            ("one two three four", 10, "one two|three four"),
            ("    one two three four", 16, "    one two|    three four"),
            ("      site The Courant of the hills", 24, "      site The Courant|           of the hills"),
            ("     “Anar won the cup again”", 24, "     “Anar won the cup|     again”"),
            ("  2019  The Courant of the hills", 20, "  2019  The Courant|        of the hills"),
            ("see /srv/archive/2019/courant/a.html", 24, "see|/srv/archive/2019/|courant/a.html"),
            ("\x1b[1mone two three four\x1b[0m", 10, "\x1b[1mone two\x1b[0m|\x1b[1mthree four\x1b[0m"),
            ("one\x1b[1mtwo\x1b[0mthree four five", 12, "one\x1b[1mtwo\x1b[0mthree|four five"),
            ("新闻档案里的文章。", 8, "新闻档案|里的文|章。"),
        ] {
            assert_eq!(fold(line, width).replace('\n', "|"), expected, "{line}");
        }
    }

    #[test]
    fn pieces_of_a_line_are_one_line() {
        let mut out = Folded::new(Vec::new(), 10);
        for piece in ["one ", "two three", " four\nfive", " six"] {
            out.write_all(piece.as_bytes()).expect("memory takes everything");
        }
        assert_eq!(out.finish().expect("memory takes everything"), b"one two\nthree four\nfive six");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_word_is_broken(line in "( {0,3}[a-zəя。新]{1,9}){1,20}", width in 20_usize..60) {
            let folded = fold(&line, width);
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&folded), bare(&line));
            for line in folded.lines() {
                prop_assert!(line.width() <= width, "{:?}", line);
            }
        }
    }
}
