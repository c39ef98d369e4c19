//! Hashes that never change: data files, trained weights and ids are laid out by them.

/// FNV-1a of 64 bits (Fowler, Noll, Vo and Eastlake, draft-eastlake-fnv).
#[inline]
const fn fnv1a_64(bytes: &[u8]) -> u64 {
    let (mut hash, mut at) = (0xCBF2_9CE4_8422_2325_u64, 0);
    // A loop by hand, since a `const fn` has no iterators.
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x100_0000_01B3);
        at += 1;
    }
    hash
}

/// FNV-1a of 32 bits.
#[inline]
pub const fn fnv1a_32(bytes: &[u8]) -> u32 {
    let (mut hash, mut at) = (0x811C_9DC5_u32, 0);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

/// FNV-1a with a last stir: the tables of the lexicon and of the tagger's weights take the low bits as a slot and the
/// high ones as a mark, and FNV alone leaves the high bits of short words nearly alike.
#[inline]
pub(crate) const fn hash_word(bytes: &[u8]) -> u64 {
    mix(fnv1a_64(bytes), 77)
}

/// One hash of two; the order counts.
#[inline]
pub(crate) const fn mix(a: u64, b: u64) -> u64 {
    let stirred = (a ^ b.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    stirred ^ (stirred >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published test vectors of FNV-1a.
    #[test]
    fn fnv_is_the_published_function() {
        assert_eq!((fnv1a_32(b""), fnv1a_64(b"")), (0x811C_9DC5, 0xCBF2_9CE4_8422_2325));
        assert_eq!((fnv1a_32(b"a"), fnv1a_64(b"a")), (0xE40C_292C, 0xAF63_DC4C_8601_EC8C));
        assert_eq!((fnv1a_32(b"foobar"), fnv1a_64(b"foobar")), (0xBF9C_F968, 0x8594_4171_F739_67E8));
    }

    #[test]
    fn hashes_of_words_stay_as_they_are() {
        assert_eq!(hash_word(b""), 0xE29E_00FF_E11A_CEF6);
        assert_eq!(hash_word(b"lachin"), 0xD5CD_8E81_B4A8_AE4F);
    }

    #[test]
    fn the_order_of_a_mix_counts() {
        assert_ne!(mix(1, 2), mix(2, 1));
    }
}
