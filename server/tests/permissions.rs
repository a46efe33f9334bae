//! Every address, asked for over HTTP as nobody and as each role, compared with the one table of who may do what
//! (`hub::policy`). The server itself says which addresses it has and whom each is for.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use std::{
    io::Write,
    process::{Command, Stdio},
};

use domain::codes::Role;
use hub::policy::{Reach, Row, TABLE};
use running::{Answer, Folder, Server, eventually};

const PASSWORD: &str = "correct horse battery staple";
/// Where everything is that belongs to a team, and where each role is.
const TEAM: &str = "send-enquiries";

/// One line of `send-hub routes`.
struct Address {
    method: String,
    path: String,
    /// What one has to be allowed to do; none where it is for everybody.
    act: Option<&'static Row>,
}

fn addresses(folder: &Folder) -> Vec<Address> {
    let (told, words) = folder.run(&["routes"]);
    assert!(told, "{words}");
    words
        .lines()
        .map(|line| {
            let columns: Vec<_> = line.split('\t').collect();
            let [method, path, audience] = columns[..] else {
                unreachable!("{line}")
            };
            let act = TABLE.iter().find(|row| row.words == audience);
            assert!(
                act.is_some() || ["everybody", "machines"].contains(&audience),
                "{line}"
            );
            Address {
                method: method.to_owned(),
                path: path.to_owned(),
                act,
            }
        })
        .collect()
}

/// Adds somebody with this role and signs them in.
fn signed_in(folder: &Folder, server: &Server, role: Role, name: &str) -> String {
    let email = format!("{name}@council.example.org");
    let mut command: Command = folder.command();
    let mut adding = command
        .args(["user", "add", "--name", "Robin", "--team", TEAM])
        .args(["--email", &email, "--role", role.as_str()])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("send-hub");
    let mut input = adding.stdin.take().expect("its input");
    writeln!(input, "{PASSWORD}").expect("a password");
    drop(input);
    assert!(adding.wait().expect("its end").success());
    let fields = [("email", email.as_str()), ("password", PASSWORD)];
    let answer = server.post("/desk/sign-in", None, &fields);
    answer.cookie.expect("a session")
}

/// What the parts of an address stand for.
struct World {
    reference: String,
    token: String,
    mail: String,
    /// Somebody's account, to be changed and disabled.
    account: String,
    /// Somebody's invitation, to be sent again and taken back.
    invitation: String,
    /// A mail in the quarantine.
    incoming: String,
    /// A message to which something was attached.
    message: String,
}

impl World {
    /// With an enquiry whose acknowledgement was sent.
    fn new(folder: &Folder, server: &Server, administrator: &str) -> Self {
        signed_in(folder, server, Role::Officer, "zoe");
        let invited = [
            ("name", "New"),
            ("email", "new@council.example.org"),
            ("role", "officer"),
        ];
        server.post("/admin/people/invite", Some(administrator), &invited);
        let people = server.get("/admin/people", Some(administrator)).body;
        let (_, zoe) = people
            .rsplit_once("href=\"/admin/people/")
            .expect("somebody");
        let (incoming, message) = by_mail(folder, server, administrator);
        let cookie = server.fill_in("Who may read this?");
        server.post("/ask/check", Some(&cookie), &[]);
        let sent = server.get("/ask/sent", Some(&cookie));
        let acknowledgement = || {
            folder
                .mails()
                .into_iter()
                .find(|mail| mail.contains("/enquiry/"))
        };
        eventually("the acknowledgement", || acknowledgement().is_some());
        let mail = acknowledgement().expect("it").replace("=\r\n", "");
        Self {
            reference: after(&sent.body, "SEND-", "SEND-"),
            token: after(&mail, "/enquiry/", ""),
            mail: after(&mail, "Message-ID: <", ""),
            account: after(zoe, "", ""),
            invitation: after(&people, "/admin/people/invitations/", ""),
            incoming,
            message,
        }
    }

    fn fill(&self, path: &str) -> String {
        path.replace("{reference}", &self.reference)
            .replace("{token}", &self.token)
            .replace("{mail}", &self.mail)
            .replace("{mailbox}", "enquiries")
            .replace("{place}", "1-1")
            .replace("{incoming}", &self.incoming)
            .replace("{message}", &self.message)
            .replace("{ordinal}", "0")
            .replace("{slug}", "no-such-page")
            .replace("{step}", "topic")
            .replace("{session}", "00000000-0000-0000-0000-000000000000")
            .replace(
                "invitations/{id}",
                &format!("invitations/{}", self.invitation),
            )
            .replace("{id}", &self.account)
            .replace("{section}", "topics")
            .replace("{item}", "1")
            .replace("{version}", "1")
            .replace("{*function}", "suggest?typed=speech")
    }
}

/// A mail that stands in the quarantine, and a message with an attachment.
fn by_mail(folder: &Folder, server: &Server, administrator: &str) -> (String, String) {
    let receive = |headers: &str, body: &str| {
        let mut command = folder.command();
        let mut receiving = command
            .args(["receive", "--from=pat@example.org", "--to=a@example.org"])
            .stdin(Stdio::piped())
            .spawn()
            .expect("send-hub");
        let mut input = receiving.stdin.take().expect("its input");
        let from = "From: Pat Attached <pat@example.org>";
        write!(input, "{from}\r\n{headers}\r\n\r\n{body}\r\n").expect("a message");
        drop(input);
        assert!(receiving.wait().expect("its end").success());
    };
    receive("Auto-Submitted: auto-replied", "I am away.");
    receive(
        "Content-Type: multipart/mixed; boundary=cut",
        "--cut\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nWords\r\n--cut--",
    );
    let page = |path: &str| server.get(path, Some(administrator)).body;
    eventually("the quarantine", || {
        page("/desk/quarantine").contains("/desk/incoming/")
    });
    let desk = || page("/desk?whose=everyone");
    eventually("the enquiry", || desk().contains("/desk/enquiry/"));
    let reference = after(&desk(), "/desk/enquiry/", "");
    let file = page(&format!("/desk/enquiry/{reference}"));
    (
        after(&page("/desk/quarantine"), "/desk/incoming/", ""),
        after(&file, "/desk/attachment/", ""),
    )
}

/// The word that follows a mark.
fn after(text: &str, mark: &str, keep: &str) -> String {
    let (_, rest) = text.split_once(mark).expect(mark);
    let word = rest
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter));
    format!("{keep}{}", word.collect::<String>())
}

fn ask(server: &Server, address: &Address, path: &str, cookie: Option<&str>) -> Answer {
    match address.method.as_str() {
        "GET" => server.get(path, cookie),
        "POST" => server.post(path, cookie, &[]),
        other => unreachable!("say here how to ask by {other}"),
    }
}

fn leads_to_sign_in(answer: &Answer) -> bool {
    let location = answer.location.as_deref().unwrap_or_default();
    answer.status == 303 && location.starts_with("/desk/sign-in")
}

#[test]
fn every_address_is_open_to_whom_the_table_says_and_to_nobody_else() {
    let folder = Folder::new();
    let server = Server::start(&folder, &[]);
    let roles: Vec<_> = Role::ALL
        .iter()
        .map(|role| (*role, signed_in(&folder, &server, *role, role.as_str())))
        .collect();
    let (_, administrator) = roles
        .iter()
        .find(|(role, _)| *role == Role::Administrator)
        .expect("an administrator");
    let world = World::new(&folder, &server, administrator);
    let addresses = addresses(&folder);
    assert!(addresses.len() > 20, "too few to be all");
    for address in &addresses {
        // Signing out ends what the others need, and who is half signed in stands in no table.
        if address.path == "/desk/sign-out" || address.path.starts_with("/desk/sign-in/") {
            continue;
        }
        let path = world.fill(&address.path);
        assert!(!path.contains('{'), "say in World::fill what {path} means");
        let nobody = ask(&server, address, &path, None);
        assert_eq!(
            leads_to_sign_in(&nobody),
            address.act.is_some(),
            "{} {path} as nobody: {}",
            address.method,
            nobody.status
        );
        for (role, cookie) in &roles {
            let answer = ask(&server, address, &path, Some(cookie));
            let who = format!("{} {path} as {role}: {}", address.method, answer.status);
            assert!(!leads_to_sign_in(&answer), "{who}");
            match address.act.map(|row| row.reach(*role)) {
                Some(Reach::Nobody) => assert_eq!(answer.status, 404, "{who}"),
                Some(Reach::OwnTeam | Reach::Everywhere) => {
                    assert!(![404, 500].contains(&answer.status), "{who}");
                }
                None => assert_eq!(answer.status, nobody.status, "{who}"),
            }
        }
    }
}
