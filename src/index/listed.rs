//! The files of a commit with their sizes and checksums, as a part of `meta.json`.
//!
//! A file of a segment ends in a checksum of itself, and so does the file of another segment or of another index. The list
//! binds them together: it is made when the list of segments is written, is under the checksum of `meta.json`, and each file
//! is held against it when it is opened.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use tantivy::HasLen;
use tantivy::directory::FileSlice;
use tantivy::directory::footer::Footer;

/// Begins `meta.json` where it has such a list; behind it comes what Tantivy has written, without its first brace.
const KEY: &[u8] = b"{\"files\":";

/// What is known of one file: its bytes, footer included, and the checksum in the footer.
type Mark = (u64, u32);

/// What the last commit says of the files of its segments, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Listed(BTreeMap<String, Mark>);

impl Listed {
    /// The list in `meta`, a `meta.json`; `None` where an older version wrote it.
    pub(crate) fn read(meta: &[u8]) -> Option<Listed> {
        #[derive(Deserialize)]
        struct Head {
            files: Option<Listed>,
        }
        serde_json::from_slice::<Head>(meta).ok()?.files
    }

    /// The list for `meta`, as Tantivy writes it. What the last commit says of a file holds: files do not change.
    pub(crate) fn of(&self, meta: &[u8], open: impl Fn(&str) -> io::Result<FileSlice>) -> io::Result<Listed> {
        let mark = |name: String| {
            let known = self.0.get(&name).copied();
            let mark = known.map_or_else(|| mark(open(&name)?), Ok)?;
            Ok((name, mark))
        };
        names(meta)?.into_iter().map(mark).collect::<io::Result<_>>().map(Listed)
    }

    /// `meta`, as Tantivy writes it, with this list.
    pub(crate) fn put_into(&self, meta: &[u8]) -> io::Result<Vec<u8>> {
        let rest = meta.strip_prefix(b"{").ok_or(io::ErrorKind::InvalidData)?;
        Ok([KEY, &serde_json::to_vec(self)?, b",", rest].concat())
    }

    /// True where the list has a file of this name.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether `file` is the one that is listed as `name`; true where none is.
    pub(crate) fn is(&self, name: &str, file: FileSlice) -> bool {
        self.0.get(name).is_none_or(|listed| mark(file).is_ok_and(|mark| mark == *listed))
    }
}

fn mark(file: FileSlice) -> io::Result<Mark> {
    let bytes = file.len() as u64;
    footer_of(file).map(|(footer, _)| (bytes, footer.crc))
}

/// The least that a file of Tantivy's has: the length of its footer and a magic number, four bytes each.
const LEAST: usize = 8;

/// The footer of a file of Tantivy's, and what stands before it.
pub(super) fn footer_of(file: FileSlice) -> io::Result<(Footer, FileSlice)> {
    // Tantivy asks for half of it and panics on what lies between.
    if file.len() < LEAST {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Footer::extract_footer(file)
}

/// Endings of the files that each segment has.
const PARTS: [&str; 6] = ["idx", "pos", "fast", "fieldnorm", "term", "store"];

/// The names of all files of the segments that `meta` lists.
fn names(meta: &[u8]) -> io::Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Meta {
        segments: Vec<Segment>,
    }
    #[derive(Deserialize)]
    struct Segment {
        segment_id: String,
        deletes: Option<Deletes>,
    }
    #[derive(Deserialize)]
    struct Deletes {
        num_deleted_docs: u64,
        opstamp: u64,
    }
    let meta: Meta = serde_json::from_slice(meta)?;
    let mut names = Vec::new();
    for segment in meta.segments {
        // The list has the groups of a UUID, names of files have not.
        let id = segment.segment_id.replace('-', "");
        names.extend(PARTS.iter().map(|part| format!("{id}.{part}")));
        let deletes = segment.deletes.filter(|deletes| deletes.num_deleted_docs > 0);
        names.extend(deletes.map(|deletes| format!("{id}.{}.del", deletes.opstamp)));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    const META: &[u8] = br#"{
  "index_settings": {},
  "segments": [
    {"segment_id": "8e0cdd4b-c010-4b68-8958-9981bf717e53", "max_doc": 4, "deletes": null},
    {"segment_id": "11111111-c010-4b68-8958-9981bf717e53", "max_doc": 4, "deletes": {"num_deleted_docs": 1, "opstamp": 12}}
  ],
  "opstamp": 7
}
"#;

    /// A file with a footer as Tantivy writes it.
    fn file(content: &str, crc: u32) -> FileSlice {
        let version = r#"{"major":0,"minor":27,"patch":0,"index_format_version":7}"#;
        let footer = format!(r#"{{"version":{version},"crc":{crc}}}"#);
        let length = (footer.len() as u32).to_le_bytes();
        FileSlice::from([content.as_bytes(), footer.as_bytes(), &length, &1337u32.to_le_bytes()].concat())
    }

    #[test]
    fn each_file_of_each_segment_is_listed_and_a_known_one_keeps_its_mark() {
        let list = Listed::default().of(META, |name| Ok(file(name, 5))).expect("whole files");
        assert_eq!(list.0.len(), 13);
        assert!(list.names("11111111c0104b6889589981bf717e53.12.del"));
        assert!(!list.names("8e0cdd4bc0104b6889589981bf717e53.12.del"));
        // Another file has come in the place of one: the list says what was written.
        let again = list.of(META, |_| Ok(file("another", 6))).expect("nothing to read");
        assert_eq!(again, list);
        let sealed = list.put_into(META).expect("an object");
        assert_eq!(Listed::read(&sealed), Some(list));
        let value: serde_json::Value = serde_json::from_slice(&sealed).expect("still JSON");
        assert_eq!(value["opstamp"], 7);
        assert_eq!((Listed::read(META), Listed::read(b"")), (None, None));
    }

    #[test]
    fn a_file_that_is_missing_or_damaged_is_not_listed() {
        let of = |open: fn(&str) -> io::Result<FileSlice>| Listed::default().of(META, open).is_err();
        assert!(of(|_| Err(io::ErrorKind::NotFound.into())));
        assert!(of(|_| Ok(FileSlice::from(b"cut off".to_vec()))));
        assert!(Listed::default().of(b"{", |name| Ok(file(name, 5))).is_err());
    }

    #[test]
    fn an_exchanged_file_is_told_from_the_one_that_was_written() {
        let name = "8e0cdd4bc0104b6889589981bf717e53.store";
        let list = Listed::default().of(META, |_| Ok(file("content", 5))).expect("whole files");
        for (found, is) in [
            (file("content", 5), true),
            (file("content", 6), false),
            (file("contents", 5), false),
            (FileSlice::from(b"content".to_vec()), false),
            (FileSlice::from(b"cut".to_vec()), false),
            (FileSlice::empty(), false),
        ] {
            assert_eq!(list.is(name, found.clone()), is, "{found:?}");
            assert!(list.is("another.store", found), "nothing is said of it");
        }
    }
}
