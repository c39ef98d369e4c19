//! What an engine answers: how the query was read, the totals, and a body for the view that was asked for.

use serde::Serialize;

use super::{
    Bucket, By, Diff, Earliest, Facet, FacetValue, Frequency, Hit, Matrix, Near, Pair, Snippet, Story, Verification,
    Versions, View, YearRow,
};
use crate::error::{Error, Result};

/// The answer to one request, seen as one view.
///
/// `B` is [`Body`] as an engine gives it. The typed methods of [`super::Engine`] give the body of their view alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer<B = Body> {
    /// How the query was read.
    pub reading: Reading,
    /// Articles that match, whatever the limit; of [`View::Copies`] those that tell the story, of [`View::Marks`] one.
    pub total: u64,
    /// Stories that these tell: what one hit a story counts. The same as `total` where stories are not grouped, or not
    /// counted: only lists and [`View::Count`] count them.
    pub stories: u64,
    /// Articles of `total` that do not hold all words as they were typed, but some in other forms or spellings only;
    /// counted by lists and [`View::Count`] alone, else 0.
    pub other_forms: u64,
    /// What the view shows.
    pub body: B,
}

/// How a query was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The query in canonical form; empty where nothing was asked for.
    pub query: String,
    /// What was dropped or read otherwise than typed; one sentence each.
    pub notes: Vec<String>,
    /// Other spellings of the names in the query that were searched too: one line a name, in query order.
    pub also: Vec<String>,
    /// What each part of the query also finds: other forms, spellings, days; one line each, in query order.
    pub parts: Vec<String>,
}

/// What a view shows; one variant for each kind of [`View`].
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Of [`View::Hits`] and [`View::Similar`].
    Hits(Hits),
    /// Of [`View::Count`]: the totals are all.
    Count,
    /// Of [`View::Near`]: the best first.
    Near(Vec<Near>),
    /// Of [`View::Timeline`].
    Timeline(Timeline),
    /// Of [`View::Frequencies`]: in the order of the values, those without one last.
    Frequencies(Vec<Frequency>),
    /// Of [`View::Firsts`].
    Firsts(Firsts),
    /// Of [`View::Pairs`]: partners, those in most articles first.
    Pairs(Vec<Pair>),
    /// Of [`View::Matrix`].
    Matrix(Matrix),
    /// Of [`View::Years`]: a row for each year with articles, earliest first.
    Years(Vec<YearRow>),
    /// Of [`View::Facets`].
    Facets(Facets),
    /// Of [`View::Overview`].
    Overview(Overview),
    /// Of [`View::Marks`]: sentences in the order of the text, none twice.
    Marks(Vec<Snippet>),
    /// Of [`View::Verify`].
    Verification(Box<Verification>),
    /// Of [`View::Versions`].
    Versions(Box<Versions>),
    /// Of [`View::Diff`].
    Diff(Box<Diff>),
    /// Of [`View::Copies`].
    Story(Box<Story>),
}

/// A list of hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// Articles that hold some but not all words; counted only where some of them are listed.
    pub partial: u64,
    /// In order: the match first, then partial hits.
    pub hits: Vec<Hit>,
}

/// When the articles of a match were published, or which days they speak of. By dates mentioned an article may be in
/// several rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// The unit of the rows.
    pub by: By,
    /// By dates mentioned, not by publication.
    pub about: bool,
    /// Earliest first, undated articles last. Between the first and the last no row is left out, though it has no article,
    /// but where there would be very many.
    pub rows: Vec<Bucket>,
}

/// The earliest articles of a match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Firsts {
    /// Articles of the match without a date, which are first of nothing.
    pub undated: u64,
    /// Articles that are earlier than the first of all and hold some word in other forms or spellings only.
    pub passed_over: u64,
    /// The first of all, of each site and of each language; earliest first among each of the three.
    pub rows: Vec<Earliest>,
}

/// How many articles of a match are about each value of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Facets {
    /// What they are counted by.
    pub facet: Facet,
    /// How many values the match has, listed or not. Of people and organisations it is the names that the index tells
    /// apart: spellings of one bearer may count more than once.
    pub distinct: u64,
    /// The values of most articles first, years in their order. An article may count for several, and for none.
    pub values: Vec<FacetValue>,
}

/// A list, counts and a timeline of one match.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// As [`View::Hits`] lists them.
    pub hits: Hits,
    /// In the order asked for, each as [`View::Facets`] counts it.
    pub facets: Vec<Facets>,
    /// By publication, without shares.
    pub timeline: Timeline,
}

impl Facets {
    /// No values.
    pub fn none(facet: Facet) -> Facets {
        Facets { facet, distinct: 0, values: Vec::new() }
    }
}

impl Body {
    /// The body of `view` for a query that asks for nothing.
    pub fn nothing(view: &View) -> Body {
        match view {
            View::Hits | View::Similar { .. } => Body::Hits(Hits::default()),
            // A story has a first article at least, and of what is cited something is told: an engine answers or fails.
            View::Count | View::Copies { .. } | View::Versions { .. } | View::Diff { .. } | View::Verify(_) => {
                Body::Count
            }
            View::Near => Body::Near(Vec::new()),
            View::Timeline(_) => Body::Timeline(Timeline::default()),
            View::Frequencies(_) => Body::Frequencies(Vec::new()),
            View::Firsts => Body::Firsts(Firsts::default()),
            View::Pairs(_) => Body::Pairs(Vec::new()),
            View::Matrix(_) => Body::Matrix(Matrix::default()),
            View::Years { .. } => Body::Years(Vec::new()),
            View::Facets(facet) => Body::Facets(Facets::none(*facet)),
            View::Overview { facets, .. } => Body::Overview(Overview {
                facets: facets.iter().map(|facet| Facets::none(*facet)).collect(),
                ..Overview::default()
            }),
            View::Marks { .. } => Body::Marks(Vec::new()),
        }
    }
}

impl Answer {
    /// The answer with the body that the view has; an error where the engine answered another view.
    pub fn typed<B: TryFrom<Body, Error = Error>>(self) -> Result<Answer<B>> {
        let Answer { reading, total, stories, other_forms, body } = self;
        Ok(Answer { reading, total, stories, other_forms, body: body.try_into()? })
    }
}

impl<B> Answer<B> {
    /// The same answer with another body.
    pub fn with<C>(self, body: impl FnOnce(B) -> C) -> Answer<C> {
        let Answer { reading, total, stories, other_forms, body: old } = self;
        Answer { reading, total, stories, other_forms, body: body(old) }
    }
}

/// Takes the body of one view out of [`Body`].
macro_rules! from_body {
    ($($pattern:pat => $value:expr, $body:ty;)*) => {$(
        impl TryFrom<Body> for $body {
            type Error = Error;

            fn try_from(body: Body) -> Result<$body> {
                match body {
                    $pattern => Ok($value),
                    _ => Err(Error::internal(concat!("an engine answered another view than ", stringify!($body)))),
                }
            }
        }
    )*};
}

from_body! {
    Body::Hits(hits) => hits, Hits;
    Body::Count => (), ();
    Body::Near(near) => near, Vec<Near>;
    Body::Timeline(timeline) => timeline, Timeline;
    Body::Frequencies(rows) => rows, Vec<Frequency>;
    Body::Firsts(firsts) => firsts, Firsts;
    Body::Pairs(rows) => rows, Vec<Pair>;
    Body::Matrix(matrix) => matrix, Matrix;
    Body::Years(rows) => rows, Vec<YearRow>;
    Body::Facets(facets) => facets, Facets;
    Body::Overview(overview) => overview, Overview;
    Body::Marks(marks) => marks, Vec<Snippet>;
    Body::Verification(verification) => *verification, Verification;
    Body::Versions(versions) => *versions, Versions;
    Body::Diff(diff) => *diff, Diff;
    Body::Story(story) => *story, Story;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{ArticleView, Engine, PairsAsked, Per, Request, Rows, Stats, Taker, TimelineAsked, Window, With};
    use crate::date::Date;

    /// Answers every view with nothing, or with the body of another.
    struct Empty {
        another: bool,
    }

    impl Engine for Empty {
        fn ask(&self, _: &Request, view: &View) -> Result<Answer> {
            let body = match (self.another, view) {
                (true, View::Count) => Body::Hits(Hits::default()),
                (true, _) => Body::Count,
                (false, view) => Body::nothing(view),
            };
            Ok(Answer { reading: Reading::default(), total: 7, stories: 5, other_forms: 0, body })
        }

        fn rows(&self, request: &Request, _: &Rows, _: &mut Taker<'_>) -> Result<Answer<()>> {
            self.count(request)
        }

        fn article(&self, id: &str) -> Result<ArticleView> {
            Err(Error::no_such_id(id))
        }

        fn stats(&self) -> Result<Stats> {
            Ok(Stats::default())
        }
    }

    /// What an answer with a body of the right type has beside it; else the error.
    fn error<B>(answer: Result<Answer<B>>) -> Option<String> {
        answer.map(|answer| assert_eq!((answer.total, answer.stories), (7, 5))).err().map(|error| error.to_string())
    }

    /// The error of each typed method but the one for copies, which have no empty body.
    fn errors(engine: &dyn Engine) -> Vec<Option<String>> {
        let request = &Request::new("medal", Date::constant(2026, 11, 22));
        let pairs = PairsAsked { with: With::People, window: Window::Sentence, evidence: 0, show: None };
        vec![
            error(engine.search(request)),
            error(engine.count(request)),
            error(engine.near(request)),
            error(engine.timeline(request, TimelineAsked::default())),
            error(engine.frequencies(request, Per::Site)),
            error(engine.firsts(request)),
            error(engine.pairs(request, pairs)),
            error(engine.years(request, (2, 29), true)),
            error(engine.facets(request, Facet::Years)),
            error(engine.overview(request, &[Facet::Years], None)),
            error(engine.similar("0", request)),
            error(engine.marks("0", request)),
        ]
    }

    #[test]
    fn each_view_has_an_empty_body_of_its_own() {
        assert_eq!(errors(&Empty { another: false }), vec![None; 12]);
        let view = View::Overview { facets: vec![Facet::Sites, Facet::About], by: None };
        let Body::Overview(overview) = Body::nothing(&view) else { panic!("another body") };
        assert_eq!(overview.facets, [Facets::none(Facet::Sites), Facets::none(Facet::About)]);
    }

    #[test]
    fn the_body_of_another_view_is_an_internal_error() {
        let errors = errors(&Empty { another: true });
        let expected = "internal error: an engine answered another view than Hits; please report this";
        assert_eq!(errors[0].as_deref(), Some(expected));
        assert_eq!(errors.iter().flatten().filter(|error| error.starts_with("internal error: ")).count(), 12);
    }

    #[test]
    fn a_body_is_exchanged_and_the_rest_stays() {
        let reading = Reading { query: "medal".to_owned(), ..Reading::default() };
        let answer = Answer { reading, total: 3, stories: 2, other_forms: 1, body: 5_u8 };
        let text = answer.clone().with(|body| body.to_string());
        assert_eq!((text.reading, text.total, text.stories, text.body), (answer.reading, 3, 2, "5".to_owned()));
    }
}
