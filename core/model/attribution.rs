//! Attribution: the person's claim that a group belongs to a respondent, and what it rests on. Nothing derives it.

use super::words;
use serde::{Deserialize, Serialize};

/// Letters of a respondent's name.
const NAME: usize = 200;
/// Letters of a note.
const NOTE: usize = 2_000;

words!(
    /// What the claim rests on.
    AttributionBasis {
        /// They named themselves in the call.
        SelfNamed = "self_named",
        /// The respondent answered a letter.
        Answer = "answer",
        /// The telephone operator said to whom the number is given.
        OperatorAnswer = "operator_answer",
        /// The number stands on its site, in its advertising, in its papers.
        Published = "published",
        /// A message that came with the calls, or the site that it names.
        Message = "message",
        /// A contract with it, or a paper of it.
        Contract = "contract",
        /// A decision of a court or of an authority.
        Decision = "decision",
        /// The caller label alone, which anybody may set.
        Label = "label",
        /// Something else, told in the note.
        Other = "other",
    }
);

words!(
    /// What the respondent has to do with the calls.
    RespondentRole {
        /// Unknown.
        Unknown = "unknown",
        /// Its name stands in the caller label.
        LabelOwner = "label_owner",
        /// It called on behalf of others.
        CallCentre = "call_centre",
        /// Its goods or services were praised.
        Advertiser = "advertiser",
        /// It claims a debt.
        Creditor = "creditor",
        /// Its site took the number.
        SiteOwner = "site_owner",
        /// It carries the number.
        Operator = "operator",
    }
);

/// Why a claim cannot be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributionFault {
    /// No name, or one too long.
    Name,
    /// A taxpayer number (ИНН) whose length or check digits do not hold.
    Inn,
    /// Nothing that it rests on.
    Basis,
    /// «Something else» that the note does not tell.
    Note,
}

impl std::fmt::Display for AttributionFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Name => "no name of a respondent",
            Self::Inn => "no taxpayer number",
            Self::Basis => "no basis",
            Self::Note => "no note",
        })
    }
}

/// A claim as it is stated, which need not hold.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StatedAttribution {
    /// Organisation or person.
    pub respondent: String,
    /// Taxpayer number (ИНН).
    #[serde(default)]
    pub inn: Option<String>,
    /// What it has to do with the calls.
    pub role: RespondentRole,
    /// What the claim rests on.
    pub bases: Vec<AttributionBasis>,
    /// In the claimant's words.
    #[serde(default)]
    pub note: String,
}

/// The claim of a person that a group of calls belongs to a respondent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Attribution {
    /// Organisation or person, as the claimant writes it.
    pub respondent: String,
    /// Taxpayer number (ИНН): 10 digits of an organisation, 12 of a person.
    pub inn: Option<String>,
    /// What it has to do with the calls.
    pub role: RespondentRole,
    /// What the claim rests on, each once, in the order of [`AttributionBasis::ALL`].
    pub bases: Vec<AttributionBasis>,
    /// In the claimant's words; may be empty.
    pub note: String,
}

impl Attribution {
    /// A claim as the person states it.
    ///
    /// # Errors
    /// What it lacks.
    pub fn new(stated: &StatedAttribution) -> Result<Self, AttributionFault> {
        let (respondent, note) = (stated.respondent.trim(), stated.note.trim());
        let bases: Vec<AttributionBasis> =
            AttributionBasis::ALL.iter().copied().filter(|basis| stated.bases.contains(basis)).collect();
        let shows = respondent.chars().any(char::is_alphanumeric);
        if !shows || respondent.chars().count() > NAME {
            return Err(AttributionFault::Name);
        }
        let inn = stated.inn.as_deref().map(str::trim).filter(|inn| !inn.is_empty());
        if inn.is_some_and(|inn| !is_inn(inn)) {
            return Err(AttributionFault::Inn);
        }
        if bases.is_empty() {
            return Err(AttributionFault::Basis);
        }
        if note.chars().count() > NOTE || (note.is_empty() && bases == [AttributionBasis::Other]) {
            return Err(AttributionFault::Note);
        }
        let (respondent, note, inn) = (respondent.to_owned(), note.to_owned(), inn.map(str::to_owned));
        Ok(Self { respondent, inn, role: stated.role, bases, note })
    }

    /// Whether nothing but the caller label speaks for it: a label is not an identity.
    #[must_use]
    pub fn rests_on_label_alone(&self) -> bool {
        self.bases == [AttributionBasis::Label]
    }
}

/// What is read holds as what is said does: a case file is not believed.
impl<'de> Deserialize<'de> for Attribution {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(&StatedAttribution::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

/// Whether the check digits of a taxpayer number hold (order of the Federal Tax Service ЕД-7-14/559@, annex).
fn is_inn(text: &str) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| digits.iter().any(|digit| *digit > 0)) else { return false };
    // The digit at a place checks those before it, with as many of the last weights.
    let holds = |at: usize| {
        let weights = WEIGHTS.iter().skip(WEIGHTS.len().saturating_sub(at));
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        digits.get(at) == Some(&(sum % 11 % 10))
    };
    match digits.len() {
        10 => holds(9),
        12 => holds(10) && holds(11),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn check_digits_of_taxpayer_numbers() {
        // Worked by hand: 2·9+4·9+10·0+3·1+5·0+9·0+4·0+6·1+8·2 = 79, 79 mod 11 = 2.
        assert!(is_inn("9901000122"));
        for wrong in ["9901000123", "990100012", "99010001225", "99010001a2", "0000000000"] {
            assert!(!is_inn(wrong), "{wrong}");
        }
        // 7·9+2·9+4·0+10·1+3·0+5·0+9·0+4·1+6·2+8·3 = 131, 131 mod 11 = 10, 10 mod 10 = 0;
        // 3·9+7·9+2·0+4·1+10·0+3·0+5·0+9·1+4·2+6·3+8·0 = 129, 129 mod 11 = 8.
        assert!(is_inn("990100012308"));
        assert!(!is_inn("990100012309"));
    }

    #[test]
    fn a_claim_rests_on_something() {
        let new = |name: &str, inn: Option<&str>, bases: &[AttributionBasis], note: &str| {
            let (respondent, note, bases) = (name.to_owned(), note.to_owned(), bases.to_vec());
            let inn = inn.map(str::to_owned);
            Attribution::new(&StatedAttribution { respondent, inn, role: RespondentRole::Unknown, bases, note })
        };
        let label = [AttributionBasis::Label];
        assert_eq!(new(" ", None, &label, ""), Err(AttributionFault::Name));
        assert_eq!(new("ООО «Вектор»", Some("123"), &label, ""), Err(AttributionFault::Inn));
        assert_eq!(new("ООО «Вектор»", None, &[], ""), Err(AttributionFault::Basis));
        assert_eq!(new("ООО «Вектор»", None, &[AttributionBasis::Other], " "), Err(AttributionFault::Note));
        let two = [AttributionBasis::Label, AttributionBasis::SelfNamed, AttributionBasis::Label];
        let claim = new("ООО «Вектор»", Some(" "), &two, "").unwrap();
        assert_eq!(claim.bases, [AttributionBasis::SelfNamed, AttributionBasis::Label]);
        assert!(!claim.rests_on_label_alone() && claim.inn.is_none());
        assert!(new("ООО «Вектор»", None, &label, "").unwrap().rests_on_label_alone());
    }
}
