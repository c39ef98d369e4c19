//! Texts of tests with their names marked: `Then {p Femke Terpstra} met {o NATO} in {l Geneva}.`

use std::fmt::Write as _;

use crate::annotate::gazetteer::{Candidates, Gazetteer};
use crate::annotate::names::{Label, Name, NameRule, Setting, Tokens, longest};

const LETTERS: [(char, Label); 4] =
    [('p', Label::Person), ('l', Label::Place), ('o', Label::Org), ('?', Label::Unknown)];

/// Where a name stands in a text, in bytes, and its label.
type Marked = (usize, usize, Label);

/// The text without its marks, and the names that were marked.
pub(in crate::annotate) fn read(marked: &str) -> (String, Vec<Marked>) {
    let (mut text, mut names) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, behind) = after.split_once('}').expect("a mark is closed");
        let (letter, surface) = name.split_once(' ').expect("a mark has a label");
        let letter = letter.chars().next();
        let label = LETTERS.iter().find(|(known, _)| Some(*known) == letter).expect("a label").1;
        names.push((text.len(), text.len() + surface.len(), label));
        text.push_str(surface);
        rest = behind;
    }
    text.push_str(rest);
    (text, names)
}

/// The marked names as a finder would give them, with the gazetteer's places.
pub(in crate::annotate) fn names(tokens: &Tokens<'_>, marked: &[Marked], setting: Setting) -> Vec<Name> {
    let at_byte = |byte: usize, end: bool| {
        let found = tokens.list.iter().position(|token| {
            let range = token.span.range();
            if end { range.end == byte } else { range.start == byte }
        });
        found.unwrap_or_else(|| panic!("a name begins and ends with a word: {} {byte}", tokens.text))
    };
    let name = |(start, end, label): &Marked| {
        let (start, end) = (at_byte(*start, false), at_byte(*end, true) + 1);
        let places = match longest(tokens, start, setting) {
            _ if *label != Label::Place => Candidates::default(),
            Some(found) if found.end == end => found.places,
            // A longer name begins there (`Lachin district`).
            _ => Gazetteer::embedded().find(&tokens.key(start, end)),
        };
        Name { start, end, label: *label, confidence: 0.7, rule: NameRule::Tagger, places, sex: None }
    };
    marked.iter().map(name).collect()
}

/// The text with `names` marked.
pub(in crate::annotate) fn shown(tokens: &Tokens<'_>, names: &[Name]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for name in names {
        let span = tokens.span(name.start, name.end);
        let letter = LETTERS.iter().find(|(_, label)| *label == name.label).map_or('!', |(letter, _)| *letter);
        out.push_str(&tokens.text[at..span.range().start]);
        let _ = write!(out, "{{{letter} {}}}", span.of(tokens.text));
        at = span.range().end;
    }
    out.push_str(&tokens.text[at..]);
    out
}

/// What `pass` makes of the names of a marked text in `lang`, marked again.
pub(in crate::annotate) fn after(
    marked: &str,
    lang: &str,
    pass: impl FnOnce(&Tokens<'_>, &mut Vec<Name>, Setting),
) -> String {
    let (text, given) = read(marked);
    let tokens = Tokens::new(&text);
    let setting = Setting::for_language(Some(lang));
    let mut names = names(&tokens, &given, setting);
    pass(&tokens, &mut names, setting);
    shown(&tokens, &names)
}
