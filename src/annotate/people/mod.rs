//! People: which mentions name the same one. See README.md beside this file.

mod extent;
mod forms;
mod link;
mod person;
mod recur;

pub use extent::trim;
pub use link::{Linked, link};
pub use person::person_key;
pub use recur::recur;
