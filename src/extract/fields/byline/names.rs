//! What is a name, and what stands beside names in a credit.

use std::sync::OnceLock;

use regex::Regex;
use rustc_hash::FxHashSet;

use crate::extract::html::value_text::one_line;
use crate::extract::tables::{BYLINES, DATES};
use crate::text::word_lists::{Phrase, WordLists};

/// The words of `data/extract/bylines.txt`, and those beside dates.
struct BylineWords {
    /// Beginnings that introduce an author wherever they stand.
    by: Vec<Phrase>,
    /// Beginnings that do so only in what is known to be a byline: elsewhere they begin names and headlines.
    by_in_bylines: Vec<Phrase>,
    /// What stands between the words for what somebody did and the name.
    done_by: Vec<Phrase>,
    /// What begins the credit of somebody who did not write the text.
    other_hands: Vec<Phrase>,
    between_names: Vec<Phrase>,
    cut_before: Vec<Phrase>,
    roles_after: FxHashSet<Phrase>,
    role_begins: FxHashSet<Phrase>,
    particles: FxHashSet<Phrase>,
    suffixes: FxHashSet<Phrase>,
    degrees: FxHashSet<Phrase>,
    towns: FxHashSet<Phrase>,
    never: FxHashSet<Phrase>,
    never_alone: FxHashSet<Phrase>,
    /// Parts of words of labels, those beside dates among them.
    labels: Option<Regex>,
    outlet: FxHashSet<Phrase>,
    institution: FxHashSet<Phrase>,
    no_one: FxHashSet<Phrase>,
    date_words: FxHashSet<Phrase>,
    given: FxHashSet<Phrase>,
}

fn words() -> &'static BylineWords {
    static WORDS: OnceLock<BylineWords> = OnceLock::new();
    WORDS.get_or_init(|| {
        let table = WordLists::parse(BYLINES);
        let dates = WordLists::parse(DATES);
        let labels = ["published", "changed"].iter().flat_map(|list| dates.phrases(list)).chain(table.phrases("label"));
        let labels = Regex::new(&labels.map(|label| regex::escape(&label)).collect::<Vec<_>>().join("|")).ok();
        // The pattern is one of plain words: it cannot fail.
        debug_assert!(labels.is_some(), "the labels make no pattern");
        BylineWords {
            by: table.phrases("by"),
            by_in_bylines: table.phrases("by in bylines"),
            done_by: table.phrases("done by"),
            other_hands: table.phrases("other hands"),
            between_names: table.phrases("between names"),
            cut_before: table.phrases("cut before"),
            roles_after: table.phrase_set("role after a name"),
            role_begins: table.phrase_set("role begins"),
            particles: table.phrase_set("particle"),
            suffixes: table.phrase_set("suffix"),
            degrees: table.phrase_set("degree"),
            towns: table.phrase_set("town of several words"),
            never: table.phrase_set("never in a name"),
            never_alone: table.phrase_set("never in a name that stands alone"),
            labels,
            outlet: table.phrase_set("outlet"),
            institution: table.phrase_set("institution"),
            no_one: table.phrase_set("no one"),
            date_words: table.phrase_set("date word"),
            given: table.phrase_set("given name"),
        }
    })
}

/// The names in a line of plain text that credits them and says nothing else: `By Jo Berg and Anna Holm`; empty for any other
/// line. Of the words that introduce an author only those count that begin no name and no headline.
pub(crate) fn signature(line: &str) -> Vec<String> {
    let line = line.trim();
    let lower = line.to_lowercase();
    let is_one = words().by.iter().any(|mark| lower.starts_with(&**mark));
    let names: Vec<String> = if is_one { split(line).iter().map(|name| tidy(name)).collect() } else { Vec::new() };
    let people: Vec<String> = names.iter().filter(|name| is_person_like(name)).cloned().collect();
    // A role or a town after the names is dropped, a sentence is none.
    // Fourteen words hold four names.
    if people.is_empty() || line.ends_with(['.', '!', '?']) || line.split_whitespace().count() > 14 {
        return Vec::new();
    }
    people
}

/// Splits a credit of several names; towns, degrees and addresses beside them go.
pub(super) fn split(line: &str) -> Vec<String> {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = without_by(&line);
    let line = after_deed(line).unwrap_or(line);
    let mut out: Vec<String> = Vec::new();
    for group in parted(line) {
        let pieces: Vec<&str> = group.split(", ").map(|piece| piece.trim_matches([' ', ','])).collect();
        match pieces[..] {
            [family, given] if is_one_word(family) && is_one_word(given) => out.push(format!("{given} {family}")),
            _ => pieces.into_iter().for_each(|piece| add_piece(&mut out, piece)),
        }
    }
    // An address beside a name says nothing that the name does not.
    let named = out.iter().any(|part| !part.is_empty() && !is_mail(part));
    out.retain(|part| !(part.is_empty() || named && is_mail(part)));
    if let Some(at) = out.iter().position(|part| begins_with_any(part, &words().other_hands)) {
        out.truncate(at);
    }
    out
}

/// Takes in what stands between two commas, unless it belongs to the name before it.
fn add_piece(out: &mut Vec<String>, piece: &str) {
    let word = bare(piece);
    // Behind a full name or an outlet, a word by itself is a town or a degree: two people are given alike.
    let is_whole =
        out.last().is_some_and(|name| name.contains(' ') || is_host(name) || is_body(&crate::text::fold(name)));
    let is_beside = is_one_word(piece)
        || words().towns.contains(crate::text::fold(piece).as_str())
        || words().degrees.contains(word.as_str());
    match out.last_mut() {
        Some(name) if words().suffixes.contains(word.as_str()) => {
            name.push_str(", ");
            name.push_str(piece);
        }
        Some(_) if is_whole && is_beside => {}
        _ => out.push(piece.to_owned()),
    }
}

/// A mail address.
pub(super) fn is_mail(part: &str) -> bool {
    part.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// The host of a site in place of a name: `herald.example`.
pub(super) fn is_host(part: &str) -> bool {
    let is_label = |label: &str| label.len() >= 2 && label.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    part.rsplit_once('.').is_some_and(|(host, top)| is_label(top) && host.split('.').all(is_label))
}

/// A word with a capital and no other sign: a given name, a family name, a town.
fn is_one_word(piece: &str) -> bool {
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    let signs = piece.chars().filter(|c| !matches!(c, '\'' | '’' | '-' | '.')).count();
    piece.starts_with(char::is_uppercase) && letters >= 2 && letters == signs && !is_body(&crate::text::fold(piece))
}

/// The parts of a line between the words and marks that stand between two names; the name of an institution stays whole.
fn parted(line: &str) -> Vec<&str> {
    let parts = words().between_names.iter().fold(vec![line], |parts, mark| {
        let is_word = mark.chars().any(char::is_alphabetic);
        let cut = |part| if is_word && is_institution(part) { vec![part] } else { split_at(part, mark) };
        parts.into_iter().flat_map(cut).map(str::trim).collect()
    });
    parts.into_iter().flat_map(at_slashes).collect()
}

/// The parts of a credit between strokes with letters on both sides: `Jo Berg/dpa`.
fn at_slashes(part: &str) -> Vec<&str> {
    // An address has strokes of its own, and so has what stands in brackets.
    if part.contains("//") || part.contains("www.") || part.contains(['(', '[']) || part.split('/').any(is_host) {
        return vec![part];
    }
    let mut out = Vec::new();
    let mut from = 0;
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    for (at, _) in part.match_indices('/') {
        if is_letter(part[from..at].chars().next_back()) && is_letter(part[at + 1..].chars().next()) {
            out.push(&part[from..at]);
            from = at + 1;
        }
    }
    out.push(&part[from..]);
    out
}

/// Splits at a mark. Words of three letters and more are found in capitals, too: shorter ones are initials then.
fn split_at<'l>(part: &'l str, mark: &str) -> Vec<&'l str> {
    let lower = part.to_lowercase();
    if mark.trim().chars().count() < 3 || lower.len() != part.len() {
        return part.split(mark).collect();
    }
    let mut out = Vec::new();
    let mut from = 0;
    for (at, found) in lower.match_indices(mark).filter(|(at, _)| part.is_char_boundary(*at)) {
        if part.is_char_boundary(at + found.len()) {
            out.push(&part[from..at]);
            from = at + found.len();
        }
    }
    out.push(&part[from..]);
    out
}

/// A line without the words that introduce an author.
pub(super) fn without_by(line: &str) -> &str {
    let mut line = line.trim();
    loop {
        let lower = line.to_lowercase();
        let mut marks = words().by.iter().chain(&words().by_in_bylines);
        let Some(mark) = marks.find(|mark| lower.starts_with(&***mark)) else { return line };
        if lower.len() != line.len() {
            return line;
        }
        line = line[mark.len()..].trim_start();
    }
}

/// What stands behind the words for what somebody did: `Recueilli par Jean Dupont`, `Im Wortlaut von Anna Holm`.
fn after_deed(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() || begins_with_any(line, &words().other_hands) {
        return None;
    }
    words().done_by.iter().find_map(|mark| {
        let at = lower.find(&**mark)?;
        let (before, after) = (line.get(..at)?, line.get(at + mark.len()..)?.trim_start());
        // `Hans Georg von Anna`: two words with capitals are a name, one is a given name; five words are a sentence.
        let deed = before.split_whitespace().count();
        let is_deed = !mark.contains("von") || deed >= 2;
        let name = tidy(parted(after).first()?);
        // Behind a comma begins the credit of another.
        ((1..=4).contains(&deed) && is_deed && !before.contains(',') && !stands_alone(before) && is_person_like(&name))
            .then_some(after)
    })
}

/// Whether a line ends with the words that begin the credit of somebody who did not write the text.
pub(super) fn ends_with_other_hand(line: &str) -> bool {
    let lower = line.trim_end().trim_end_matches(':').to_lowercase();
    words().other_hands.iter().any(|mark| {
        let before = lower.strip_suffix(mark.trim_end().trim_end_matches([':', ' ']));
        before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })
}

fn begins_with_any(line: &str, marks: &[Phrase]) -> bool {
    let lower = line.trim_start().to_lowercase();
    marks.iter().any(|mark| lower.starts_with(&**mark))
}

/// A name without what is written beside it: brackets, handles, dates, degrees, roles after a dash.
pub(super) fn tidy(name: &str) -> String {
    let name = before_marks(without_by(name));
    // A date that follows the name.
    let digit = name.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 3);
    let name = digit.map_or(name, |at| name[..at].trim_end());
    let mut parts: Vec<&str> = name.split_whitespace().collect();
    while digit.is_some() && parts.last().is_some_and(|word| is_date_word(word)) {
        parts.pop();
    }
    while parts.len() > 2 && parts.last().is_some_and(|word| is_degree(word)) {
        parts.pop();
    }
    // `News Staff` and `Executive Editor` without their role would be other names; Korean names are one word.
    let is_role = parts.first().is_some_and(|word| opens_role(word));
    while !is_role
        && parts.last().is_some_and(|word| is_role_word(word))
        && (parts.len() > 2 || parts.len() == 2 && !parts[0].is_ascii())
    {
        parts.pop();
    }
    if let Some(at) = (2..parts.len()).find(|at| opens_role(parts[*at])) {
        parts.truncate(at);
    }
    let name = parts.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    crate::text::nfc(without_stop(name)).into_owned()
}

/// The name of an outlet, a desk or an institution: all that is written, for its words are those that end the name of a person.
pub(super) fn tidy_outlet(name: &str) -> String {
    let name = without_by(name);
    let name = name.split(", ").next().filter(|first| is_host(first)).unwrap_or(name);
    let name = if is_institution(name) { name } else { before_marks(name) };
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')');
    one_line(without_stop(name))
}

/// A name without the full stop of its line; initials and suffixes have one of their own.
fn without_stop(name: &str) -> &str {
    let last = name.rsplit(' ').next().unwrap_or("");
    let is_own = last.trim_end_matches('.').chars().count() < 2 || words().suffixes.contains(bare(last).as_str());
    if is_own || last.matches('.').count() > 1 { name } else { name.trim_end_matches('.') }
}

/// A word without its points, folded: `Ph.D.` is `phd`.
fn bare(word: &str) -> String {
    let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    crate::text::fold(&letters)
}

/// A degree is written with capitals or points: `MS`, `PhD`, `m.d.`; `Ma` is a name.
fn is_degree(word: &str) -> bool {
    let is_marked = word.chars().filter(|c| c.is_uppercase() || *c == '.').count() >= 2;
    is_marked && words().degrees.contains(bare(word).as_str())
}

/// What stands before the first mark or word that ends a name.
fn before_marks(name: &str) -> &str {
    let name = name.split(['(', '|', '•', '·', '@', '[', '/', '<']).next().unwrap_or("");
    let first = |name: &'_ str, mark: &str| match split_at(name, mark)[..] {
        // `Jojo - Jo Berg`: an alias and its name.
        [alias, name] if is_one_word(alias) && stands_alone(name) => alias.len() + mark.len() + name.len(),
        [first, ..] => first.len(),
        [] => 0,
    };
    let name = words().cut_before.iter().fold(name, |name, mark| &name[..first(name, mark)]);
    // `Jo Berg. Drawings`: a sentence ends, which no initial does.
    let ends = name.match_indices(". ").find(|(at, _)| {
        let word = name[..*at].rsplit(' ').next().unwrap_or("");
        word.chars().count() > 3 && *at > word.len()
    });
    ends.map_or(name, |(at, _)| &name[..at])
}

fn is_date_word(word: &str) -> bool {
    let folded = crate::text::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    folded.is_empty() || !crate::date::names::lookup(&folded).is_empty() || words().date_words.contains(folded.as_str())
}

fn is_role_word(word: &str) -> bool {
    let folded = crate::text::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    words().roles_after.contains(folded.as_str())
}

/// Whether the word begins a role or an outlet: `Jo Berg Senior Reporter`, `Jo Berg The Ostmark Herald`.
fn opens_role(word: &str) -> bool {
    words().role_begins.contains(crate::text::fold(word).as_str())
}

/// Whether the text can be the name under which somebody writes: one or two words.
pub(super) fn is_alias(name: &str) -> bool {
    name.split_whitespace().count() <= 2
        && is_name(name)
        && !has_stop_word(name)
        && !name.chars().any(|c| "?!:%$€".contains(c))
}

/// Whether the text can be a name at all.
pub(super) fn is_name(name: &str) -> bool {
    let count = name.chars().count();
    let words = name.split_whitespace().count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    // Long names of desks have seven words; more figures are a date or a telephone number.
    (2..=60).contains(&count) && words <= 7 && digits <= 2 && !name.contains("http") && !name.contains("www.")
}

/// Whether a credit is an unfilled field, or a role that names nobody.
pub(super) fn is_no_one(folded: &str) -> bool {
    words().no_one.contains(folded)
}

/// Whether the text looks like a person's name: two to five words with capitals, no word that names have not.
pub(super) fn is_person_like(name: &str) -> bool {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let first = name.chars().next().unwrap_or(' ');
    if crate::text::is_cjk(first) {
        // Names in Han letters have two to four, with a role up to six.
        return parts.len() <= 2 && name.chars().count() <= 6 && !is_label(name);
    }
    let cased = first.is_lowercase() || first.is_uppercase();
    let capital =
        |word: &&str| word.starts_with(char::is_uppercase) || words().particles.contains(word.to_lowercase().as_str());
    (2..=5).contains(&parts.len())
        // The longest names with particles.
        && name.chars().count() <= 45
        && !name.chars().any(|c| c.is_numeric() || matches!(c, '?' | '!' | ':' | '：' | '"' | '%' | '$' | '€'))
        && (!cased || (parts.iter().all(capital) && first.is_uppercase()))
        && !has_stop_word(name)
        && !is_label(name)
        && !parts.iter().any(|word| is_month(word))
}

/// Whether a name that no word and no element introduces can be one: no word in it that labels have more often than names.
pub(super) fn stands_alone(name: &str) -> bool {
    let folded = crate::text::fold(name);
    is_person_like(name)
        && !folded.split(|c: char| !c.is_alphanumeric()).any(|word| words().never_alone.contains(word))
        && !is_body(&folded)
}

/// Whether a line that nothing but its place makes a credit is a name: it begins with a common given name or, in Han letters, has as
/// many as names have.
pub(super) fn is_known_person(name: &str) -> bool {
    let folded = crate::text::fold(name);
    let is_han = |c: char| matches!(c, '\u{4E00}'..='\u{9FFF}');
    let given = folded.split(' ').next().unwrap_or("");
    let is_given = words().given.contains(given) || words().given.contains(given.split('-').next().unwrap_or(""));
    stands_alone(name) && (is_given || name.chars().all(is_han) && (3..=4).contains(&name.chars().count()))
}

/// Whether a word is in the text that buttons and labels have and names have not.
fn has_stop_word(name: &str) -> bool {
    let folded = crate::text::fold(name);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| words().never.contains(word))
}

/// Whether the text is the label of a date or of a list.
pub(super) fn is_label(name: &str) -> bool {
    words().labels.as_ref().is_some_and(|labels| labels.is_match(&name.to_lowercase()))
}

fn is_month(word: &str) -> bool {
    let folded = crate::text::fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    // Shorter ones are names as well: May, Mai, Jan.
    folded.chars().count() > 4
        && !crate::date::names::lookup(&folded).is_empty()
        // Given names, too.
        && !matches!(folded.as_str(), "april" | "august")
}

/// Whether the words speak of a desk, a role, a company or an institution rather than of a person.
pub(super) fn is_body(folded: &str) -> bool {
    let parts: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // `de` in the middle is a particle, at the end a domain.
    let is_body = |word: &str| words().outlet.contains(word) || words().institution.contains(word);
    parts.first() == Some(&"the")
        || parts.iter().enumerate().any(|(at, word)| is_body(word) && (*word != "de" || at + 1 == parts.len()))
}

/// Whether the text is the name of an institution, which may hold the words that stand between two people.
pub(super) fn is_institution(name: &str) -> bool {
    let folded = crate::text::fold(name);
    folded.split(|c: char| !c.is_alphanumeric()).any(|word| words().institution.contains(word))
}
