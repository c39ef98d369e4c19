//! Digests: of what names things, and of what may be damaged.

use sha2::{Digest, Sha256};

/// The first eight bytes of the SHA-256 of `parts`, each followed by a zero byte.
pub(crate) fn hash(parts: &[&[u8]]) -> u64 {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
        // Else "ab" and "c" would be what "a" and "bc" are.
        hasher.update([0]);
    }
    hasher.finalize().iter().take(8).fold(0, |n, byte| n << 8 | u64::from(*byte))
}

/// As [`sum`], of bytes.
pub(crate) fn of_bytes(data: &[u8]) -> u64 {
    let (numbers, rest) = data.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    sum(data.len(), numbers.iter().chain([&last]).map(|bytes| u64::from_le_bytes(*bytes)))
}

/// A checksum of `count` numbers. It tells damage, not malice, in a step a number: every query reads these files. Each step is a bijection of what came
/// before and of the number, so that no single change is missed.
pub(crate) fn sum(count: usize, numbers: impl Iterator<Item = u64>) -> u64 {
    // Rotation, exclusive or and an odd factor (modulo 2^64) can all be undone, so that after equal sums two different
    // numbers never give the same next sum.
    let step = |sum: u64, number: u64| (sum.rotate_left(23) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    numbers.fold(count as u64, step)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        let all = [hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]), hash(&[b"abc"]), hash(&[b"abc", b""]), hash(&[])];
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| other != one), "{at}");
        }
        // The first eight bytes of SHA-256 of nothing: ids and keys must not change from version to version.
        assert_eq!(hash(&[]), 0xe3b0_c442_98fc_1c14);
    }

    proptest! {
        #[test]
        fn no_single_change_is_missed(numbers in prop::collection::vec(any::<u64>(), 1..40), at: prop::sample::Index, bit in 0u32..64) {
            let whole = sum(numbers.len(), numbers.iter().copied());
            let mut torn = numbers.clone();
            torn[at.index(numbers.len())] ^= 1 << bit;
            prop_assert_ne!(sum(torn.len(), torn.iter().copied()), whole);
            prop_assert_ne!(sum(numbers.len() - 1, numbers.iter().skip(1).copied()), whole);
        }
    }
}
