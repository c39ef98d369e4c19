//! Which segments a run merges: none that is damaged.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::index::SegmentId;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};
use tantivy::{Index, SegmentMeta, TantivyError};

use super::check::verify;

/// Why a merge was not done, as the thread that writes sees it: Tantivy merges on threads of its own and passes over what
/// fails there.
#[derive(Clone, Debug, Default)]
pub(super) struct Damage(Arc<OnceLock<TantivyError>>);

impl Damage {
    /// Fails where a segment that was to be merged is damaged.
    pub(super) fn check(&self) -> tantivy::Result<()> {
        self.0.get().map_or(Ok(()), |cause| Err(cause.clone()))
    }
}

/// Tantivy's policy, but each segment is verified before it is merged, once a run.
///
/// A merge writes new files with checksums of their own, so a damaged segment would be whole ever after. Verified is what
/// is merged and not the whole index: a small run over a large index reads no more than it writes anew.
#[derive(Debug)]
pub(super) struct VerifiedMerges {
    index: Index,
    policy: LogMergePolicy,
    whole: Mutex<HashSet<SegmentId>>,
    damage: Damage,
}

impl VerifiedMerges {
    /// For the writer of `index`; what is damaged is told to `damage`.
    pub(super) fn new(index: &Index, damage: &Damage) -> VerifiedMerges {
        let (policy, whole) = (LogMergePolicy::default(), Mutex::default());
        VerifiedMerges { index: index.clone(), policy, whole, damage: damage.clone() }
    }

    /// Whether a segment may be merged.
    fn is_whole(&self, segment: &SegmentMeta) -> bool {
        // A set of ids is whole even where a thread has panicked beside it.
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        if whole.contains(&segment.id()) {
            return true;
        }
        match verify(&self.index, segment) {
            Ok(()) => whole.insert(segment.id()),
            Err(cause) => {
                // The first one is told; a second says nothing more.
                let _ = self.damage.0.set(cause);
                false
            }
        }
    }
}

impl MergePolicy for VerifiedMerges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let of = |id: &SegmentId| segments.iter().find(|segment| segment.id() == *id);
        let mut candidates = self.policy.compute_merge_candidates(segments);
        candidates.retain(|MergeCandidate(ids)| ids.iter().filter_map(of).all(|segment| self.is_whole(segment)));
        candidates
    }
}
