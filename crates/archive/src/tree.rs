//! The Merkle tree of RFC 6962 §2.1 over SHA-256: roots, audit paths, and climbing one.

use model::Digest;
use sha2::{Digest as _, Sha256};

/// A tree over lines. Keeps every level, so that any root and any path is read off in logarithmic time.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Hashes of the leaves first; each next level pairs the one before, a last one without a partner moves up as it is.
    levels: Vec<Vec<Digest>>,
}

impl Tree {
    /// A tree over some lines, in order.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut tree = Self { levels: vec![lines.into_iter().map(leaf).collect()] };
        while let Some(level) = tree.levels.last().filter(|level| level.len() > 1) {
            let pairs = level.chunks(2).map(|pair| if let [left, right] = pair { node(left, right) } else { pair[0] });
            let next = pairs.collect();
            tree.levels.push(next);
        }
        tree
    }

    /// How many leaves there are.
    pub fn len(&self) -> usize {
        self.levels.first().map_or(0, Vec::len)
    }

    /// Whether there is no leaf.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The root over all leaves.
    pub fn root(&self) -> Digest {
        self.root_at(self.len())
    }

    /// The root over the first `size` leaves, as it was when the tree had only these.
    ///
    /// # Panics
    /// If there are fewer.
    pub fn root_at(&self, size: usize) -> Digest {
        assert!(size <= self.len(), "a tree of {} leaves has no root at {size}", self.len());
        let mut start = 0;
        let mut whole = Vec::new();
        for level in (0..usize::BITS).rev().filter(|level| size >> level & 1 == 1) {
            whole.push(self.levels[level as usize][start >> level]);
            start += 1 << level;
        }
        let joined = whole.into_iter().rev().reduce(|right, left| node(&left, &right));
        joined.unwrap_or_else(|| Digest(Sha256::digest(b"").into()))
    }

    /// The audit path of a leaf (RFC 6962 §2.1.1), the sibling nearest to the leaf first; empty for an only leaf.
    ///
    /// # Panics
    /// If there is no such leaf.
    pub fn path(&self, index: usize) -> Vec<Digest> {
        assert!(index < self.len(), "a tree of {} leaves has no leaf {index}", self.len());
        let siblings = self.levels.iter().enumerate().map(|(level, hashes)| hashes.get((index >> level) ^ 1).copied());
        siblings.take(self.levels.len() - 1).flatten().collect()
    }
}

/// The root to which a path leads from the leaf `line` at `index` in a tree of `size` leaves; none if no such tree has
/// a path of that length.
pub fn climb(line: &[u8], index: u64, size: u64, path: &[Digest]) -> Option<Digest> {
    if index >= size {
        return None;
    }
    let (mut index, mut last, mut hash) = (index, size - 1, leaf(line));
    let mut rest = path.iter();
    while last > 0 {
        if index & 1 == 1 {
            hash = node(rest.next()?, &hash);
        } else if index < last {
            hash = node(&hash, rest.next()?);
        }
        index >>= 1;
        last >>= 1;
    }
    rest.next().is_none().then_some(hash)
}

fn leaf(line: &[u8]) -> Digest {
    Digest(Sha256::new().chain_update([0]).chain_update(line).finalize().into())
}

fn node(left: &Digest, right: &Digest) -> Digest {
    Digest(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn digest(hex: &str) -> Digest {
        format!("sha256:{hex}").parse().unwrap()
    }

    /// The leaves of the test vectors that the Certificate Transparency log software publishes for RFC 6962.
    const LEAVES: [&[u8]; 8] = [
        b"",
        &[0x00],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
    ];

    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn roots_are_those_of_the_published_vectors() {
        for (size, root) in ROOTS.iter().enumerate() {
            assert_eq!(Tree::of(LEAVES[..size].iter().copied()).root(), digest(root), "{size} leaves");
            assert_eq!(Tree::of(LEAVES).root_at(size), digest(root), "the first {size} of 8 leaves");
        }
    }

    #[test]
    fn paths_are_those_of_the_published_vectors() {
        let path = |index: usize, size: usize| Tree::of(LEAVES[..size].iter().copied()).path(index);
        assert_eq!(path(0, 1), Vec::new());
        assert_eq!(
            path(0, 8),
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
            .map(digest)
        );
        assert_eq!(
            path(2, 3),
            ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"].map(digest),
            "the last leaf of three has no partner"
        );
        assert_eq!(
            path(1, 5),
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
            .map(digest)
        );
    }

    proptest! {
        #[test]
        fn each_path_leads_to_the_root_and_no_other_leaf_place_or_path_does(size in 1_u16..200, pick in 0_u16..200, spoil in 0_usize..12) {
            let lines: Vec<Vec<u8>> = (0..size).map(|n| n.to_be_bytes().to_vec()).collect();
            let tree = Tree::of(lines.iter().map(Vec::as_slice));
            let index = pick % size;
            let (at, of) = (u64::from(index), u64::from(size));
            let line = &lines[usize::from(index)];
            let mut path = tree.path(usize::from(index));
            prop_assert_eq!(climb(line, at, of, &path), Some(tree.root()));
            prop_assert_ne!(climb(b"other", at, of, &path), Some(tree.root()));
            prop_assert_eq!(climb(line, of, of, &path), None);
            if size > 1 {
                prop_assert_ne!(climb(line, (at + 1) % of, of, &path), Some(tree.root()));
                let spoilt = spoil % path.len();
                path[spoilt].0[0] ^= 1;
                prop_assert_ne!(climb(line, at, of, &path), Some(tree.root()));
                path.pop();
            } else {
                path.push(tree.root());
            }
            prop_assert_eq!(climb(line, at, of, &path), None);
        }
    }
}
