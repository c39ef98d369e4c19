//! What is said to whoever asks from elsewhere: the same answers without the places of this machine.

use std::path::PathBuf;

use serde::Serialize;

use super::{ArticleView, Capture, Hit, Page, Stats};

/// An answer that names no folder of this machine: what lies below a root stays, the root goes, and so do the folders of
/// indexes. Its JSON form is that of what it holds, without the keys that name them.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Public<T>(T);

impl<T: Withhold> Public<T> {
    /// Takes the places out.
    pub fn new(mut value: T) -> Public<T> {
        value.withhold();
        Public(value)
    }

    /// The answer without them.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// What may hold places of this machine.
pub trait Withhold {
    /// Takes them out.
    fn withhold(&mut self);
}

impl Withhold for Page {
    fn withhold(&mut self) {
        self.root.clear();
        self.index = None;
        self.file = self.path.as_ref().map(PathBuf::from).unwrap_or_default();
    }
}

impl Withhold for Hit {
    fn withhold(&mut self) {
        self.file.withhold();
        let Some(story) = &mut self.story else { return };
        story.first.file.withhold();
        story.copies.iter_mut().for_each(|teller| teller.file.withhold());
    }
}

impl Withhold for Capture {
    fn withhold(&mut self) {
        self.page.withhold();
    }
}

impl Withhold for ArticleView {
    fn withhold(&mut self) {
        self.hit.withhold();
        self.captures.iter_mut().for_each(Withhold::withhold);
    }
}

impl Withhold for Stats {
    fn withhold(&mut self) {
        self.index.clear();
        self.roots.clear();
        // How many there are is known by the difference; what they are called is not for others.
        self.failed.iter_mut().for_each(|failed| failed.path.clear());
    }
}
