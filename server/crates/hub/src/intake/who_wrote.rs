//! The correspondent of a mail: somebody known by this address and name, or somebody new.

use domain::codes::{ContactPreference, CorrespondentKind};
use domain::correspondent::Correspondent;
use domain::email::EmailAddress;
use domain::ids::CorrespondentId;
use jiff::Timestamp;
use store::{Alone, Tx};

use super::read::Reading;
use crate::{Error, Hub};

/// What stands for the name of somebody who gave none, and no address either.
const NOBODY: &str = "Somebody who gave no name";

/// The correspondent of a mail. Whoever is known by the address is taken as they are, unless the mail has another
/// name: two people may share an address, and what one of them asked for is not the other's. From here on nobody else
/// counts the mails to them.
pub(super) async fn who_wrote(
    hub: &Hub,
    tx: &mut Tx,
    reading: &Reading,
    now: Timestamp,
) -> Result<(Correspondent, Option<Alone>), Error> {
    let (known, alone) = match &reading.sender {
        Some(address) => known(tx, address).await?,
        None => (None, None),
    };
    if let Some(known) = &known
        && is_theirs(&known.name, reading)
    {
        return Ok((known.clone(), alone));
    }
    let id = hub.random(|random| CorrespondentId::generate(now, random));
    let new = newcomer(id, reading, known.map(|known| known.kind));
    tx.correspondents().insert(&new, now).await?;
    Ok((new, alone))
}

async fn known(
    tx: &mut Tx,
    address: &EmailAddress,
) -> Result<(Option<Correspondent>, Option<Alone>), Error> {
    let mut relatives = tx.relatives();
    let (id, alone) = relatives.newest_correspondent_alone(address).await?;
    let known = match id {
        Some(id) => tx.correspondents().get(id).await?,
        None => None,
    };
    Ok((known, Some(alone)))
}

fn is_theirs(name: &str, reading: &Reading) -> bool {
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    let given = reading.sender_name.as_deref();
    given.is_none_or(|given| words(given) == words(name))
}

fn newcomer(
    id: CorrespondentId,
    reading: &Reading,
    known: Option<CorrespondentKind>,
) -> Correspondent {
    let address = reading.sender.as_ref();
    let name = reading.sender_name.clone();
    let kind = known.or_else(|| address.and_then(kind_by_address));
    Correspondent {
        id,
        kind: kind.unwrap_or(CorrespondentKind::Other),
        name: name
            .or_else(|| address.map(ToString::to_string))
            .unwrap_or_else(|| NOBODY.to_owned()),
        email: reading.sender.clone(),
        telephone: None,
        postal_address: None,
        organisation: None,
        preference: ContactPreference::Email,
        support: Vec::new(),
        interpreter_language: None,
        safe_contact: None,
    }
}

/// Schools and the health service have endings of their own
/// (<https://www.nominet.uk/uk-domains/>).
fn kind_by_address(address: &EmailAddress) -> Option<CorrespondentKind> {
    let domain = address.domain();
    let ends = |ending: &str| domain.ends_with(ending) || domain == &ending[1..];
    if ends(".sch.uk") {
        Some(CorrespondentKind::School)
    } else if ends(".nhs.uk") || ends(".nhs.net") {
        Some(CorrespondentKind::Professional)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("head@hill.kent.sch.uk", Some(CorrespondentKind::School))]
    #[case("ot@clinic.nhs.uk", Some(CorrespondentKind::Professional))]
    #[case("ot@nhs.net", Some(CorrespondentKind::Professional))]
    #[case("pat@example.org", None)]
    #[case("pat@notsch.uk", None)]
    fn an_address_tells_who_somebody_is(
        #[case] address: &str,
        #[case] kind: Option<CorrespondentKind>,
    ) {
        assert_eq!(kind_by_address(&address.parse().unwrap()), kind);
    }
}
