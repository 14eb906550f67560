//! Numbers that look random and are the same in every run.

/// A source of them (xorshift); its seed is any number but zero.
pub struct Numbers(pub u64);

impl Numbers {
    /// A number below another, zero below one and zero.
    pub fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}
