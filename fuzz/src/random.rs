//! Random numbers.

/// xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016.
pub struct Random(pub u64);

impl Random {
    /// Any number of 53 bits.
    pub fn any(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    /// 0 to `most` - 1; 0 where `most` is 0.
    pub fn below(&mut self, most: usize) -> usize {
        (self.any() % most.max(1) as u64) as usize
    }
}
