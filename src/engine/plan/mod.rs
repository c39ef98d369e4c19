//! The plan of a query: from its tree to what is matched, scored and shown, apart from how one engine does it.
//!
//! No type of an engine is named here. What a plan must know of the index (how many articles hold a word, which words fit
//! a wildcard, which spellings of a name are printed) it asks a [`Lexicon`]. An engine lowers the [`Match`]es to queries
//! of its own and counts the [`Term`]s of each [`Part`].

mod address;
mod by_name;
mod candidates;
mod capitals;
mod clauses;
mod evidence;
mod field;
mod filters;
mod forms;
mod lexicon;
mod matches;
mod part;
mod peoples;
mod place_names;
mod planner;
mod positional;
mod recency;
mod spellings;
mod target;
#[cfg(test)]
mod tests;
mod unspaced;
mod wildcard;
mod words;
mod written;

pub(crate) use clauses::{Clauses, Join};
pub(crate) use field::{Field, Term};
pub(crate) use forms::Stem;
pub(crate) use lexicon::{Lexicon, Spellings};
pub(crate) use matches::{DateColumn, Match, Placement, Region, Slot};
pub(crate) use part::{Averages, Draft, Part, TITLE, Terms, Weighing, WordTerms, weigh};
pub(crate) use planner::Settings;
pub(crate) use recency::Recency;
#[cfg(test)]
pub(crate) use target::Written;
pub(crate) use target::{Target, TargetKind};
pub(crate) use wildcard::{Form, FormState, FormWords};

/// How a query is carried out, over matches as they are planned or as an engine has lowered them.
#[derive(Debug)]
pub(crate) struct Plan<M = Match> {
    pub(crate) clauses: Clauses<M>,
    /// What scores, in query order.
    pub(crate) parts: Vec<Part>,
    pub(crate) targets: Vec<Target>,
    pub(crate) averages: Averages,
    /// How many words a title has that is the query; `None` where no title can be.
    pub(crate) titled: Option<u32>,
    /// How age counts; `None` where it does not.
    pub(crate) recency: Option<Recency>,
    pub(crate) said: Said,
}

/// What a user is told of how the query was planned.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Said {
    /// What could not be searched as it was asked.
    pub(crate) notes: Vec<String>,
    /// The other spellings of names that were looked for, name by name.
    pub(crate) also: Vec<String>,
    /// What the parts of the query also find.
    pub(crate) reading: Vec<String>,
}

impl Said {
    /// Says which other spellings of a name are looked for.
    fn also(&mut self, spellings: &[String]) {
        let line = spellings.join(", ");
        if !line.is_empty() && !self.also.contains(&line) {
            self.also.push(line);
        }
    }

    /// Says once what a part of the query also finds.
    fn read(&mut self, line: String) {
        if !self.reading.contains(&line) {
            self.reading.push(line);
        }
    }
}

impl<M> Plan<M> {
    /// The same plan, each match lowered.
    pub(crate) fn map<N>(self, lower: impl FnMut(M) -> N) -> Plan<N> {
        let Plan { clauses, parts, targets, averages, titled, recency, said } = self;
        Plan { clauses: clauses.map(lower), parts, targets, averages, titled, recency, said }
    }

    /// The words that a partial hit may lack, as queries of their own and as typed.
    pub(crate) fn loose(&self) -> impl Iterator<Item = (&str, &M)> {
        self.clauses.loose.iter().map(|loose| (loose.label.as_str(), &loose.matching))
    }

    /// Finds none of `articles`.
    pub(crate) fn leave_out(&mut self, articles: M) {
        self.clauses.excluded.push(articles);
    }

    /// True for a query of so many words that no article need hold all of them to come first.
    pub(crate) fn is_long(&self) -> bool {
        self.clauses.is_long()
    }

    /// True where what is as typed is what comes first.
    pub(crate) fn typed_is_first(&self) -> bool {
        self.clauses.typed_is_first
    }

    /// True when an article may lack a word and still hold another, or the name that is asked for.
    pub(crate) fn can_be_partial(&self) -> bool {
        self.clauses.can_be_partial()
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub(crate) fn titled(&self) -> Option<u32> {
        self.titled
    }

    pub(crate) fn recency(&self) -> Option<Recency> {
        self.recency
    }

    pub(crate) fn targets(&self) -> &[Target] {
        &self.targets
    }

    pub(crate) fn also(&self) -> &[String] {
        &self.said.also
    }

    pub(crate) fn notes(&self) -> &[String] {
        &self.said.notes
    }

    pub(crate) fn averages(&self) -> Averages {
        self.averages
    }

    pub(crate) fn reading(&self) -> &[String] {
        &self.said.reading
    }
}

impl<M: Join> Plan<M> {
    /// The match: every word and every filter.
    pub(crate) fn all(&self) -> M {
        self.clauses.all()
    }

    /// Some word and every filter.
    pub(crate) fn any(&self) -> M {
        self.clauses.any()
    }

    /// Every filter, but not every word: what fills up a short list.
    pub(crate) fn some(&self) -> M {
        self.clauses.some()
    }

    /// What holds all words and what may fill it up, in one.
    pub(crate) fn either(&self) -> M {
        self.clauses.either()
    }

    /// What tells apart, among the articles of [`Plan::either`], those that hold all words.
    pub(crate) fn all_words(&self) -> M {
        self.clauses.all_words()
    }

    /// What tells apart, among the articles of the match, those with every word as it was typed; `None` where all are.
    pub(crate) fn typed(&self) -> Option<M> {
        self.clauses.typed()
    }

    /// What of the match comes first, whatever it scores; `None` where nothing does.
    pub(crate) fn first(&self) -> Option<M> {
        self.clauses.first()
    }

    /// Every article that the query could find, whatever its words.
    pub(crate) fn everything(&self) -> M {
        self.clauses.everything()
    }
}
