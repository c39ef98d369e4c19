//! What the head of a page links to.

/// A `<link>` or `<base>`, as it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeadLink<'t> {
    pub(crate) is_base: bool,
    pub(crate) rel: &'t str,
    /// Its `type`.
    pub(crate) kind: &'t str,
    pub(crate) href: &'t str,
}

impl HeadLink<'_> {
    /// Most of one page that are kept.
    // A news page has some fifty.
    pub(super) const MOST: usize = 500;
}
