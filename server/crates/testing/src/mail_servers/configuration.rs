//! What Postfix and Dovecot are told: nothing of the machine's own configuration counts.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, chown},
    path::Path,
};

use super::{NOBODY, PASSWORD, Ports};

/// Writes `postfix/`, `dovecot.conf` and what they need into the folder.
pub(super) fn write(folder: &Path, ports: Ports, token_port: u16, pipe: Option<&Path>) {
    let at = folder.display();
    // Their own users must be able to walk through it.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("permissions");
    for name in ["postfix", "spool", "postfix-data", "run", "mail"] {
        fs::create_dir(folder.join(name)).expect(name);
    }
    hand_to(&folder.join("postfix-data"), "postfix");
    hand_to(&folder.join("mail"), "mail");

    let mut main = format!(
        "compatibility_level = 3.6
queue_directory = {at}/spool
data_directory = {at}/postfix-data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
meta_directory = /etc/postfix
mail_owner = postfix
setgid_group = postdrop
maillog_file = {at}/postfix.log
maillog_file_prefixes = {at}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
mynetworks =
alias_maps =
smtpd_error_sleep_time = 0
virtual_mailbox_domains = example.org, send.example.org
virtual_mailbox_maps = static:there
virtual_transport = lmtp:unix:{at}/run/lmtp
smtpd_tls_cert_file = {at}/server.pem
smtpd_tls_key_file = {at}/server.key
smtpd_sasl_type = dovecot
smtpd_sasl_path = {at}/run/postfix-auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access inline:{{ {{{NOBODY}=550 5.1.1 No such mailbox}} }}
"
    );
    if pipe.is_some() {
        main += "transport_maps = inline:{ {enquiries@example.org=send-hub:} }
recipient_delimiter = +
send-hub_destination_recipient_limit = 1
";
    }
    let service =
        |port: u16, options: &str| format!("127.0.0.1:{port} inet n - n - - smtpd {options}\n");
    let signed_in = "-o smtpd_sasl_auth_enable=yes -o smtpd_tls_auth_only=yes \
                     -o smtpd_client_restrictions=permit_sasl_authenticated,reject";
    let mut master = service(ports.plain, "-o smtpd_tls_security_level=none");
    master += &service(
        ports.submission,
        &format!("-o smtpd_tls_security_level=encrypt {signed_in}"),
    );
    master += &service(
        ports.submissions,
        &format!("-o smtpd_tls_wrappermode=yes {signed_in}"),
    );
    for (name, kind, command) in [
        ("pickup", "unix n - n 60 1", "pickup"),
        ("cleanup", "unix n - n - 0", "cleanup"),
        ("qmgr", "unix n - n 300 1", "qmgr"),
        ("tlsmgr", "unix - - n 1000? 1", "tlsmgr"),
        ("rewrite", "unix - - n - -", "trivial-rewrite"),
        ("bounce", "unix - - n - 0", "bounce"),
        ("defer", "unix - - n - 0", "bounce"),
        ("trace", "unix - - n - 0", "bounce"),
        ("verify", "unix - - n - 1", "verify"),
        ("flush", "unix n - n 1000? 0", "flush"),
        ("proxymap", "unix - - n - -", "proxymap"),
        ("smtp", "unix - - n - -", "smtp"),
        ("relay", "unix - - n - -", "smtp"),
        ("showq", "unix n - n - -", "showq"),
        ("error", "unix - - n - -", "error"),
        ("retry", "unix - - n - -", "error"),
        ("discard", "unix - - n - -", "discard"),
        ("lmtp", "unix - - n - -", "lmtp"),
        ("anvil", "unix - - n - 1", "anvil"),
        ("scache", "unix - - n - 1", "scache"),
        ("postlog", "unix-dgram n - n - 1", "postlogd"),
    ] {
        master += &format!("{name} {kind} {command}\n");
    }
    if let Some(program) = pipe {
        let argv = format!(
            "{} receive --from=${{sender}} --to=${{recipient}}",
            program.display()
        );
        master +=
            &format!("send-hub unix - n n - 4 pipe\n  user=mail null_sender=\n  argv={argv}\n");
    }
    let dovecot = format!(
        "base_dir = {at}/run
state_dir = {at}/run
log_path = {at}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{at}/server.pem
ssl_key = <{at}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
mail_location = maildir:~/Maildir
first_valid_uid = 1
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  unix_listener lmtp {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener postfix-auth {{
    mode = 0666
  }}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {at}/oauth2.conf
}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={at}/mail/%u allow_all_users=yes
}}
",
        imap = ports.imap,
        imaps = ports.imaps
    );
    let oauth2 = format!(
        "introspection_mode = post
introspection_url = http://127.0.0.1:{token_port}/introspect
username_attribute = username
active_attribute = active
active_value = true
"
    );
    for (name, text) in [
        ("postfix/main.cf", main),
        ("postfix/master.cf", master),
        ("dovecot.conf", dovecot),
        ("oauth2.conf", oauth2),
    ] {
        fs::write(folder.join(name), text).expect(name);
    }
}

/// Gives a file or a folder to one of the machine's users.
///
/// # Panics
/// When there is no such user, or we are not root.
pub fn hand_to(folder: &Path, user: &str) {
    let users = fs::read_to_string("/etc/passwd").expect("the users");
    let id = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next() == Some(user)).then(|| fields.nth(1)?.parse().ok())?
    });
    let id: u32 = id.expect("the packages make their own users");
    chown(folder, Some(id), None).expect("root may give a folder away");
}
