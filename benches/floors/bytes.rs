//! Bytes of exhibits moved and digested, and nothing else.

use crate::{Result, inputs};
use sha2::{Digest, Sha256, Sha512};
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

const CHUNK: usize = 1 << 18;

/// All files of the folder into one file on the disk, each digested once.
pub fn copied_and_digested(input: &Path, folder: &Path) -> Result<()> {
    let mut out = File::create(folder.join("floor.bin"))?;
    let mut chunk = vec![0; CHUNK];
    for path in inputs::files(input)? {
        let mut sha256 = Sha256::new();
        each_chunk(&mut File::open(path)?, &mut chunk, |bytes| {
            sha256.update(bytes);
            Ok(out.write_all(bytes)?)
        })?;
        std::hint::black_box(sha256.finalize());
    }
    Ok(out.sync_all()?)
}

/// The files into one with both digests, and the same bytes read back with both digests.
pub fn written_and_read_back(input: &Path, folder: &Path) -> Result<()> {
    let exhibits = std::fs::read_to_string(input.join("exhibits"))?;
    let target = folder.join("floor.bin");
    let mut out = File::create(&target)?;
    let mut chunk = vec![0; CHUNK];
    for path in inputs::files(Path::new(&exhibits))? {
        let (mut sha256, mut sha512) = (Sha256::new(), Sha512::new());
        each_chunk(&mut File::open(path)?, &mut chunk, |bytes| {
            sha256.update(bytes);
            sha512.update(bytes);
            Ok(out.write_all(bytes)?)
        })?;
        std::hint::black_box((sha256.finalize(), sha512.finalize()));
    }
    out.sync_all()?;
    let (mut sha256, mut sha512) = (Sha256::new(), Sha512::new());
    each_chunk(&mut File::open(target)?, &mut chunk, |bytes| {
        sha256.update(bytes);
        sha512.update(bytes);
        Ok(())
    })?;
    std::hint::black_box((sha256.finalize(), sha512.finalize()));
    Ok(())
}

fn each_chunk(from: &mut File, chunk: &mut [u8], mut each: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    loop {
        match from.read(chunk)? {
            0 => return Ok(()),
            read => each(&chunk[..read])?,
        }
    }
}
