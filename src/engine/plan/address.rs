//! How people are addressed in a query: with a title (`Mr Smith`, `President Aliyev`, `Leyla xanım`), and with initials
//! (`I. Aliyev`). The index keeps people without their titles, and with the longest name that an article gives them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::lexicon::Lexicon;
use super::spellings::Person;
use crate::annotate::names::{Cues, is_title};
use crate::text::{fold, name_key};

/// Names that one initial stands for at most, those of most articles: each is one more phrase to look for.
const MOST_NAMES: usize = 32;

/// `name` without the titles around it; one word is left at least.
pub(super) fn untitled(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let bare = |word: &str| fold(word.trim_end_matches(['.', ',']));
    while words.len() > 1 && is_title(&bare(words[0])) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| Cues::embedded().titles_behind.has(&bare(word))) {
        words.pop();
    }
    words.join(" ")
}

/// True for a single letter of a script with capitals, which stands for a name that begins with it. In other scripts a
/// name may have one letter.
pub(super) fn is_initial(folded: &str) -> bool {
    let mut letters = folded.chars();
    letters.next().is_some_and(char::is_lowercase) && letters.next().is_none()
}

impl Person {
    /// Lets initials stand for the names that begin with them, of those people who bear the last word.
    pub(super) fn complete_initials<L: Lexicon>(&mut self, lexicon: &L) -> Result<(), L::Error> {
        // `Aliyev I.`: lists put the surname first.
        if let Some(at) = self.words.iter().rposition(|(folded, _)| !is_initial(folded)) {
            let behind = self.words.len() - 1 - at;
            self.words.rotate_right(behind);
        }
        let Some(((_, surnames), before)) = self.words.split_last_mut() else { return Ok(()) };
        if !before.iter().any(|(folded, _)| is_initial(folded)) {
            return Ok(());
        }
        let bearers = lexicon.bearers(surnames)?;
        for (at, (folded, keys)) in before.iter_mut().enumerate().filter(|(_, (folded, _))| is_initial(folded)) {
            for name in names_of(&bearers, (folded, at == 0), surnames) {
                if !keys.contains(&name) {
                    keys.push(name);
                }
            }
        }
        Ok(())
    }
}

/// The keys of names that begin with an initial, the most frequent first: of the first names of `bearers`, or of those
/// between the first and the last.
fn names_of(bearers: &BTreeMap<String, u64>, (initial, first): (&str, bool), surnames: &[String]) -> Vec<String> {
    let own = name_key(initial);
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (bearer, count) in bearers {
        let Some((key, name)) = bearer.split_once('\t') else { continue };
        let (take, skip) = if first { (1, 0) } else { (usize::MAX, 1) };
        let printed = first && fold(name).starts_with(initial);
        let begins = |word: &&str| (printed || word.starts_with(&own)) && !surnames.iter().any(|other| other == word);
        key.split(' ').skip(skip).take(take).filter(begins).for_each(|word| *counts.entry(word).or_default() += count);
    }
    let mut names: Vec<(&str, u64)> = counts.into_iter().collect();
    names.sort_by_key(|(_, count)| Reverse(*count));
    names.into_iter().take(MOST_NAMES).map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_no_part_of_a_name() {
        for (name, expected) in [
            ("Mr Aliyev", "Aliyev"),
            ("mr. aliyev", "aliyev"),
            ("President Ilham Aliyev", "Ilham Aliyev"),
            ("Prime Minister Ali Asadov", "Ali Asadov"),
            ("former Foreign Minister Mammadyarov", "Mammadyarov"),
            ("Bundeskanzlerin Merkel", "Merkel"),
            ("Frau Dr. Weber", "Weber"),
            ("президент Алиев", "Алиев"),
            ("госпожа Мамедова", "Мамедова"),
            ("Prezident İlham Əliyev", "İlham Əliyev"),
            ("Leyla xanım", "Leyla"),
            ("Cumhurbaşkanı Gül", "Gül"),
            ("presidente Ruiz", "Ruiz"),
            ("Judge Marlow", "Marlow"),
            // A given name, and a title alone.
            ("Don Marlow", "Don Marlow"),
            ("President", "President"),
            ("Anar Aliyev", "Anar Aliyev"),
            ("Stephen King", "Stephen King"),
        ] {
            assert_eq!(untitled(name), expected, "{name}");
        }
    }

    #[test]
    fn an_initial_is_one_letter_with_a_capital() {
        for (folded, expected) in
            [("i", true), ("и", true), ("e", true), ("al", false), ("7", false), ("毛", false), ("م", false)]
        {
            assert_eq!(is_initial(folded), expected, "{folded}");
        }
    }

    #[test]
    fn an_initial_stands_for_the_names_of_bearers() {
        let bearers = [
            ("ilham aliev\tIlham Aliyev", 7),
            ("igor aliev\tИгорь Алиев", 9),
            ("anar ilham aliev\tAnar Ilham Aliyev", 1),
            ("aliev\tAliyev", 5),
        ];
        let bearers = bearers.map(|(bearer, count)| (bearer.to_owned(), count)).into();
        let names = |initial, first| names_of(&bearers, (initial, first), &["aliev".to_owned()]).join(" ");
        assert_eq!(names("i", true), "igor ilham");
        assert_eq!(names("i", false), "ilham");
        assert_eq!(names("a", true), "anar");
        assert_eq!(names("x", true), "");
    }
}
