//! Names that history or habit changed, not spelling: Tbilisi was Tiflis, and Volodymyr is Vladimir to others.
//!
//! The table is `data/names/aliases.tsv`: a row is one place or one given name, its cells what it is called.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{fold, name_key};

static TABLE: &str = include_str!("../../data/names/aliases.tsv");

/// Names, row by row: those of one row are names of one bearer.
#[derive(Debug, Default)]
pub struct Aliases {
    rows: Vec<Vec<String>>,
    /// Numbers of rows by the keys of their names; a key may stand in several.
    by_key: HashMap<String, Vec<usize>>,
}

/// A first cell that says what the names are of.
const KINDS: [&str; 3] = ["place", "given", "person"];
/// Rows that are read: users may bring a table of their own, which is held in memory.
const MAX_ROWS: usize = 100_000;
/// Names of a row that are read.
const MAX_NAMES: usize = 50;

impl Aliases {
    /// The table of the program.
    pub(crate) fn builtin() -> &'static Aliases {
        static ONE: OnceLock<Aliases> = OnceLock::new();
        ONE.get_or_init(|| Aliases::read(TABLE).0)
    }

    /// Reads a table: a row a line, names separated by tabs, two at least; lines that are empty or begin with `#` say
    /// nothing, and a first cell `place`, `given` or `person` is no name. Also returns what is wrong, each with the
    /// number of its line, from 1; such lines are left out.
    pub fn read(text: &str) -> (Aliases, Vec<(usize, &'static str)>) {
        let mut aliases = Aliases::default();
        let mut wrong = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells: Vec<&str> = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
            if cells.first().is_some_and(|first| KINDS.contains(first)) {
                cells.remove(0);
            }
            cells.truncate(MAX_NAMES);
            match cells.len() {
                _ if aliases.rows.len() == MAX_ROWS => {
                    wrong.push((number, "the table is full; this line and those after it are not read"));
                    break;
                }
                0 | 1 => wrong.push((number, "a line holds two names at least, separated by tabs")),
                _ => aliases.add(&cells),
            }
        }
        (aliases, wrong)
    }

    fn add(&mut self, names: &[&str]) {
        let number = self.rows.len();
        for name in names {
            // By key, so that a row serves all spellings of its names.
            let numbers = self.by_key.entry(name_key(name)).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
        self.rows.push(names.iter().map(|name| (*name).to_owned()).collect());
    }

    /// The other names of the bearer of `name`, as the table prints them; none where it has no row.
    pub(crate) fn others<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let own = fold(name);
        let rows = self.by_key.get(&name_key(name)).into_iter().flatten();
        rows.flat_map(|row| &self.rows[*row]).map(String::as_str).filter(move |other| fold(other) != own)
    }
}

/// True when one row of the table holds both.
pub(super) fn share_a_row(a: &str, b: &str) -> bool {
    let rows = |key: &str| Aliases::builtin().by_key.get(key);
    match (rows(a), rows(b)) {
        (Some(a), Some(b)) => a.iter().any(|row| b.contains(row)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_is_known() {
        assert!(Aliases::builtin().others("Tiflis").any(|name| name == "Tbilisi"));
        assert!(Aliases::builtin().others("Степанакерт").any(|name| name == "Khankendi"));
        assert_eq!(Aliases::builtin().others("Springfield").count(), 0);
        assert_eq!(Aliases::read(TABLE).1, []);
    }

    #[test]
    fn a_table_is_read_and_what_is_wrong_in_it_is_told() {
        let (aliases, wrong) =
            Aliases::read("# ours\nThe Bay\tCorsair Bay\n\nlonely\nperson\tAnar Quliyev\tA. Guliyev\n\t\n");
        assert_eq!(aliases.others("the bay").collect::<Vec<_>>(), ["Corsair Bay"]);
        assert_eq!(aliases.others("Anar Guliyev").collect::<Vec<_>>(), ["Anar Quliyev", "A. Guliyev"]);
        assert_eq!(wrong.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4]);
    }
}
