//! Operators that librarians type and that are not built yet: each is noted and read as plain words.
//!
//! One row a form. What gets built moves from here into the grammar.

/// What a form does to the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Stands between two parts; left out.
    Between,
    /// Stands before a parenthesis; left out.
    Before,
    /// Marks a word, which stays.
    Mark,
}

/// A form that is recognised but not yet acted on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Later {
    pub(super) form: Form,
    /// How the note names it.
    shown: &'static str,
    recognise: fn(chunk: &str) -> bool,
}

const LATER: &[Later] = &[
    Later { form: Form::Between, shown: "w/5", recognise: |chunk| distance(chunk, &["w/", "near/", "adj/"]) },
    Later { form: Form::Between, shown: "pre/5", recognise: |chunk| distance(chunk, &["pre/"]) },
    Later { form: Form::Between, shown: "w/s", recognise: |chunk| chunk.eq_ignore_ascii_case("w/s") },
    Later { form: Form::Between, shown: "w/p", recognise: |chunk| chunk.eq_ignore_ascii_case("w/p") },
    Later { form: Form::Before, shown: "atleast3(x)", recognise: |chunk| counted(chunk, "atleast") },
    Later { form: Form::Before, shown: "first50(x)", recognise: |chunk| counted(chunk, "first") },
    Later { form: Form::Before, shown: "hlead(x)", recognise: |chunk| chunk.eq_ignore_ascii_case("hlead") },
    Later { form: Form::Before, shown: "caps(x)", recognise: |chunk| chunk.eq_ignore_ascii_case("caps") },
    Later { form: Form::Mark, shown: "=x", recognise: exact },
    Later { form: Form::Mark, shown: "x*", recognise: starred },
    Later { form: Form::Mark, shown: "x?z", recognise: questioned },
    Later { form: Form::Mark, shown: "x~1", recognise: fuzzy },
];

impl Later {
    /// What to tell the user.
    pub(super) fn note(&self) -> String {
        let instead = match self.form {
            Form::Between => "left out: the words on both sides are searched wherever they stand",
            Form::Before => "read as its words",
            Form::Mark => "read as the plain word",
        };
        format!("{} is not supported yet, {instead}", self.shown)
    }
}

/// The part of `chunk` that its words are taken from: without the distance of `x~1`.
pub(super) fn without_distance(chunk: &str) -> &str {
    if fuzzy(chunk) { chunk.split_once('~').map_or(chunk, |(word, _)| word) } else { chunk }
}

/// The row that `chunk` is a case of; `before_paren` says that an opening parenthesis follows at once.
pub(super) fn later(chunk: &str, before_paren: bool) -> Option<&'static Later> {
    LATER.iter().find(|row| (before_paren || row.form != Form::Before) && (row.recognise)(chunk))
}

/// A slop after a phrase, as in `"a b"~5`: its length in bytes, 0 where there is none.
pub(super) fn slop(rest: &str) -> usize {
    let Some(digits) = rest.strip_prefix('~') else {
        return 0;
    };
    1 + digits.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn counted(chunk: &str, name: &str) -> bool {
    let head = chunk.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    head && digits(&chunk[name.len()..])
}

fn distance(chunk: &str, heads: &[&str]) -> bool {
    heads.iter().any(|head| counted(chunk, head))
}

/// A star that touches a word.
fn starred(chunk: &str) -> bool {
    let mut last = ' ';
    for c in chunk.chars() {
        if (c == '*' && last.is_alphanumeric()) || (last == '*' && c.is_alphanumeric()) {
            return true;
        }
        last = c;
    }
    false
}

fn exact(chunk: &str) -> bool {
    chunk.strip_prefix('=').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// A question mark between two letters or digits, but not in an address.
fn questioned(chunk: &str) -> bool {
    let mut parts = chunk.split('?').peekable();
    while let Some(part) = parts.next() {
        let next = parts.peek();
        if part.ends_with(char::is_alphanumeric) && next.is_some_and(|next| next.starts_with(char::is_alphanumeric)) {
            return !chunk.contains("://");
        }
    }
    false
}

/// A tilde after a word, with at most a number behind it.
fn fuzzy(chunk: &str) -> bool {
    chunk
        .split_once('~')
        .is_some_and(|(word, rest)| word.ends_with(char::is_alphanumeric) && (rest.is_empty() || digits(rest)))
}
