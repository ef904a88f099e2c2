//! MD5 (RFC 1321), because packages of other programs may name their files' digests so. It proves nothing against a
//! forger; ours use SHA-256.

const BLOCK: usize = 64;
const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

/// MD5 of what was added.
pub(crate) struct Md5 {
    state: [u32; 4],
    table: [u32; 64],
    pending: Vec<u8>,
    length: u64,
}

impl Md5 {
    pub(crate) fn new() -> Self {
        // The table of §3.4, computed as it is defined there: whole parts of 2^32 |sin(n)|, sin in radians.
        let mut table = [0; 64];
        for (n, value) in (1_u32..).zip(&mut table) {
            *value = whole((f64::from(n).sin().abs() * 4_294_967_296.0).floor());
        }
        let state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
        Self { state, table, pending: Vec::with_capacity(BLOCK), length: 0 }
    }

    pub(crate) fn update(&mut self, mut bytes: &[u8]) {
        self.length = self.length.wrapping_add(bytes.len() as u64);
        if !self.pending.is_empty() {
            let (fill, rest) = bytes.split_at(bytes.len().min(BLOCK - self.pending.len()));
            self.pending.extend(fill);
            bytes = rest;
            if self.pending.len() < BLOCK {
                return;
            }
            let block = std::mem::take(&mut self.pending);
            self.block(&block);
        }
        let whole = bytes.chunks_exact(BLOCK);
        self.pending.extend(whole.remainder());
        whole.for_each(|block| self.block(block));
    }

    /// The digest in hexadecimal.
    pub(crate) fn finish(mut self) -> String {
        let bits = self.length.wrapping_mul(8);
        let used = self.pending.len() + 1;
        let mut end = vec![0x80];
        end.resize(1 + (BLOCK + 56 - used % BLOCK) % BLOCK, 0);
        end.extend(bits.to_le_bytes());
        self.update(&end);
        self.state.iter().flat_map(|word| word.to_le_bytes()).map(|byte| format!("{byte:02x}")).collect()
    }

    fn block(&mut self, block: &[u8]) {
        let word = |n: usize| u32::from_le_bytes([block[4 * n], block[4 * n + 1], block[4 * n + 2], block[4 * n + 3]]);
        let [mut a, mut b, mut c, mut d] = self.state;
        for step in 0..64 {
            let (mixed, n) = match step / 16 {
                0 => (b & c | !b & d, step),
                1 => (b & d | c & !d, 5 * step + 1),
                2 => (b ^ c ^ d, 3 * step + 5),
                _ => (c ^ (b | !d), 7 * step),
            };
            let sum = a.wrapping_add(mixed).wrapping_add(self.table[step]).wrapping_add(word(n % 16));
            let turned = b.wrapping_add(sum.rotate_left(SHIFTS[step / 16][step % 4]));
            (a, d, c, b) = (d, c, b, turned);
        }
        for (word, value) in self.state.iter_mut().zip([a, b, c, d]) {
            *word = word.wrapping_add(value);
        }
    }
}

/// A whole number below 2^32 out of its floating-point form.
fn whole(number: f64) -> u32 {
    let bits = number.to_bits();
    let exponent = (bits >> 52 & 0x7ff).saturating_sub(1023);
    let mantissa = bits & ((1 << 52) - 1) | 1 << 52;
    u32::try_from(mantissa >> 52_u64.saturating_sub(exponent)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `md5sum` prints.
    fn check(bytes: &[u8], sum: &str) {
        for step in [1, 55, 64, 1000] {
            let mut md5 = Md5::new();
            bytes.chunks(step).for_each(|chunk| md5.update(chunk));
            assert_eq!(md5.finish(), sum);
        }
    }

    #[test]
    fn digests_are_those_of_md5sum() {
        check(b"", "d41d8cd98f00b204e9800998ecf8427e");
        check(b"abc", "900150983cd24fb0d6963f7d28e17f72");
        check(
            b"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a",
        );
        check(&[b'a'; 55], "ef1772b6dff9a122358552954ad0df65");
        check(&[b'a'; 56], "3b0c8ac703f828b04c6c197006d17218");
        check(&[b'a'; 64], "014842d480b571495a4a0363793f7367");
    }
}
