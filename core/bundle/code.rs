//! The code of a bundle: a short digest of its evidence part, made to be printed and typed back.

use super::README;
use sha2::{Digest, Sha512};

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whether a payload path counts for the code. What prints the code cannot be covered by it.
pub(super) fn counts(path: &str) -> bool {
    !(path == "data/report.html" || path == "data/report.pdf" || path.starts_with("data/letters/") || path == README)
}

/// The code over lines `digest  path` of `manifest-sha512.txt`. Lines that do not count must be left out by the caller.
pub(super) fn of_lines(lines: &mut [String]) -> String {
    lines.sort_unstable();
    let mut digest = Sha512::new();
    for line in lines {
        digest.update(line.as_bytes());
        digest.update(b"\n");
    }
    let digest = digest.finalize();
    let bits = digest.iter().take(10).fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
    let mut code = String::with_capacity(19);
    for place in 0..16 {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        code.push(LETTERS[(bits >> (75 - 5 * place)) as usize & 31] as char);
    }
    code
}

/// A code as typed back by a person, in the form in which it is printed; `None` where it cannot be one.
#[must_use]
pub fn typed_code(text: &str) -> Option<String> {
    let mut code = String::with_capacity(19);
    let mut letters = 0;
    for letter in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        if !letter.is_ascii() || !LETTERS.contains(&(letter as u8)) {
            return None;
        }
        if letters > 0 && letters % 4 == 0 {
            code.push('-');
        }
        code.push(letter);
        letters += 1;
    }
    (letters == 16).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighty_bits_big_endian_in_four_groups() {
        // Computed apart: SHA-512 of "a\nb\n", first ten bytes, base 32 of Crockford.
        let code = of_lines(&mut ["b".to_owned(), "a".to_owned()]);
        assert_eq!(code, of_lines(&mut ["a".to_owned(), "b".to_owned()]), "the order of the lines does not matter");
        assert_eq!(code, "M45E-004F-26Z0-ER6X");
    }

    #[test]
    fn a_typed_code_forgives_look_alikes() {
        assert_eq!(typed_code("k7qf 2m9d-X4TA-8IZO"), Some("K7QF-2M9D-X4TA-81Z0".to_owned()));
        assert_eq!(typed_code("K7QF-2M9D-X4TA"), None, "too short");
        assert_eq!(typed_code("K7QF-2M9D-X4TA-81ZU"), None, "U is no letter of it");
    }
}
