//! Articles that are named on the command line: by id, by citation, by address, by file, or in a list.

use std::io::{BufRead, Read};

use search::engine::Local;
use search::{Error, Result};

use super::{ERROR, OK, message};

/// Bytes of one line of a list.
// A line of `search query` has a headline and a path; both together are far shorter.
const LONGEST: u64 = 1 << 20;

/// An article, and the passage that a citation names: bytes of the stored text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) passage: Option<(usize, usize)>,
}

/// Calls `show` for each article that `typed` names, in order; `-` stands for the lines of standard input. One that cannot
/// be shown is complained of, and the others are. The status is the worst of all.
pub(crate) fn each(typed: &[String], engine: &Local, mut show: impl FnMut(Named) -> Result<u8>) -> Result<u8> {
    let mut status = OK;
    let mut one = |typed: &str| -> Result<()> {
        match named(typed, engine).and_then(&mut show) {
            Ok(found) => status = status.max(found),
            Err(error) if error.is_broken_pipe() => return Err(error),
            Err(error) => {
                message::complain(&error.to_string());
                status = ERROR;
            }
        }
        Ok(())
    };
    for typed in typed {
        if typed == "-" {
            lines(&mut |line| one(of_line(line)))?;
        } else {
            one(typed)?;
        }
    }
    Ok(status)
}

/// Hands on each line of standard input that is not blank.
pub(crate) fn lines(one: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
    let fail = |cause| Error::io("read", "standard input".as_ref(), cause);
    let mut input = std::io::stdin().lock();
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST).read_until(b'\n', &mut line).map_err(fail)? == 0 {
            return Ok(());
        }
        let line = String::from_utf8_lossy(&line);
        if !line.trim().is_empty() {
            one(line.trim_end_matches(['\n', '\r']))?;
        }
    }
}

/// What a line names: itself, of a line of `search query` its id, of a footnote of `--cite` the passage.
fn of_line(line: &str) -> &str {
    let is_id = |cell: &&str| passage(cell).is_some();
    let cited = line.strip_suffix(')').and_then(|line| line.rsplit_once('(')).map(|(_, place)| place);
    let cited = cited.and_then(|place| place.split(',').next());
    cited.filter(is_id).or_else(|| line.split('\t').find(is_id)).unwrap_or(line)
}

/// The article that `typed` names.
pub(crate) fn one(typed: &str, engine: &Local) -> Result<Named> {
    named(typed, engine)
}

fn named(typed: &str, engine: &Local) -> Result<Named> {
    match passage(typed) {
        Some(named) => Ok(named),
        None => Ok(Named { id: engine.id_of(typed)?, passage: None }),
    }
}

/// An id, alone or with a passage behind it: `9546a5dc88fb06f8#812-941`.
fn passage(typed: &str) -> Option<Named> {
    let (id, place) = typed.split_once('#').map_or((typed, None), |(id, place)| (id, Some(place)));
    let is_id = id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let passage = match place {
        None => None,
        Some(place) => {
            let (start, end) = place.split_once('-')?;
            Some((start.parse().ok()?, end.parse().ok()?))
        }
    };
    is_id.then(|| Named { id: id.to_ascii_lowercase(), passage })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_name_articles() {
        for (line, named) in [
            ("9546a5dc88fb06f8", "9546a5dc88fb06f8"),
            ("9546a5dc88fb06f8#5-24", "9546a5dc88fb06f8#5-24"),
            ("2020-12-02\t9546a5dc88fb06f8\tA medal\t/a/b.html", "9546a5dc88fb06f8"),
            ("q7\t2020-12-02\t9546a5dc88fb06f8\tA medal\t/a/b.html", "9546a5dc88fb06f8"),
            ("[1] “A (new) medal”, x: “So.” (9546a5dc88fb06f8#5-24, sha256:ab)", "9546a5dc88fb06f8#5-24"),
            ("https://x.example/a", "https://x.example/a"),
            ("pages/a (1).html", "pages/a (1).html"),
        ] {
            assert_eq!(of_line(line), named, "{line}");
        }
        let cited = passage("9546A5DC88FB06F8#5-24");
        assert_eq!(cited, Some(Named { id: "9546a5dc88fb06f8".to_owned(), passage: Some((5, 24)) }));
        for typed in ["9546a5dc88fb06f", "9546a5dc88fb06f8#5", "9546a5dc88fb06f8#a-b", "pages/a.html", ""] {
            assert_eq!(passage(typed), None, "{typed}");
        }
    }
}
