//! `search batch`.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use search::api::{Asked, Engine, Request};
use search::engine::Local;
use search::output::{self, HitFormat};
use search::{Error, Result};

use super::args::BatchOptions;
use super::settings::Settings;
use super::{ERROR, NONE, OK, message, terminal, today};

/// Bytes of one line; no query is read that far.
const LONGEST: u64 = 1 << 20;

pub(crate) fn run(options: &BatchOptions, settings: &Settings) -> Result<u8> {
    if let Some(template) = &options.query {
        return super::table::run(options, template, settings);
    }
    let engine = Local::open(&settings.index(options.place.index.as_deref()))?;
    let format = match (options.json, options.csv) {
        (true, _) => HitFormat::Json,
        (_, true) => HitFormat::Csv,
        _ => HitFormat::Lines,
    };
    let today = today::local();
    let names = super::names::aliases(options.list.matching.names.as_deref(), settings)?;
    let mut lines = Lines::open(&options.file)?;
    let (mut listed, mut failed) = (false, false);
    terminal::print(|out| output::heading(out, format, true))?;
    while let Some((number, line)) = lines.next()? {
        let answered = line.and_then(|line| {
            let (id, text) = asked(number, &line);
            // Answers to many questions are evidence: every article counts.
            let asked = Asked { no_group: true, ..options.list.asked(text, settings) };
            let response = engine.search(&Request { names: names.clone(), ..asked.request(today) });
            let mut response = response.map_err(|error| error.to_string())?;
            // No page of a batch is asked for.
            response.body.hits.iter_mut().for_each(|hit| hit.cursor = None);
            options.list.matching.accept(&response.reading).map_err(|error| error.to_string())?;
            Ok((id, response))
        });
        match answered {
            Ok((id, response)) => {
                response.reading.notes.iter().for_each(|note| message::remark(&format!("{id}: {note}")));
                super::ask::also(&response.reading.also)
                    .iter()
                    .for_each(|line| message::remark(&format!("{id}: {line}")));
                listed |= !response.body.hits.is_empty();
                terminal::print(|out| output::hits(out, &response.body.hits, format, Some(&id)))?;
            }
            Err(why) => {
                failed = true;
                message::complain(&format!("{}: line {number}: {why}", lines.name()));
            }
        }
    }
    Ok(if failed {
        ERROR
    } else if listed {
        OK
    } else {
        NONE
    })
}

/// The id and the query of a line.
fn asked(number: u64, line: &str) -> (String, &str) {
    match line.split_once('\t') {
        Some((id, text)) if !id.trim().is_empty() => (id.trim().to_owned(), text),
        Some((_, text)) => (number.to_string(), text),
        None => (number.to_string(), line),
    }
}

/// The lines of a file that are not blank, with their numbers from 1.
struct Lines<'p> {
    path: &'p Path,
    input: Box<dyn BufRead>,
    number: u64,
}

impl<'p> Lines<'p> {
    fn open(path: &'p Path) -> Result<Lines<'p>> {
        let input: Box<dyn BufRead> = if path.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(BufReader::new(File::open(path).map_err(|cause| Error::io("open", path, cause))?))
        };
        Ok(Lines { path, input, number: 0 })
    }

    fn name(&self) -> String {
        if self.path.as_os_str() == "-" { "standard input".to_owned() } else { self.path.display().to_string() }
    }

    /// The next line, or what is wrong with it; `None` at the end.
    fn next(&mut self) -> Result<Option<(u64, std::result::Result<String, String>)>> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.read(&mut line)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            let too_long = line.len() as u64 > LONGEST;
            while too_long && !line.ends_with(b"\n") {
                line.clear();
                if self.read(&mut line)? == 0 {
                    break;
                }
            }
            if too_long {
                return Ok(Some((self.number, Err(format!("longer than {LONGEST} bytes")))));
            }
            let bytes = line.strip_prefix(b"\xEF\xBB\xBF").filter(|_| self.number == 1).unwrap_or(&line);
            if !bytes.trim_ascii().is_empty() {
                let text = std::str::from_utf8(bytes).map(|text| text.trim_end_matches(['\n', '\r']).to_owned());
                let text = text.map_err(|_| "not UTF-8; convert the file with iconv".to_owned());
                return Ok(Some((self.number, text)));
            }
        }
    }

    /// Appends the bytes up to and with the next line break, or one more than a line may have.
    fn read(&mut self, line: &mut Vec<u8>) -> Result<usize> {
        let mut limited = self.input.by_ref().take(LONGEST + 1);
        limited.read_until(b'\n', line).map_err(|cause| Error::io("read", self.path, cause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(u64, std::result::Result<String, String>)> {
        let input = Box::new(std::io::Cursor::new(bytes.to_vec()));
        let mut lines = Lines { path: Path::new("-"), input, number: 0 };
        std::iter::from_fn(|| lines.next().expect("memory can be read")).collect()
    }

    #[test]
    fn lines_have_numbers_and_blank_ones_none_to_show() {
        let text = |number, text: &str| (number, Ok(text.to_owned()));
        assert_eq!(lines(b"\xEF\xBB\xBFa\tb\r\n\n  \nc"), [text(1, "a\tb"), text(4, "c")]);
        assert_eq!(lines(b""), []);
        assert_eq!(asked(1, "a\tb"), ("a".to_owned(), "b"));
        assert_eq!(asked(4, "c"), ("4".to_owned(), "c"));
        assert_eq!(asked(4, "\tc"), ("4".to_owned(), "c"));
        assert_eq!(asked(4, "a\t"), ("a".to_owned(), ""));
    }

    #[test]
    fn a_line_that_cannot_be_asked_does_not_hide_the_next() {
        let mut bytes = b"\xFF\n".to_vec();
        bytes.resize(bytes.len() + 3 * LONGEST as usize, b'x');
        bytes.extend(b"\nlast\n");
        let found = lines(&bytes);
        assert!(matches!(&found[..], [(1, Err(_)), (2, Err(_)), (3, Ok(last))] if last == "last"), "{}", found.len());
    }
}
