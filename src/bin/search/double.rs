//! An engine for tests that does what its query says.

use std::path::Path;

use search::api::{Answer, ArticleView, Body, Engine, Hit, Hits, Page, Reading, Request, Rows, Stats, Taker, View};
use search::{Error, Result};

/// Answers any query with one article, but for those that name what goes wrong.
pub(crate) struct Double;

impl Engine for Double {
    fn ask(&self, request: &Request, _: &View) -> Result<Answer> {
        let place = Path::new("index");
        let body = match request.text.as_str() {
            "stopped" => return Err(Error::stopped()),
            "damaged" => return Err(Error::damaged(place, "a bit is turned")),
            "interrupted" => return Err(Error::interrupted()),
            "crash" => panic!("as it was told"),
            "another view" => Body::Count,
            "nothing" => Body::Hits(Hits::default()),
            _ => Body::Hits(Hits { partial: 0, hits: vec![hit()] }),
        };
        let total = match &body {
            Body::Hits(list) => list.hits.len() as u64,
            _ => 0,
        };
        let notes = if request.text == "odd" { vec!["odd: read as a word".to_owned()] } else { Vec::new() };
        let reading = Reading { query: request.text.clone(), notes, ..Reading::default() };
        Ok(Answer { reading, total, stories: total, other_forms: 0, body })
    }

    fn rows(&self, request: &Request, _: &Rows, _: &mut Taker<'_>) -> Result<Answer<()>> {
        Ok(self.ask(request, &View::Hits)?.with(|_| ()))
    }

    fn article(&self, id: &str) -> Result<ArticleView> {
        Err(Error::usage(format!("{id}: the double has no articles to show")))
    }

    fn stats(&self) -> Result<Stats> {
        Ok(Stats::default())
    }
}

/// An article that says as little as one can.
fn hit() -> Hit {
    Hit {
        id: "00000000000000aa".to_owned(),
        rank: 1,
        score: 1.0,
        missing: Vec::new(),
        as_typed: None,
        spellings: Vec::new(),
        title: Some("A medal".to_owned()),
        date: None,
        date_origin: None,
        date_precision: None,
        site: None,
        lang: None,
        byline: Vec::new(),
        kind: "article".to_owned(),
        words: 2,
        people: Vec::new(),
        places: Vec::new(),
        dates: Vec::new(),
        snippets: Vec::new(),
        story: None,
        url: None,
        file: Page::default(),
        captured: None,
        sha256: String::new(),
        text_sha256: String::new(),
        cursor: Some("behind it".to_owned()),
        why: Vec::new(),
    }
}
