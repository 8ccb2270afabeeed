//! Bytes as lower-case hexadecimal: how digests are written everywhere.

use std::fmt::Write;

/// Bytes written out.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Bytes read back; `None` where the text is no hexadecimal.
#[must_use]
pub fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| (byte as char).to_digit(16);
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some((digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?) as u8)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        assert_eq!(hex(&[0, 0x0f, 0xa0, 0xff]), "000fa0ff");
        assert_eq!(bytes_of_hex("000fA0ff"), Some(vec![0, 0x0f, 0xa0, 0xff]));
        for text in ["0", "0g", "+1", "é"] {
            assert_eq!(bytes_of_hex(text), None, "{text}");
        }
    }
}
