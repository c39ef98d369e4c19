//! The places that one name may mean.

const ROW: u32 = (1 << 20) - 1;
const MAIN: u32 = 1 << 20;
const CAPITALS: u32 = 1 << 21;

/// One place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Row of the place.
    pub row: u32,
    /// The name is the place's main one, or one of equal rank.
    pub main: bool,
    /// The name counts only in capitals: `US`, not `us`.
    pub capitals: bool,
}

impl Candidate {
    /// The candidate as a list holds it.
    pub fn encode(self) -> u32 {
        // Three bytes hold a candidate: twenty bits of row leave room for four times the places of today.
        (self.row & ROW) | if self.main { MAIN } else { 0 } | if self.capitals { CAPITALS } else { 0 }
    }

    fn decode(bits: u32) -> Candidate {
        Candidate { row: bits & ROW, main: bits & MAIN != 0, capitals: bits & CAPITALS != 0 }
    }
}

/// An iterator over the places that one name may mean, the most likely first.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    single: Option<u32>,
    list: &'static [u8],
}

impl Candidates {
    /// `value` as the keys hold it: twice the candidate where there is one, else one more than twice the offset of a
    /// list.
    pub(super) fn new(value: u64, lists: &'static [u8]) -> Candidates {
        debug_assert!(u32::try_from(value >> 1).is_ok(), "the lists are smaller than 4 GB");
        let bits = u32::try_from(value >> 1).unwrap_or(u32::MAX);
        // Most names have one bearer: it lies in the key itself and costs no second look.
        if value & 1 == 0 {
            return Candidates { single: Some(bits), list: &[] };
        }
        let list = lists.get(bits as usize..).and_then(|rest| {
            let (count, rest) = rest.split_first()?;
            rest.get(..usize::from(*count) * 3)
        });
        debug_assert!(list.is_some(), "a key leads into the lists");
        Candidates { single: None, list: list.unwrap_or(&[]) }
    }

    /// True when the name is unknown.
    pub fn is_empty(&self) -> bool {
        self.single.is_none() && self.list.is_empty()
    }

    /// Appends `list` to `lists` in the form that [`Candidates`] reads and returns the value for the keys.
    /// At most 255 candidates are kept.
    pub fn encode(list: &[Candidate], lists: &mut Vec<u8>) -> u64 {
        if let [one] = list {
            return u64::from(one.encode()) << 1;
        }
        let at = lists.len() as u64;
        // The count is one byte; the places behind the first 255 of one name are never meant.
        let list = &list[..list.len().min(255)];
        lists.push(u8::try_from(list.len()).unwrap_or(u8::MAX));
        for candidate in list {
            lists.extend_from_slice(&candidate.encode().to_le_bytes()[..3]);
        }
        (at << 1) | 1
    }
}

impl Iterator for Candidates {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        if let Some(bits) = self.single.take() {
            return Some(Candidate::decode(bits));
        }
        let (head, rest) = self.list.split_at_checked(3)?;
        self.list = rest;
        Some(Candidate::decode(u32::from_le_bytes([head[0], head[1], head[2], 0])))
    }
}
