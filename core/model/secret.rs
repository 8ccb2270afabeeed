//! A password on its way to the case file.

use std::fmt;
use std::ops::Deref;
use zeroize::Zeroizing;

/// A password: wiped from memory when it is dropped, and never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// A password out of the bytes of a text; the bytes are wiped with it. `None` where they are no UTF-8, or hold a
    /// NUL, which would end the password early.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        match String::from_utf8(bytes) {
            Ok(text) => Some(Self(Zeroizing::new(text))).filter(|secret| !secret.contains('\0')),
            Err(error) => {
                drop(Zeroizing::new(error.into_bytes()));
                None
            }
        }
    }
}

impl Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed_and_holds_no_nul() {
        let secret = Secret::from("пароль");
        assert_eq!(format!("{secret:?}"), "Secret");
        assert_eq!(&*secret, "пароль");
        assert_eq!(Secret::from_bytes("пароль".into()), Some(secret));
        assert_eq!(Secret::from_bytes(b"a\0b".to_vec()), None);
        assert_eq!(Secret::from_bytes(vec![0xff]), None);
    }
}
