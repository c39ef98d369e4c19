//! Places of the user's own: a table of the same form as the program's supplement (`data/gazetteer/supplement.tsv`).
//!
//! A row is a place that the gazetteer lacks, or more names for one that it has. Its names are places wherever they
//! stand in a text, with capitals as in the table: who writes a row has judged. Nothing else about resolution changes.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{Gazetteer, PlaceKind, name_words, region_id, rounded};
use crate::annotate::Place;
use crate::annotate::names::{Case, Tokens};

/// Rows that are read: all names are held in memory, and more than this is a gazetteer of its own.
const MAX_ROWS: usize = 100_000;
/// Names of one row that are read.
const MAX_NAMES: usize = 50;
/// Words of a name.
// No name is followed further: see `MAX_WORDS` in `names/walk.rs`.
const MAX_WORDS: usize = 8;
/// Ids of the program's own kinds of place begin here.
const END: u32 = 0xC000_0000;

/// The user's places.
#[derive(Debug, Default)]
pub struct OwnPlaces {
    places: Vec<Place>,
    /// Numbers in `places` by folded name.
    by_name: HashMap<String, usize>,
    /// Words of the longest name.
    longest: usize,
    digest: String,
}

/// A line that was left out: its number, from 1, and why.
pub(crate) type Refused = (usize, String);

impl OwnPlaces {
    /// Reads a table, whose columns are: id, name, other names with `|` between them, parent, kind, degrees north,
    /// degrees east, inhabitants, radius in km. Empty lines and those that begin with `#` say nothing. Also returns the
    /// lines that cannot be read; they are left out.
    pub fn read(text: &str) -> (OwnPlaces, Vec<Refused>) {
        // The digest is of the text, not of what was read: another comment makes documents again, which is rare and
        // safe.
        let mut own = OwnPlaces { digest: digest(text), ..OwnPlaces::default() };
        let mut refused = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if own.places.len() == MAX_ROWS {
                refused.push((number, "the table is full; this line and those after it are not read".to_owned()));
                break;
            }
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if let Err(why) = own.row(&cells) {
                refused.push((number, why));
            }
        }
        (own, refused)
    }

    /// Digest of the table: what depends on it is made again when it changes.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    fn row(&mut self, cells: &[&str]) -> Result<(), String> {
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        let id = id(cell(0))
            .ok_or_else(|| format!("'{}' is no id: write a number from 2147483648 on, or a country code", cell(0)))?;
        let known = Gazetteer::embedded().place(id);
        let others = cell(2).split('|').map(str::trim).filter(|name| !name.is_empty()).take(MAX_NAMES);
        let names: Vec<&str> = [cell(1)].into_iter().filter(|name| !name.is_empty()).chain(others).collect();
        let place = match known {
            Some(entry) => Place::from_entry(entry),
            None => self.new_place(id, cells)?,
        };
        if names.is_empty() {
            return Err("it gives no name".to_owned());
        }
        let also = names.iter().map(|name| (*name).to_owned());
        let place = Place { also: also.chain(place.also).collect(), ..place };
        for name in names {
            let words = name_words(name);
            let count = words.split(' ').count();
            if words.is_empty() || count > MAX_WORDS {
                return Err(format!("'{name}' is no name of one to {MAX_WORDS} words"));
            }
            self.longest = self.longest.max(count);
            // The first row that gives a name has it: rows above win, as in the program's own tables.
            self.by_name.entry(words).or_insert(self.places.len());
        }
        self.places.push(place);
        Ok(())
    }

    /// The place of a row whose id the gazetteer does not have.
    fn new_place(&self, id: u32, cells: &[&str]) -> Result<Place, String> {
        let cell = |at: usize| cells.get(at).copied().unwrap_or("");
        // Below lie the ids of GeoNames, above those that are made from codes of regions: a new place with one of these
        // would be taken for another.
        if !(1 << 31..END).contains(&id) {
            return Err(format!(
                "the gazetteer has no place {id}; ids of new places are from {} to {}",
                1u32 << 31,
                END - 1
            ));
        }
        if cell(1).is_empty() {
            return Err("a new place needs a name".to_owned());
        }
        PlaceKind::from_name(cell(4)).ok_or_else(|| {
            let kinds: Vec<&str> = PlaceKind::ALL.iter().map(|kind| kind.name()).collect();
            format!("'{}' is no kind of place; the kinds are {}", cell(4), kinds.join(", "))
        })?;
        let degrees = |at: usize, most: f64| {
            let number = cell(at).parse::<f64>().ok().filter(|number| number.abs() <= most);
            number.ok_or_else(|| format!("'{}' is no number of degrees from -{most} to {most}", cell(at)))
        };
        let (lat, lon) = (rounded(degrees(5, 90.0)?), rounded(degrees(6, 180.0)?));
        let radius_km = match cell(8) {
            "" => 0,
            text => text.parse().map_err(|_| format!("'{text}' is no radius in whole kilometres"))?,
        };
        let (country, ancestors, also) = self.inside(cell(3))?;
        Ok(Place { id, name: cell(1).to_owned(), country, ancestors, lat, lon, radius_km, also })
    }

    /// Country, ids and names of what contains a place with this parent; names of places of the user's alone.
    fn inside(&self, parent: &str) -> Result<(String, Vec<u32>, Vec<String>), String> {
        if parent.is_empty() {
            return Ok(Default::default());
        }
        let unknown = || format!("its parent '{parent}' is neither in the gazetteer nor on a line above");
        let id = id(parent).ok_or_else(unknown)?;
        if let Some(entry) = Gazetteer::embedded().place(id) {
            let place = Place::from_entry(entry);
            return Ok((place.country, [vec![id], place.ancestors].concat(), Vec::new()));
        }
        // Only lines above: so no table can hold a circle.
        let outer = self.places.iter().find(|place| place.id == id).ok_or_else(unknown)?;
        Ok((outer.country.clone(), [vec![id], outer.ancestors.clone()].concat(), outer.also.clone()))
    }

    /// The user's places in a text: first word, one past the last, place. The longest name wins.
    pub fn find(&self, tokens: &Tokens<'_>) -> Vec<(usize, usize, &Place)> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < tokens.list.len() {
            match self.longest_at(tokens, at) {
                Some((end, place)) => {
                    out.push((at, end, place));
                    at = end;
                }
                None => at += 1,
            }
        }
        out
    }

    fn longest_at(&self, tokens: &Tokens<'_>, start: usize) -> Option<(usize, &Place)> {
        // A name begins with a capital, as the row has it, so that `Pit` is not found in `pit`.
        if self.longest == 0 || !matches!(tokens.list[start].case, Case::Title | Case::Upper | Case::Uncased) {
            return None;
        }
        let most = tokens.list.len().min(start + self.longest);
        let joined = (start + 1..most).take_while(|at| tokens.list[*at].gap.joins()).count();
        let ends = (start + 1..=start + 1 + joined).rev();
        ends.into_iter().find_map(|end| {
            let at = self.by_name.get(tokens.key(start, end).as_str())?;
            Some((end, &self.places[*at]))
        })
    }
}

/// What a cell says of a place that is known: its country code, COUNTRY.REGION, or its id.
fn id(cell: &str) -> Option<u32> {
    if let Some((country, code)) = cell.split_once('.') {
        return region_id(country, code);
    }
    cell.parse().ok().or_else(|| super::country(cell).map(|entry| entry.record.id))
}

fn digest(text: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_and_what_is_wrong_in_it_is_told() {
        let text = "# ours\n2200000001\tCorsair Bay\tBay of Corsairs\tAZ\twater\t40.1\t50.2\t0\t12\n\
                    2200000002\tPort Ellery\t\t2200000001\tcity\t40.2\t50.3\n\
                    AZ\t\tLand of Fire\n\
                    x\tNowhere\n\
                    2200000003\tNorth\t\t\tcity\t91\t0\n\
                    2200000004\tPit\t\t99\tcity\t1\t1\n\
                    2200000005\tPit\t\t\thole\t1\t1\n\
                    7\tPit\t\t\tcity\t1\t1\n";
        let (own, refused) = OwnPlaces::read(text);
        let refused: Vec<(usize, &str)> = refused.iter().map(|(line, why)| (*line, why.as_str())).collect();
        let parts = [(5, "no id"), (6, "degrees"), (7, "parent"), (8, "kind"), (9, "no place 7")];
        assert_eq!(refused.len(), parts.len(), "{refused:?}");
        for ((line, why), (number, part)) in refused.iter().zip(parts) {
            assert!(*line == number && why.contains(part), "{line}: {why}");
        }
        let text = "From Port Ellery to the Bay of Corsairs, in the Land of Fire; no land of fire elsewhere.";
        let tokens = Tokens::new(text);
        let found: Vec<String> = own
            .find(&tokens)
            .into_iter()
            .map(|(at, end, place)| format!("{}={}", tokens.key(at, end), place.name))
            .collect();
        assert_eq!(found, ["port ellery=Port Ellery", "bay of corsairs=Corsair Bay", "land of fire=Azerbaijan"]);
        let port = &own.places[1];
        assert_eq!(
            (port.country.as_str(), port.also.clone()),
            ("AZ", vec!["Port Ellery".to_owned(), "Corsair Bay".to_owned(), "Bay of Corsairs".to_owned()])
        );
        assert!(port.ancestors.starts_with(&[2_200_000_001]) && port.ancestors.len() > 1);
    }
}
