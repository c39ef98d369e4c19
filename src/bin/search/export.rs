//! `search export`.

use std::io::{BufWriter, Write};

use std::ops::ControlFlow;

use search::api::{Engine, Listing, Row, Rows};
use search::output::{self, ExportFormat, References, plural};
use search::{Error, Result};

use super::args::ExportOptions;
use super::settings::Settings;
use super::{NONE, OK, message};

/// Bytes that are handed to the system at a time: an article is some thousands.
const BUFFER: usize = 1 << 18;

pub(crate) fn run(options: &ExportOptions, settings: &Settings) -> Result<u8> {
    let engine = options.ask.engine(settings)?;
    let mut request = options.ask.request(&options.ask.text()?, settings)?;
    if request.listing == Listing::Fill {
        request.listing = Listing::All;
    }
    // Asked first, so that a query that is refused leaves no file with half an answer behind.
    let counted = engine.count(&request)?;
    options.ask.matching.remark(&counted.reading)?;
    if counted.stories < counted.total {
        let (articles, stories) = (counted.total, counted.stories);
        message::remark(&format!(
            "{articles} articles tell {stories} {}; 'story' has the id of the first that tells it",
            plural(stories, "story", "stories")
        ));
    }
    let format = if options.csv && !options.json { ExportFormat::Csv } else { ExportFormat::Json };
    let broken = |cause| Error::io("write", "standard output".as_ref(), cause);
    let mut out = BufWriter::with_capacity(BUFFER, std::io::stdout().lock());
    let mut references = options.cite.map(|form| References::new(form.into()));
    if references.is_none() {
        output::export_heading(&mut out, format).map_err(broken)?;
    }
    // 0 is for all.
    let mut left = options.limit.filter(|limit| *limit > 0).unwrap_or(u64::MAX);
    let rows = Rows::Articles { mentions: options.mentions };
    let answer = engine.rows(&request, &rows, &mut |row| {
        let Row::Article(article) = row else { return Ok(ControlFlow::Continue(())) };
        let written = match &mut references {
            Some(references) => references.add(&mut out, (&*article).into()),
            None => output::export(&mut out, &article, format),
        };
        written.map_err(broken)?;
        left = left.saturating_sub(1);
        Ok(if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    let end = references.map_or(Ok(()), |references| references.end(&mut out));
    end.and_then(|()| out.flush()).map_err(broken)?;
    Ok(if answer.total > 0 { OK } else { NONE })
}
