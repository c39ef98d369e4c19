//! What can be asked of an engine and what it answers: plain data, and the trait that every engine implements.
//!
//! Nothing here knows how an index is made; the JSON forms of [`Hit`] and [`ArticleView`] are contracts, written
//! down in the README and versioned by [`VERSION`].

mod answer;
mod around;
mod asked;
mod cursor;
mod lines;
mod matrix;
mod near;
mod pairs;
mod public;
mod request;
mod response;
mod rows;
mod verify;
mod versions;
mod view;

pub use answer::{Answer, Body, Facets, Firsts, Hits, Overview, Reading, Timeline};
pub use around::{Bucket, By, Earliest, Of, YearRow};
pub use asked::Asked;
pub use cursor::Cursor;
pub use lines::{Frequency, Occurrence, Part, Per};
pub use matrix::{Edge, Matrix, MatrixAsked, Node};
pub use near::{Near, NearKind};
pub use pairs::{Evidence, Pair, PairsAsked, Window, With};
pub use public::{Public, Withhold};
pub use request::{Facet, Listing, Request, Sort};
pub use response::{
    ArticleView, ExtractRow, FacetValue, Failed, Hit, Joined, MentionView, NameForm, Page, PlaceRef, RecordPlace,
    Snippet, Stats, Story, Teller, Why,
};
pub use rows::{ExportRow, Row, Rows};
pub use verify::{Cited, Edit, PageVerification, Standing, Verdict, VerdictBy, Verification};
pub use versions::{Capture, Change, ChangeKind, Diff, DiffSide, Version, VersionName, Versions, Wording};
pub use view::{TimelineAsked, View};

use std::ops::ControlFlow;

use crate::error::Result;

/// Version of the JSON contracts. Adding a key keeps it.
pub const VERSION: u32 = 1;

/// Takes one row after the other, until it breaks off or fails.
pub type Taker<'t> = dyn FnMut(Row) -> Result<ControlFlow<()>> + 't;

/// A search engine over one archive. One shard, many shards and test doubles look the same from outside: an engine is
/// what implements [`Engine::ask`], [`Engine::rows`], [`Engine::article`] and [`Engine::stats`]; the other methods ask and
/// give the body of their view alone.
pub trait Engine: Send + Sync {
    /// What the match of `request` is, seen as `view`; the answer has the body of that view. A request that is not in
    /// time, or was cancelled, ends with an error of which [`crate::Error::is_stopped`] holds.
    fn ask(&self, request: &Request, view: &View) -> Result<Answer>;

    /// Hands the rows of the match of `request` to `take`, one by one and without keeping them: what is made of a whole
    /// archive fits no answer. It ends early where `take` breaks off, or fails, with its error. The answer has the totals of
    /// the match either way.
    fn rows(&self, request: &Request, rows: &Rows, take: &mut Taker<'_>) -> Result<Answer<()>>;

    /// One article by its id: the newest capture.
    fn article(&self, id: &str) -> Result<ArticleView>;

    /// What is in the index.
    fn stats(&self) -> Result<Stats>;

    /// [`View::Hits`].
    fn search(&self, request: &Request) -> Result<Answer<Hits>> {
        self.ask(request, &View::Hits)?.typed()
    }

    /// [`View::Count`].
    fn count(&self, request: &Request) -> Result<Answer<()>> {
        self.ask(request, &View::Count)?.typed()
    }

    /// [`View::Timeline`].
    fn timeline(&self, request: &Request, asked: TimelineAsked) -> Result<Answer<Timeline>> {
        self.ask(request, &View::Timeline(asked))?.typed()
    }

    /// [`View::Firsts`].
    fn firsts(&self, request: &Request) -> Result<Answer<Firsts>> {
        self.ask(request, &View::Firsts)?.typed()
    }

    /// [`View::Pairs`].
    fn pairs(&self, request: &Request, asked: PairsAsked) -> Result<Answer<Vec<Pair>>> {
        self.ask(request, &View::Pairs(asked))?.typed()
    }

    /// [`View::Matrix`].
    fn matrix(&self, request: &Request, asked: &MatrixAsked) -> Result<Answer<Matrix>> {
        self.ask(request, &View::Matrix(asked.clone()))?.typed()
    }

    /// [`View::Years`].
    fn years(&self, request: &Request, day: (i8, i8), about: bool) -> Result<Answer<Vec<YearRow>>> {
        self.ask(request, &View::Years { day, about })?.typed()
    }

    /// [`View::Facets`].
    fn facets(&self, request: &Request, facet: Facet) -> Result<Answer<Facets>> {
        self.ask(request, &View::Facets(facet))?.typed()
    }

    /// [`View::Frequencies`].
    fn frequencies(&self, request: &Request, per: Per) -> Result<Answer<Vec<Frequency>>> {
        self.ask(request, &View::Frequencies(per))?.typed()
    }

    /// [`View::Near`].
    fn near(&self, request: &Request) -> Result<Answer<Vec<Near>>> {
        self.ask(request, &View::Near)?.typed()
    }

    /// [`View::Overview`].
    fn overview(&self, request: &Request, facets: &[Facet], by: Option<By>) -> Result<Answer<Overview>> {
        self.ask(request, &View::Overview { facets: facets.to_vec(), by })?.typed()
    }

    /// [`View::Similar`].
    fn similar(&self, id: &str, request: &Request) -> Result<Answer<Hits>> {
        self.ask(request, &View::Similar { id: id.to_owned() })?.typed()
    }

    /// [`View::Marks`].
    fn marks(&self, id: &str, request: &Request) -> Result<Answer<Vec<Snippet>>> {
        self.ask(request, &View::Marks { id: id.to_owned() })?.typed()
    }

    /// [`View::Verify`].
    fn verify(&self, cited: &Cited, request: &Request) -> Result<Answer<Verification>> {
        self.ask(request, &View::Verify(cited.clone()))?.typed()
    }

    /// [`View::Versions`].
    fn versions(&self, id: &str, request: &Request) -> Result<Answer<Versions>> {
        self.ask(request, &View::Versions { id: id.to_owned() })?.typed()
    }

    /// [`View::Diff`].
    fn diff(&self, from: &VersionName, to: &VersionName, request: &Request) -> Result<Answer<Diff>> {
        self.ask(request, &View::Diff { from: from.clone(), to: to.clone() })?.typed()
    }

    /// [`View::Copies`].
    fn copies(&self, id: &str, request: &Request) -> Result<Answer<Story>> {
        self.ask(request, &View::Copies { id: id.to_owned() })?.typed()
    }
}
