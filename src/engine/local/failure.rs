//! Why a request is not answered, before the index is named that it was asked of.

use std::io;

use tantivy::TantivyError;
use tantivy::error::DataCorruption;

use crate::error::Error;

/// What can go wrong below [`super::Local`]. Nothing there knows the folder of the index; [`Failure::error`] adds it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The index cannot be read.
    Index(TantivyError),
    /// The deadline has passed, or the request was cancelled.
    Stopped,
    /// What was asked for cannot be answered: no such id, a cursor of another query.
    Refused(Error),
}

pub(crate) type Fallible<T> = Result<T, Failure>;

impl Failure {
    /// What is stored of an article is not what was written.
    pub(crate) fn damaged() -> Failure {
        Failure::Index(damaged())
    }

    /// The error for whoever asked; `of_index` adds which index it was.
    pub(crate) fn error(self, of_index: impl FnOnce(TantivyError) -> Error) -> Error {
        match self {
            Failure::Index(cause) => of_index(cause),
            Failure::Stopped => Error::stopped(),
            Failure::Refused(error) => error,
        }
    }
}

fn damaged() -> TantivyError {
    TantivyError::DataCorruption(DataCorruption::comment_only("a document that queries find is no article"))
}

impl From<TantivyError> for Failure {
    fn from(cause: TantivyError) -> Failure {
        Failure::Index(cause)
    }
}

/// Dictionaries of the index are read with errors of the file system.
impl From<io::Error> for Failure {
    fn from(cause: io::Error) -> Failure {
        Failure::Index(cause.into())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Refused(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn each_failure_becomes_the_error_that_says_what_to_do() {
        let error = |failure: Failure| failure.error(|cause| Error::index(Path::new("ix"), cause));
        assert!(error(Failure::Stopped).is_stopped());
        assert!(error(Error::no_such_id("0").into()).is_no_such_id());
        let other = error(TantivyError::SystemError("no room".to_owned()).into()).to_string();
        assert!(other.starts_with("ix: index failed: ") && other.contains("no room"), "{other}");
        let damaged = error(Failure::damaged()).to_string();
        assert!(damaged.contains("a document that queries find is no article"), "{damaged}");
    }
}
