//! To whom the claimant says that groups belong: a claim, said to be one, with what it rests on.

use crate::model::{Attribution, AttributionBasis, Dossier, RespondentRole};

/// Columns of the table.
pub(super) const COLUMNS: [&str; 4] = ["Группа", "Кому", "На чём основано", "Пояснение заявителя"];
/// What is said below it.
pub(super) const LEAD: &str = "Кому принадлежат звонки группы, указал заявитель; программа этого не определяет. \
     Подпись на экране сама по себе не доказывает, кто звонил: её может поставить кто угодно.";

/// The claims of all groups, the one that counts first: group, respondent, bases, note.
pub(super) fn rows(dossier: &Dossier) -> impl Iterator<Item = [String; 4]> {
    dossier.groups.iter().flat_map(|group| {
        let others = group.also_attributed.iter().map(|claim| (claim, true));
        group.attribution.iter().map(|claim| (claim, false)).chain(others).map(|(claim, other)| {
            let mut whom = vec![claim.respondent.clone()];
            whom.extend(claim.inn.as_ref().map(|inn| format!("ИНН {inn}")));
            whom.extend(role(claim.role).map(str::to_owned));
            whom.extend(other.then(|| "сказано раньше о части этой группы, противоречит".to_owned()));
            [group.name.clone(), whom.join(", "), bases(claim), claim.note.clone()]
        })
    })
}

fn bases(claim: &Attribution) -> String {
    let told: Vec<&str> = claim.bases.iter().copied().map(basis).collect();
    told.join("; ")
}

fn basis(basis: AttributionBasis) -> &'static str {
    match basis {
        AttributionBasis::SelfNamed => "назвали себя в разговоре",
        AttributionBasis::Answer => "ответ на письмо заявителя",
        AttributionBasis::OperatorAnswer => "ответ оператора связи",
        AttributionBasis::Published => "номер указан на сайте, в рекламе или в документах",
        AttributionBasis::Message => "сообщение, пришедшее со звонками, или сайт из него",
        AttributionBasis::Contract => "договор или документ этой организации",
        AttributionBasis::Decision => "решение суда или ведомства",
        AttributionBasis::Label => "подпись на экране",
        AttributionBasis::Other => "иное (см. пояснение)",
    }
}

fn role(role: RespondentRole) -> Option<&'static str> {
    Some(match role {
        RespondentRole::Unknown => return None,
        RespondentRole::LabelOwner => "чьё имя в подписи",
        RespondentRole::CallCentre => "колл-центр",
        RespondentRole::Advertiser => "чьи товары или услуги предлагали",
        RespondentRole::Creditor => "кредитор",
        RespondentRole::SiteOwner => "владелец сайта",
        RespondentRole::Operator => "оператор связи",
    })
}
