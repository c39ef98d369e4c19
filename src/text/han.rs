//! Variants of one Chinese character: traditional, simplified and Japanese forms.

use std::sync::OnceLock;

/// A line is the character that stands for all of them and its variants.
const TABLE: &str = include_str!("../../data/text/han.txt");

/// Where the characters begin and end that the table speaks of.
const FIRST: char = '\u{3400}';
const LAST: char = '\u{9FFF}';

/// The character that stands for all variants of `c`, which is `c` itself for most.
pub(super) fn han(c: char) -> char {
    static VARIANTS: OnceLock<Vec<char>> = OnceLock::new();
    if !(FIRST..=LAST).contains(&c) {
        return c;
    }
    // By place: every character of every Chinese text is looked up.
    let variants = VARIANTS.get_or_init(read);
    variants.get(c as usize - FIRST as usize).copied().unwrap_or(c)
}

fn read() -> Vec<char> {
    let mut variants: Vec<char> = (FIRST..=LAST).collect();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut chars = line.chars();
        let Some(one) = chars.next() else { continue };
        for variant in chars.filter(|c| (FIRST..=LAST).contains(c)) {
            variants[variant as usize - FIRST as usize] = one;
        }
    }
    variants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_meet() {
        for row in ["图圖図", "台臺", "国國", "战戰戦", "发發髮発", "泽澤沢", "铁鐵鉄"] {
            let met: Vec<char> = row.chars().map(han).collect();
            assert!(met.iter().all(|c| *c == met[0]), "{row}: {met:?}");
        }
        assert_eq!([han('北'), han('ば'), han('a'), han('한')], ['北', 'ば', 'a', '한']);
    }

    #[test]
    fn what_stands_for_others_is_no_variant_itself() {
        let rows = || TABLE.lines().filter(|line| !line.starts_with('#'));
        assert!(rows().count() > 2_000 && rows().all(|row| row.chars().count() > 1));
        rows().filter_map(|row| row.chars().next()).for_each(|one| assert_eq!(han(one), one));
    }
}
