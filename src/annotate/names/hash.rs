//! Hashes that never change: the data files lie by them.

/// FNV-1a (Fowler, Noll and Vo) of 64 bits, with a last stir.
#[inline]
pub fn hash(bytes: &[u8]) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325;
    let hash = bytes.iter().fold(start, |hash: u64, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3));
    mix(hash, 77)
}

/// One hash of two.
#[inline]
pub fn mix(a: u64, b: u64) -> u64 {
    let stirred = (a ^ b.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    stirred ^ (stirred >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_stay_as_they_are() {
        assert_eq!(hash(b""), 0xE29E_00FF_E11A_CEF6);
        assert_eq!(hash(b"lachin"), 0xD5CD_8E81_B4A8_AE4F);
    }
}
