//! The three sums of a stream of bytes, taken in one pass: CRC-32 for the zip, SHA-256 and SHA-512 for the manifests.

use crate::model::hex;
use sha2::{Digest, Sha256, Sha512};

/// Sums in the making.
pub(super) struct Digests {
    crc: flate2::Crc,
    sha256: Sha256,
    sha512: Sha512,
    bytes: u64,
}

/// Sums taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) crc: u32,
    pub(super) sha256: String,
    pub(super) sha512: String,
    pub(super) bytes: u64,
}

impl Digests {
    pub(super) fn new() -> Self {
        Self { crc: flate2::Crc::new(), sha256: Sha256::new(), sha512: Sha512::new(), bytes: 0 }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        // In slices that stay in the processor's cache for all three.
        for slice in bytes.chunks(16 * 1024) {
            self.crc.update(slice);
            self.sha256.update(slice);
            self.sha512.update(slice);
        }
        self.bytes += bytes.len() as u64;
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn finish(self) -> Taken {
        Taken {
            crc: self.crc.sum(),
            sha256: hex(&self.sha256.finalize()),
            sha512: hex(&self.sha512.finalize()),
            bytes: self.bytes,
        }
    }
}
