//! What each field was made of, noted while it is found.

use std::cell::RefCell;
use std::fmt::Display;

use serde::Serialize;

use crate::extract::html::value_text::one_line;

/// One value that the page offers for a field.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// Where it stands: `json-ld`, `og:title`, `h1` and so on.
    pub origin: String,
    /// As it stands on the page.
    pub value: String,
    /// Whether the field's value was made of it.
    pub won: bool,
}

/// Notes while fields are found what each was made of. Does nothing unless an explanation is asked for.
#[derive(Debug, Default)]
pub(crate) struct Trace(Option<RefCell<Vec<(&'static str, Candidate)>>>);

impl Trace {
    /// One that keeps what it is told.
    pub(crate) fn kept() -> Trace {
        Trace(Some(RefCell::default()))
    }

    /// `field` was made of `value`, which stands at `origin`; what was noted for it before does not count.
    pub(crate) fn won(&self, field: &'static str, origin: impl Display, value: &str) {
        if let Some(notes) = &self.0 {
            notes.borrow_mut().retain(|(other, _)| *other != field);
            self.also(field, origin, value);
        }
    }

    /// `field` was made of this, too.
    pub(crate) fn also(&self, field: &'static str, origin: impl Display, value: &str) {
        if let Some(notes) = &self.0 {
            let note = Candidate { origin: origin.to_string(), value: one_line(value), won: true };
            notes.borrow_mut().push((field, note));
        }
    }

    /// What was noted for `field`, in order.
    pub(crate) fn sources(&self, field: &str) -> Vec<Candidate> {
        let notes = self.0.iter().flat_map(|notes| notes.borrow().clone());
        notes.filter(|(other, _)| *other == field).map(|(_, note)| note).collect()
    }
}
