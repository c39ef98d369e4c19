//! Names that history or habit changed, not spelling: Tbilisi was Tiflis, and Volodymyr is Vladimir to others.
//!
//! The table is `data/names/aliases.tsv`: a row is one place or one given name, its cells what it is called.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{fold, name_key};

static TABLE: &str = include_str!("../../data/names/aliases.tsv");

struct Aliases {
    rows: Vec<Vec<&'static str>>,
    /// Numbers of rows by the keys of their names; a key may stand in several.
    by_key: HashMap<String, Vec<usize>>,
}

fn aliases() -> &'static Aliases {
    static ONE: OnceLock<Aliases> = OnceLock::new();
    ONE.get_or_init(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').skip(1).collect()).collect();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, row) in rows.iter().enumerate() {
            for name in row {
                let numbers = by_key.entry(name_key(name)).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
        Aliases { rows, by_key }
    })
}

/// The other names of the bearer of `name`, as the table prints them; none where it has no row.
pub fn other_names(name: &str) -> impl Iterator<Item = &'static str> {
    let aliases = aliases();
    let own = fold(name);
    let rows = aliases.by_key.get(&name_key(name)).into_iter().flatten();
    rows.flat_map(|row| &aliases.rows[*row]).copied().filter(move |other| fold(other) != own)
}

/// True when one row of the table holds both.
pub(super) fn share_a_row(a: &str, b: &str) -> bool {
    let rows = |key: &str| aliases().by_key.get(key);
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
        assert!(other_names("Tiflis").any(|name| name == "Tbilisi"));
        assert!(other_names("Степанакерт").any(|name| name == "Khankendi"));
        assert_eq!(other_names("Springfield").count(), 0);
    }
}
