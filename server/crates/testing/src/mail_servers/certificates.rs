//! A certificate authority for one test, and a certificate for `localhost` by it.

use std::{fs, path::Path};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
};

/// Writes `authority.pem`, `server.pem` and `server.key` into the folder.
pub(super) fn make(folder: &Path) {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let name = "SEND Hub's test authority";
    params.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().expect("a key");
    let authority = CertifiedIssuer::self_signed(params, key).expect("an authority");

    let names = vec!["localhost".to_owned()];
    let params = CertificateParams::new(names).expect("a name");
    let key = KeyPair::generate().expect("a key");
    let server = params.signed_by(&key, &authority).expect("a certificate");

    let write = |name: &str, text: String| fs::write(folder.join(name), text).expect(name);
    write("authority.pem", authority.pem());
    write("server.pem", server.pem());
    write("server.key", key.serialize_pem());
}
