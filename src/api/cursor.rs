//! Where a list of hits goes on.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE64URL_NOPAD;

/// A place in the list of one query, right behind a hit: the next page begins there, and neither repeats nor misses a hit
/// when articles were added or removed meanwhile. Its text form is for handing back only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What was asked, as [`super::Request::digest`] has it.
    pub(crate) asked: u64,
    /// Rank of the hit.
    pub(crate) rank: u64,
    /// The hit lacks words of the query.
    pub(crate) partial: bool,
    /// What the list is ordered by: a number, and a name before it where there is one.
    pub(crate) number: i64,
    pub(crate) name: Option<String>,
    /// Id of the article and rank of its capture, which break ties.
    pub(crate) id: u64,
    pub(crate) capture: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cursor { asked, rank, partial, number, name, id, capture } = self;
        let mut bytes: Vec<u8> = Vec::with_capacity(48);
        for number in [*asked, *rank, number.cast_unsigned(), *id, *capture] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.push(u8::from(*partial) | (u8::from(name.is_some()) << 1));
        bytes.extend(name.iter().flat_map(|name| name.bytes()));
        f.write_str(&BASE64URL_NOPAD.encode(&bytes))
    }
}

impl FromStr for Cursor {
    type Err = ();

    /// Reads what was printed; anything else is an error.
    fn from_str(text: &str) -> Result<Cursor, ()> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(drop)?;
        let (numbers, rest) = bytes.as_chunks::<8>();
        let (numbers, rest) = match (numbers.split_first_chunk::<5>(), rest) {
            (Some((five, more)), rest) => (five.map(u64::from_le_bytes), [more.as_flattened(), rest].concat()),
            _ => return Err(()),
        };
        let [asked, rank, number, id, capture] = numbers;
        let (flags, name) = rest.split_first().ok_or(())?;
        let name = String::from_utf8(name.to_vec()).map_err(drop)?;
        let named = flags & 2 != 0;
        if *flags > 3 || !(named || name.is_empty()) {
            return Err(());
        }
        let name = named.then_some(name);
        Ok(Cursor { asked, rank, partial: flags & 1 != 0, number: number.cast_signed(), name, id, capture })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_nothing_else_does() {
        for name in [None, Some(String::new()), Some("example.com".to_owned())] {
            let cursor = Cursor { asked: 7, rank: 10, partial: true, number: -5, name, id: u64::MAX, capture: 1 };
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        for text in ["", "a", "medal", "AAAA", "0123456789abcdef", "é", &"A".repeat(53), &"_".repeat(55)] {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }
}
