//! What is sent back.

use crate::error::Error;

/// A status, a kind of text, and the text.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// As `Content-Type` has it.
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    /// Further headers.
    pub(super) headers: Vec<(&'static str, String)>,
}

pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const JSON: &str = "application/json";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";

impl Reply {
    pub(super) fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Reply {
        Reply { status, kind, body: body.into(), headers: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }

    /// To another address of this site.
    pub(super) fn redirect(to: String) -> Reply {
        Reply::new(303, TEXT, "").with("location", to)
    }
}

/// Why a page cannot be given: status, what is wrong, and what to do next.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

impl Refusal {
    pub(super) fn new(status: u16, message: impl Into<String>, hint: &'static str) -> Refusal {
        Refusal { status, message: message.into(), hint }
    }

    /// One word for a program.
    pub(super) fn kind(&self) -> &'static str {
        match self.status {
            400 => "bad-request",
            401..=403 => "forbidden",
            404 => "not-found",
            405 => "method",
            421 => "host",
            422 => "not-as-typed",
            503 => "busy",
            _ => "fault",
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        let message = error.public();
        if error.is_usage() {
            Refusal::new(400, message, "Mend the query or the address and ask again.")
        } else if error.is_no_such_id() {
            Refusal::new(404, message, "It may have been taken out of the archive; search for its words.")
        } else if error.is_stopped() {
            Refusal::new(503, message, "Ask for less: more words, a filter, a shorter time.")
        } else if error.is_no_index() {
            Refusal::new(503, message, "The page will be here once 'search index' has run.")
        } else {
            Refusal::new(500, message, "If it goes on, 'search check' tells whether the index is whole.")
        }
    }
}
