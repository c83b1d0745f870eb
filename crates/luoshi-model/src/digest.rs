//! Digests of texts and files: ids, names and checks that are the same on every run and machine.
//!
//! FNV-1a: a cryptographic digest would say more than is needed and cost a dependency.

/// 64 bits of FNV-1a.
///
/// ```
/// // Both from the algorithm's own test vectors.
/// assert_eq!(luoshi_model::fnv1a(""), 0xcbf2_9ce4_8422_2325);
/// assert_eq!(luoshi_model::fnv1a("foobar"), 0x8594_4171_f739_67e8);
/// ```
pub fn fnv1a(bytes: impl AsRef<[u8]>) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.as_ref().iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// [`fnv1a`] folded to 48 bits: enough to tell apart what one checklist holds, and twelve digits where it is written.
///
/// ```
/// assert_eq!(luoshi_model::digest(""), 0x9ce4_8422_2325 ^ 0xcbf2);
/// ```
pub fn digest(text: &str) -> u64 {
    let hash = fnv1a(text);
    (hash ^ (hash >> 48)) & 0xffff_ffff_ffff
}
