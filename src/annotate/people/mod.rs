//! People: which mentions name the same one. See README.md beside this file.

mod link;

pub use link::{Linked, link, person_key};
