//! Who calls: somebody whom we know by number or e-mail address, or somebody new.
//!
//! Two people may share a telephone and not be safe from each other. So a number alone never makes
//! somebody the one whom we know: the name must be the same, or only one name may be known by it.

use domain::{
    codes::{ContactPreference, CorrespondentKind, Support},
    correspondent::Correspondent,
    ids::CorrespondentId,
};
use store::{Look, Tx, name_key};

use super::told::Caller;
use crate::{Error, Hub};

/// As many as are looked at who have one number or address.
const LOOKED_AT: u32 = 50;
/// The name of somebody who did not leave theirs.
const NO_NAME: &str = "Name not known";

/// Whether the correspondent is kept already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// As they are.
    Yes,
    /// They are to be written down.
    No,
}

/// The correspondent for this caller. Somebody whom we know and who says nothing new stays as they
/// are; who says something new is written down once more, with all that we knew of their needs.
pub(super) async fn find(
    hub: &Hub,
    tx: &mut Tx,
    caller: &Caller,
) -> Result<(Correspondent, Known), Error> {
    let known = same_contact(tx, caller).await?;
    let name = name(caller, &known)?;
    let same = known
        .into_iter()
        .find(|person| name_key(&person.name) == name_key(&name));
    match same {
        Some(person) if says_nothing_new(caller, &person) => Ok((person, Known::Yes)),
        same => Ok((written_down(hub, caller, name, same), Known::No)),
    }
}

/// Everybody whom we know by this number or this address, who wrote last first.
async fn same_contact(tx: &mut Tx, caller: &Caller) -> Result<Vec<Correspondent>, Error> {
    let number = caller.telephone.clone().map(Look::Telephone);
    let address = caller.email.clone().map(Look::Email);
    let mut known = Vec::new();
    for look in number.into_iter().chain(address) {
        known.extend(tx.correspondents().found(&look, LOOKED_AT).await?);
    }
    Ok(known)
}

/// The name that was given, or the only one that we know.
fn name(caller: &Caller, known: &[Correspondent]) -> Result<String, Error> {
    if let Some(name) = &caller.name {
        return Ok(name.clone());
    }
    let mut names: Vec<&str> = Vec::new();
    for person in known {
        if !names
            .iter()
            .any(|name| name_key(name) == name_key(&person.name))
        {
            names.push(&person.name);
        }
    }
    let reachable =
        caller.telephone.is_some() || caller.email.is_some() || caller.postal_address.is_some();
    match names[..] {
        [name] => Ok(name.to_owned()),
        [] if reachable => Ok(NO_NAME.to_owned()),
        [] => Err(Error::refused("name", "Enter a name, or a number to call")),
        _ => Err(Error::refused(
            "name",
            format!(
                "More than one person has this number or address: {}. Enter who it was",
                names.join(", ")
            ),
        )),
    }
}

fn says_nothing_new(caller: &Caller, person: &Correspondent) -> bool {
    fn same<T: PartialEq>(told: Option<&T>, known: Option<&T>) -> bool {
        told.is_none() || told == known
    }
    let number = caller.telephone.as_ref().map(|number| number.key());
    let known_number = person.telephone.as_ref().map(|number| number.key());
    let address = caller.email.as_ref().map(|address| address.normalised());
    let known_address = person.email.as_ref().map(|address| address.normalised());
    let language = caller.interpreter_language.as_ref();
    same(number.as_ref(), known_number.as_ref())
        && same(address.as_ref(), known_address.as_ref())
        && same(caller.kind.as_ref(), Some(&person.kind))
        && same(caller.organisation.as_ref(), person.organisation.as_ref())
        && same(
            caller.postal_address.as_ref(),
            person.postal_address.as_ref(),
        )
        && same(language, person.interpreter_language.as_ref())
        && same(caller.safe_contact.as_ref(), person.safe_contact.as_ref())
}

/// What was told, and for the rest what we knew.
fn written_down(
    hub: &Hub,
    caller: &Caller,
    name: String,
    same: Option<Correspondent>,
) -> Correspondent {
    let now = hub.now();
    let id = hub.random(|random| CorrespondentId::generate(now, random));
    let preference = preference(caller, same.as_ref());
    let was = same.unwrap_or_else(|| Correspondent {
        id,
        kind: CorrespondentKind::Other,
        name: name.clone(),
        email: None,
        telephone: None,
        postal_address: None,
        organisation: None,
        preference,
        support: Vec::new(),
        interpreter_language: None,
        safe_contact: None,
    });
    let mut support = was.support;
    if caller.interpreter_language.is_some() && !support.contains(&Support::Interpreter) {
        support.push(Support::Interpreter);
    }
    Correspondent {
        id,
        name,
        kind: caller.kind.unwrap_or(was.kind),
        email: caller.email.clone().or(was.email),
        telephone: caller.telephone.clone().or(was.telephone),
        postal_address: caller.postal_address.clone().or(was.postal_address),
        organisation: caller.organisation.clone().or(was.organisation),
        preference,
        support,
        interpreter_language: caller
            .interpreter_language
            .clone()
            .or(was.interpreter_language),
        safe_contact: caller.safe_contact.clone().or(was.safe_contact),
    }
}

/// Whoever was known keeps the way they chose; of somebody new, an address that they gave may be
/// written to.
fn preference(caller: &Caller, same: Option<&Correspondent>) -> ContactPreference {
    match same {
        Some(person) => person.preference,
        None if caller.email.is_some() => ContactPreference::Email,
        None if caller.telephone.is_none() && caller.postal_address.is_some() => {
            ContactPreference::Letter
        }
        None => ContactPreference::Telephone,
    }
}
