//! The fields of an article that a plan names, and the terms in them.

use std::fmt;

use crate::query::Scope;

/// A field by which articles are found. Each engine knows it by a name or handle of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    /// Folded words of the title.
    Title,
    /// Folded words of the body.
    Body,
    /// Terms under which the forms of the words of the title meet: see [`crate::index::forms`].
    TitleStem,
    /// The same of the body.
    BodyStem,
    /// Folded words that the article prints as names.
    NameWords,
    Byline,
    Section,
    Tag,
    /// What the article has of the things that `has:` knows.
    Has,
    Site,
    Lang,
    /// Numbers of [`crate::extract::Kind`]s.
    Kind,
    /// Gazetteer ids of the places mentioned and of all that contain them.
    Place,
    /// Gazetteer ids of the places in the dateline and of all that contain them.
    Dateline,
    DatelineWords,
    /// Folded words of place names without a gazetteer id.
    Unplaced,
    /// Name keys of the people mentioned.
    Person,
    /// Folded words of the organisations mentioned.
    Org,
    /// How much an article is about each place, person and organisation: see [`crate::index::named`].
    Named,
}

/// One term: a field and what stands in it, folded as the index has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Term {
    pub(crate) field: Field,
    pub(crate) text: String,
}

impl Field {
    /// The term `text` of this field.
    pub(crate) fn term(self, text: &str) -> Term {
        Term { field: self, text: text.to_owned() }
    }

    /// `words` as terms of this field.
    pub(crate) fn terms(self, words: &[String]) -> Vec<Term> {
        words.iter().map(|word| self.term(word)).collect()
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Field::Title => "title",
            Field::Body => "body",
            Field::TitleStem => "title_stem",
            Field::BodyStem => "body_stem",
            Field::NameWords => "name_words",
            Field::Byline => "byline",
            Field::Section => "section",
            Field::Tag => "tag",
            Field::Has => "has",
            Field::Site => "site",
            Field::Lang => "lang",
            Field::Kind => "kind",
            Field::Place => "place",
            Field::Dateline => "dateline",
            Field::DatelineWords => "dateline_words",
            Field::Unplaced => "unplaced",
            Field::Person => "person",
            Field::Org => "org",
            Field::Named => "named",
        })
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.field, self.text)
    }
}

/// True where words of the title count.
pub(super) fn in_title(scope: Option<Scope>) -> bool {
    matches!(scope, None | Some(Scope::Title | Scope::Lead))
}

/// True where words of the body count.
pub(super) fn in_body(scope: Option<Scope>) -> bool {
    scope != Some(Scope::Title)
}
