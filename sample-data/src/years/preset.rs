//! What a year is made of.

use super::campaigns::{self, Campaign, Numbers};
use super::{Year, life};

/// Kinds of years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// The standard mix: five campaigns, two banks, a clinic, a life.
    Standard,
    /// The same without a single label.
    Unlabelled,
    /// Two campaigns in one operator's block, neither of which shows a name there.
    Shared,
    /// A campaign in the numbers that follow those of a bank.
    BesideBank,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Standard, Self::Unlabelled, Self::Shared, Self::BesideBank];

    /// Its name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Unlabelled => "unlabelled",
            Self::Shared => "shared block",
            Self::BesideBank => "beside a bank",
        }
    }

    pub(super) fn tell(self, year: &mut Year) {
        let labels = self != Self::Unlabelled;
        life::acquaintances(year, labels);
        life::deliveries(year, labels);
        life::strangers(year);
        life::clinic(year, labels);
        let (first, second) = (year.block(), year.block());
        let bank = life::bank(year, 1, "Банк Полюс", first + 3_000, labels);
        life::bank(year, 2, "АО «Нева-Кредит»", second + 7_000, labels);

        let dense = match self {
            // The bank ends at 25, and most of the hundred that follows is somebody else's.
            Self::BesideBank => Numbers::Dense { block: first, from: 3_085 },
            _ => Numbers::Dense { block: year.block(), from: 4_200 },
        };
        let sparse = match (self, dense) {
            (Self::Shared, Numbers::Dense { block, from }) => Numbers::Dense { block, from: from + 150 },
            _ => Numbers::Sparse { block: year.block() },
        };
        for mut campaign in campaigns(year, dense, sparse, bank) {
            let hidden = self == Self::BesideBank && campaign.id == 2;
            let nameless = self == Self::Shared && campaign.id <= 3 && campaign.id >= 2;
            if !labels || hidden || nameless {
                campaign.labels = &[];
            }
            campaigns::tell(year, &campaign);
        }
    }
}

fn campaigns(year: &mut Year, dense: Numbers, sparse: Numbers, bank: Vec<u64>) -> Vec<Campaign> {
    // Two texts of robots differ, as two companies do not record the same seconds.
    let robot = year.seed.between(19, 34);
    let seller = Campaign {
        id: 1,
        numbers: Numbers::Scattered,
        days: (10, 340),
        hours: (9, 20),
        weekends: false,
        robot: Some(robot),
        labels: &["ООО «ВЕКТОРИЯ»", "ООО ВЕКТОРИЯ", "BEKTOPИЯ", "Вектория: реклама", "  ВЕКТОРИЯ  "],
        marked: (75, 55),
        lanes: 2,
        each: (3, 7),
        pause: 5,
        retry: 15,
        spoofed: 12,
        plays: Vec::new(),
    };
    let clinic_seller = Campaign {
        id: 2,
        numbers: dense,
        days: (30, 300),
        hours: (10, 19),
        robot: None,
        labels: &["ООО «Зелёный Мыс»", "Зеленый мыс", "ЗЕЛЕНЫЙ МЫС: медицина", "Зелёный Мыс - реклама"],
        marked: (60, 45),
        each: (1, 4),
        retry: 5,
        spoofed: 6,
        plays: Vec::new(),
        ..seller
    };
    let exchange = Campaign {
        id: 3,
        numbers: sparse,
        days: (0, 330),
        hours: (9, 18),
        robot: Some(robot + year.seed.between(9, 16)),
        labels: &["ООО Горизонт-Инвест-Консалтинг-Ю", "ООО Горизонт-Инвест-Консалтинг-Юг"],
        marked: (70, 50),
        each: (2, 5),
        retry: 20,
        spoofed: 8,
        plays: Vec::new(),
        ..seller
    };
    let collector = Campaign {
        id: 4,
        numbers: Numbers::Runs,
        days: (60, 364),
        hours: (8, 22),
        weekends: true,
        robot: Some(robot + year.seed.between(22, 40)),
        labels: &["ПКО «Долговое бюро»", "ДОЛГОВОЕ БЮРО", "Долговое бюро: взыскание"],
        marked: (65, 50),
        each: (2, 6),
        retry: 30,
        spoofed: 10,
        plays: bank,
        ..seller
    };
    let provider = Campaign {
        id: 5,
        numbers: Numbers::TollFree,
        days: (100, 260),
        hours: (10, 20),
        weekends: false,
        robot: None,
        labels: &["Оникс Телеком", "ОНИКС ТЕЛЕКОМ: услуги связи", "Oniks Telekom"],
        marked: (90, 70),
        lanes: 1,
        each: (12, 25),
        pause: 4,
        retry: 0,
        spoofed: 5,
        plays: Vec::new(),
    };
    vec![seller, clinic_seller, exchange, collector, provider]
}
