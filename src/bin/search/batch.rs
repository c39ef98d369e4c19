//! `search batch`.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use search::api::{Answer, Asked, Engine, Hits, Request};
use search::output::{self, HitFormat, plural};
use search::text::safe_path;
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
    let engine = options.place.engine(settings)?;
    let format = match (options.json, options.csv) {
        (true, _) => HitFormat::Json,
        (_, true) => HitFormat::Csv,
        _ => HitFormat::Lines,
    };
    let today = today::local();
    let names = super::names::aliases(options.list.matching.names.as_deref(), settings)?;
    let mut lines = Lines::open(&options.file)?;
    let (mut listed, mut failed, mut cut) = (false, false, 0);
    terminal::print(|out| output::heading(out, format, true))?;
    while let Some((number, line)) = lines.next()? {
        let answered = line.and_then(|line| {
            let (id, text) = asked(number, &line);
            // Judged answers name articles: a story that stands for its copies would hide some of them.
            let asked = Asked { no_group: true, ..options.list.asked(text, settings) };
            let request = Request { names: names.clone(), ..asked.request(today) };
            Ok((id, answer(&engine, &request, options)?))
        });
        match answered {
            Ok((id, response)) => {
                response.reading.notes.iter().for_each(|note| message::remark(&format!("{id}: {note}")));
                super::ask::also(&response.reading.also)
                    .iter()
                    .for_each(|line| message::remark(&format!("{id}: {line}")));
                // One query that finds something is success, as one file with a match is for grep.
                listed |= !response.body.hits.is_empty();
                cut += u64::from(is_cut(&response));
                terminal::print(|out| output::hits(out, &response.body.hits, format, Some(&id)))?;
            }
            Err(why) => {
                failed = true;
                message::complain(&format!("{}: line {number}: {why}", lines.name()));
            }
        }
    }
    if cut > 0 && options.list.limit.is_none() {
        let queries = plural(cut, "query has", "queries have");
        message::remark(&format!("{cut} {queries} more articles than are listed, -n 0 lists all"));
    }
    Ok(if failed {
        ERROR
    } else if listed {
        OK
    } else {
        NONE
    })
}

/// True where the match goes on behind what is listed.
fn is_cut(answer: &Answer<Hits>) -> bool {
    let full = answer.body.hits.iter().filter(|hit| hit.missing.is_empty());
    (full.count() as u64) < answer.total
}

/// The answer to one line, or why there is none. Answers to many questions are evidence: every article counts, and no
/// page of them is asked for.
fn answer(engine: &dyn Engine, request: &Request, options: &BatchOptions) -> std::result::Result<Answer<Hits>, String> {
    let mut answer = engine.search(request).map_err(|error| error.to_string())?;
    options.list.matching.accept(&answer.reading).map_err(|error| error.to_string())?;
    answer.body.hits.iter_mut().for_each(|hit| hit.cursor = None);
    Ok(answer)
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
        if self.path.as_os_str() == "-" { "standard input".to_owned() } else { safe_path(self.path).into_owned() }
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
            // The rest of the line is read and dropped, or its pieces would be taken for further queries.
            while too_long && !line.ends_with(b"\n") {
                line.clear();
                if self.read(&mut line)? == 0 {
                    break;
                }
            }
            if too_long {
                return Ok(Some((self.number, Err(format!("longer than {LONGEST} bytes")))));
            }
            // Spreadsheets and Windows editors begin a UTF-8 file with a byte order mark.
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
    use crate::double::Double;

    /// What is answered to `text` where these options were typed.
    fn answered(options: &[&str], text: &str) -> std::result::Result<Answer<Hits>, String> {
        let typed = ["search", "batch", "-"].iter().chain(options);
        let Ok(crate::Arguments { command: Some(crate::Command::Batch(options)), .. }) =
            clap::Parser::try_parse_from(typed)
        else {
            panic!("{options:?} is no batch");
        };
        answer(&Double, &Request::new(text, today::local()), &options)
    }

    #[test]
    fn a_line_that_fails_says_why_and_the_next_is_answered() {
        assert_eq!(answered(&[], "damaged").map_err(|why| why.contains("a bit is turned")), Err(true));
        let answer = answered(&[], "medal").expect("a medal is found");
        assert_eq!(answer.body.hits.iter().map(|hit| hit.cursor.clone()).collect::<Vec<_>>(), [None]);
        assert!(answered(&[], "odd").is_ok());
        assert_eq!(
            answered(&["--strict"], "odd").map(|_| ()),
            Err("odd: read as a word; without --strict it is read as: odd".to_owned())
        );
    }

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
