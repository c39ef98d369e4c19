//! The versions of one article, and what changed from one to another.

use super::article::{self, page};
use crate::api::{Change, ChangeKind, Diff, DiffSide, VERSION, Version, VersionName, Versions, Wording};
use crate::engine::local::failure::{Failure, Fallible};
use crate::engine::local::stop::Stop;
use crate::error::Error;
use crate::index::Reader;
use crate::index::record::PageRecord;
use crate::index::store::Stored;
use crate::text::{SentenceChange, WordEdit, sentence_changes, wordings};

/// The versions of the article with this id, earliest first.
pub(crate) fn versions(reader: &Reader, id: &str, stop: Stop<'_>) -> Fallible<Versions> {
    let groups = groups(reader, id)?;
    let mut versions: Vec<Version> = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        stop.check()?;
        let (added, removed) = match at.checked_sub(1) {
            Some(before) => counts(&groups[before].first().body, &group.first().body),
            None => (0, 0),
        };
        versions.push(group.version(at, added, removed)?);
    }
    Ok(Versions { v: VERSION, id: id.to_owned(), versions })
}

/// What changed from one version to another.
pub(crate) fn diff(reader: &Reader, from: &VersionName, to: &VersionName) -> Fallible<Diff> {
    let (one, other) = (found(reader, from)?, found(reader, to)?);
    let title = |side: &(DiffSide, Stored)| side.0.title.clone().unwrap_or_default();
    let changes = sentence_changes(&one.1.body, &other.1.body).into_iter().map(change).collect();
    let title = wordings(&title(&one), &title(&other)).into_iter().map(wording).collect();
    Ok(Diff { v: VERSION, from: one.0, to: other.0, title, changes })
}

/// Captures in a row with the same headline and text; one at least.
struct Group(Vec<Stored>);

impl Group {
    fn first(&self) -> &Stored {
        &self.0[0]
    }

    fn version(&self, at: usize, added: u64, removed: u64) -> Fallible<Version> {
        let first = page(&self.first().record).ok_or_else(Failure::damaged)?;
        Ok(Version {
            version: number(at),
            title: title(first),
            modified: first.article.modified.map(|stamp| stamp.to_string()),
            words: first.words,
            text_sha256: first.text_sha256.clone(),
            added,
            removed,
            captures: self.0.iter().filter_map(article::capture).collect(),
        })
    }
}

/// What [`Versions`] counts from.
fn number(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

fn title(page: &PageRecord) -> Option<String> {
    Some(page.article.title.clone()).filter(|title| !title.is_empty())
}

fn groups(reader: &Reader, id: &str) -> Fallible<Vec<Group>> {
    let captures = article::captures(reader, article::number(id)?, false)?;
    let mut groups: Vec<Group> = Vec::new();
    for stored in captures.into_iter().rev() {
        let said =
            |stored: &Stored| page(&stored.record).map(|page| (page.article.title.clone(), page.text_sha256.clone()));
        match groups.last_mut() {
            // A capture with the same text is no version; one that says again what an older one said is.
            Some(group) if said(group.first()) == said(&stored) => group.0.push(stored),
            _ => groups.push(Group(vec![stored])),
        }
    }
    if groups.is_empty() {
        return Err(Error::no_such_id(id).into());
    }
    Ok(groups)
}

fn found(reader: &Reader, named: &VersionName) -> Fallible<(DiffSide, Stored)> {
    let mut groups = groups(reader, &named.id)?;
    let last = number(groups.len() - 1);
    let version = named.version.unwrap_or(last);
    if version == 0 || version > last {
        let id = &named.id;
        let how =
            if last == 1 { "has one version".to_owned() } else { format!("has the versions {id}@1 to {id}@{last}") };
        return Err(
            Error::usage(format!("{id}@{version}: the article {how}; 'search versions {id}' lists them")).into()
        );
    }
    let stored = groups.swap_remove(version as usize - 1).0.swap_remove(0);
    let page = page(&stored.record).ok_or_else(Failure::damaged)?;
    let side = DiffSide {
        id: named.id.clone(),
        version,
        title: title(page),
        captured: page.captured.map(|stamp| stamp.to_string()),
        text_sha256: page.text_sha256.clone(),
    };
    Ok((side, stored))
}

/// Sentences that were put in and taken out.
fn counts(before: &str, after: &str) -> (u64, u64) {
    sentence_changes(before, after).iter().fold((0, 0), |(added, removed), change| match change {
        SentenceChange::Added(_) => (added + 1, removed),
        SentenceChange::Removed(_) => (added, removed + 1),
        SentenceChange::Reworded { .. } => (added + 1, removed + 1),
    })
}

fn change(change: SentenceChange) -> Change {
    let (kind, before, after, words) = match change {
        SentenceChange::Added(text) => (ChangeKind::Added, None, Some(text), Vec::new()),
        SentenceChange::Removed(text) => (ChangeKind::Removed, Some(text), None, Vec::new()),
        SentenceChange::Reworded { before, after, words } => (ChangeKind::Reworded, Some(before), Some(after), words),
    };
    Change { change: kind, before, after, words: words.into_iter().map(wording).collect() }
}

fn wording(edit: WordEdit) -> Wording {
    Wording { before: edit.cited, after: edit.now }
}
