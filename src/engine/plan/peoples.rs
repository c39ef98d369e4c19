//! What is called after a country: an article on Argentine grain is about Argentina, whether it names the country or not.
//!
//! These words are no forms of the name: an article that holds them alone does not hold it, and is not counted as if it
//! did. They score beside the name.

const TABLE: &str = include_str!("../../../data/names/peoples.tsv");

/// The folded words for what comes from the country of this folded name, and for who lives there; none where it names no
/// country that the table has.
pub(super) fn called_after(country: &str) -> impl Iterator<Item = &'static str> + use<> {
    let row = TABLE.lines().filter_map(|line| line.split_once('\t')).find(|(name, _)| *name == country);
    row.into_iter().flat_map(|(_, words)| words.split(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn countries_give_their_names_to_things_and_people() {
        let words = |country: &str| called_after(country).collect::<Vec<_>>().join(" ");
        for (country, expected) in [
            ("philippines", "philippine filipino filipinos"),
            ("china", "chinese"),
            ("marina", ""),
            // What is called after a country is no country.
            ("argentine", ""),
            ("", ""),
        ] {
            assert_eq!(words(country), expected, "{country}");
        }
    }

    #[test]
    fn the_table_is_folded_and_sorted_and_names_each_country_once() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        let names: Vec<&str> = rows.iter().filter_map(|row| Some(row.split_once('\t')?.0)).collect();
        assert_eq!(names.len(), rows.len());
        assert!(names.is_sorted_by(|one, next| one < next));
        assert!(rows.iter().all(|row| fold(&row.replace('\t', " ")) == row.replace('\t', " ")));
    }
}
