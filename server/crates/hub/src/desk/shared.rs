//! Who else has somebody's e-mail address or telephone. Separated parents may share either and not
//! be safe from each other: an officer must know before they write or call.

use domain::correspondent::Correspondent;
use store::{Look, Tx, name_key};

use crate::Error;

/// As many as are looked at who have one number or address.
const LOOKED_AT: u32 = 50;

/// Somebody who can be reached where the correspondent can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    /// Their name.
    pub name: String,
    /// Whether they have the same e-mail address.
    pub email: bool,
    /// Whether they have the same telephone.
    pub telephone: bool,
    /// What they told us to mind so that contact is safe.
    pub safe_contact: Option<String>,
}

/// Those who share an address or a telephone with this person: everybody of another name, and the
/// same person where they told us another time what to mind.
pub(super) async fn sharing(tx: &mut Tx, person: &Correspondent) -> Result<Vec<Sharing>, Error> {
    let mut sharing: Vec<Sharing> = Vec::new();
    let number = person.telephone.clone().map(Look::Telephone);
    let address = person.email.clone().map(Look::Email);
    for look in number.into_iter().chain(address) {
        for other in tx.correspondents().found(&look, LOOKED_AT).await? {
            let same_name = name_key(&other.name) == name_key(&person.name);
            let wish = other.safe_contact.is_some() && other.safe_contact != person.safe_contact;
            if other.id == person.id || (same_name && !wish) {
                continue;
            }
            let email = matches!(look, Look::Email(_));
            let known = sharing.iter_mut().find(|known| {
                name_key(&known.name) == name_key(&other.name)
                    && (known.safe_contact == other.safe_contact || other.safe_contact.is_none())
            });
            match known {
                Some(known) => {
                    known.email |= email;
                    known.telephone |= !email;
                }
                None => sharing.push(Sharing {
                    name: other.name,
                    email,
                    telephone: !email,
                    safe_contact: other.safe_contact,
                }),
            }
        }
    }
    Ok(sharing)
}
