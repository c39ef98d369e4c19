//! Abbreviations of states behind a town: `Arlington, Va.`, `TROY, N.C.`, `Miami, FL`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::annotate::gazetteer::{Entry, Gazetteer, PlaceKind};
use crate::annotate::names::{Gap, Name, Tokens};

const FILE: &str = include_str!("../../../data/names/states.tsv");

/// The states by their abbreviations, as the gazetteer has them.
fn states() -> &'static FxHashMap<&'static str, Entry> {
    static ONE: OnceLock<FxHashMap<&'static str, Entry>> = OnceLock::new();
    ONE.get_or_init(|| {
        let rows = FILE.lines().filter(|row| !row.starts_with('#'));
        rows.filter_map(|row| row.split_once('\t')).filter_map(|(short, name)| Some((short, state(name)?))).collect()
    })
}

/// The state or province of this name in the United States or Canada.
fn state(name: &str) -> Option<Entry> {
    let gazetteer = Gazetteer::embedded();
    let mut rows = gazetteer.find(name).filter_map(|candidate| gazetteer.row(candidate.row));
    rows.find(|entry| entry.record.kind == PlaceKind::Region && matches!(&entry.record.country, b"US" | b"CA"))
}

/// The state that an abbreviation behind the comma at token `at` means, and the token after it.
pub(super) fn state_at(tokens: &Tokens<'_>, at: usize) -> Option<(Entry, usize)> {
    let first = tokens.list.get(at).filter(|token| token.gap == Gap::Comma)?;
    let word = first.span.of(tokens.text);
    // The longest abbreviation has five letters.
    if !first.capital() || word.len() > 5 {
        return None;
    }
    // `N.C.`, `W.Va.`
    let second =
        tokens.list.get(at + 1).filter(|next| next.capital() && first.initial(tokens.text) && next.gap.joins());
    if let Some(second) = second {
        let both = format!("{word}{}", second.span.of(tokens.text));
        return states().get(both.as_str()).map(|entry| (*entry, at + 2));
    }
    let entry = *states().get(word)?;
    // In small letters only with its stop: `La` is an article, `Miss` a title.
    let stop = tokens.text[first.span.range().end..].starts_with('.');
    (stop || word.bytes().all(|byte| byte.is_ascii_uppercase())).then_some((entry, at + 1))
}

/// Takes out names that are the abbreviation of the state in which the town before them lies.
pub(crate) fn drop_states(tokens: &Tokens<'_>, names: &mut Vec<Name>) {
    names.retain(|name| {
        name.start == 0
            || name.end - name.start > 2
            || state_at(tokens, name.start).is_none_or(|(_, end)| end < name.end)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_abbreviation_has_its_state() {
        let rows = FILE.lines().filter(|row| !row.starts_with('#')).count();
        assert_eq!(states().len(), rows);
    }

    #[test]
    fn abbreviations_behind_a_comma_are_states() {
        for row in "Arlington, Va., and Leeds ==> Virginia
            Troy, N.C. — A fire ==> North Carolina
            Miami, FL is warm ==> Florida
            Ocala, La Palma ==> -
            Smith, Miss Brown ==> -
            Athens Ga. ==> -"
            .lines()
        {
            let (text, expected) = row.trim().split_once(" ==> ").expect("a row has ==>");
            let tokens = Tokens::new(text);
            let found = state_at(&tokens, 1).map_or("-", |(entry, _)| entry.name());
            assert_eq!(found, expected, "{text}");
        }
    }
}
