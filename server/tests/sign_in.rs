//! The way in as a browser walks it, where the council requires a second step; and the terminal's invitation.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]

mod running;

use std::{
    fs,
    time::{SystemTime, UNIX_EPOCH},
};

use running::{Folder, Server, eventually, text};
use totp_rs::{Builder, Secret};

/// A folder whose council is the sample's, but for the one line that lets officers do without a second step.
fn strict() -> Folder {
    let folder = Folder::new();
    let sample = include_str!("../sample/council.toml");
    let optional = "second_step = \"optional\"";
    assert!(sample.contains(optional), "the sample leaves it to each");
    fs::create_dir_all(folder.data()).expect("a data folder");
    let council = sample.replace(optional, "");
    fs::write(folder.data().join("council.toml"), council).expect("a council");
    folder
}

/// What an app shows now that holds this key.
#[expect(
    clippy::disallowed_methods,
    reason = "the server that is asked has the real clock"
)]
fn code_of(key: &str) -> String {
    let secret = Secret::try_from_base32(key.replace(' ', "")).expect("a key");
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("test")
        .build()
        .expect("an app");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("now");
    totp.generate(now.as_secs()).to_string()
}

#[test]
fn where_it_is_required_the_second_step_comes_before_everything_else() {
    let folder = strict();
    let server = Server::start(&folder, &[]);
    let half = server.sign_in(&folder);
    for path in ["/desk", "/desk/account", "/admin/people"] {
        let page = server.get(path, Some(&half));
        assert_eq!(page.status, 303, "{path}");
        assert!(
            page.location
                .is_some_and(|to| to.starts_with("/desk/sign-in?next=")),
            "{path}"
        );
    }
    let posted = server.post("/desk/account/away", Some(&half), &[]);
    assert_eq!(posted.location.as_deref(), Some("/desk/sign-in"));
    let code = server.get("/desk/sign-in/code", Some(&half));
    assert_eq!(code.location.as_deref(), Some("/desk/sign-in/set-up"));

    let page = server.get("/desk/sign-in/set-up", Some(&half));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<svg"), "{}", page.body);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let key = text(&page.body, ".hub-key");
    let wrong = server.post("/desk/sign-in/set-up", Some(&half), &[("code", "12")]);
    assert_eq!(wrong.status, 422);
    assert_eq!(text(&wrong.body, ".hub-key"), key);

    let fields = [("code", code_of(&key))];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let set = server.post("/desk/sign-in/set-up", Some(&half), &fields);
    assert_eq!(set.status, 200);
    assert_eq!(text(&set.body, ".hub-codes li").split(' ').count(), 10);
    let session = set.cookie.expect("a session");
    assert_ne!(session, half);
    assert_eq!(server.get("/desk", Some(&session)).status, 200);
    assert_eq!(server.get("/desk", Some(&half)).status, 303);
    // The codes and the key are gone from every page.
    let again = server.get("/desk/account/recovery-codes", Some(&session));
    assert_eq!(text(&again.body, ".hub-codes"), "");
    let offered = server.get("/desk/account/second-step", Some(&session));
    assert_ne!(text(&offered.body, ".hub-key"), key);

    // The next sign-in asks for a code, and a code of the same thirty seconds is spent.
    let half = server.sign_in(&folder);
    let page = server.get("/desk/sign-in/set-up", Some(&half));
    assert_eq!(page.location.as_deref(), Some("/desk/sign-in"));
    let spent = server.post("/desk/sign-in/code", Some(&half), &fields);
    assert_eq!(spent.status, 422);
    assert!(!spent.body.contains(fields[0].1), "{}", spent.body);
}

#[test]
fn whoever_gave_too_many_wrong_codes_is_told_why_and_until_when() {
    let folder = strict();
    let server = Server::start(&folder, &[]);
    let half = server.sign_in(&folder);
    let page = server.get("/desk/sign-in/set-up", Some(&half));
    let code = code_of(&text(&page.body, ".hub-key"));
    let set = server.post("/desk/sign-in/set-up", Some(&half), &[("code", &code)]);
    let codes = text(&set.body, ".hub-codes li");
    let right = codes.split(' ').next().expect("a recovery code");

    // A new process has counted no tries yet.
    drop(server);
    let server = Server::start(&folder, &[]);
    let recovery = "/desk/sign-in/recovery-code";
    let half = server.sign_in(&folder);
    for _ in 0..4 {
        let wrong = server.post(recovery, Some(&half), &[("recovery_code", "2222")]);
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("This recovery code is not right"));
    }
    let wrong = [("recovery_code", "2222"), ("next", "/desk/account")];
    let last = server.post(recovery, Some(&half), &wrong);
    assert_eq!(last.status, 422);
    assert_eq!(text(&last.body, "h1"), "Sign in to the desk");
    let why = text(&last.body, ".govuk-error-summary__list");
    assert!(why.contains("You gave 5 wrong codes"), "{why}");
    assert!(last.body.contains("value=\"/desk/account\""));

    let half = server.sign_in(&folder);
    let early = server.post(recovery, Some(&half), &[("recovery_code", right)]);
    assert_eq!(early.status, 429);
    let seconds = early.header("retry-after").expect("when to come back");
    assert!((1..=60).contains(&seconds.parse::<u32>().expect("seconds")));
    assert_eq!(text(&early.body, "h1"), "Enter a recovery code");
    let until_when = text(&early.body, ".govuk-error-summary__list");
    assert!(until_when.contains("Wait until"), "{until_when}");
    assert!(until_when.contains("even the right one"), "{until_when}");
    assert!(!early.body.contains(right));
}

#[test]
fn without_a_sending_server_the_terminal_prints_the_first_administrator_s_link() {
    let folder = strict();
    let server = Server::start(&folder, &[]);
    let (well, words) = folder.run(&[
        "user",
        "invite",
        "--email=first@example.org",
        "--name=First Admin",
        "--role=administrator",
    ]);
    assert!(well, "{words}");
    eventually("the letter, as a file", || {
        let mails = folder.mails();
        mails.iter().any(|mail| mail.contains("Your account with"))
    });
    let (_, path) = words.split_once("/desk/invitation/").expect("a link");
    let path = format!("/desk/invitation/{}", path.trim());
    assert_eq!(server.get(&path, None).status, 200);
    assert_eq!(server.get(&path, None).status, 200);
    let password = [
        ("new_password", "marmalade kite on Tuesdays"),
        ("password_again", "marmalade kite on Tuesdays"),
    ];
    let accepted = server.post(&path, None, &password);
    assert_eq!(accepted.status, 303);
    assert!(
        accepted
            .location
            .is_some_and(|to| to.starts_with("/desk/sign-in/set-up"))
    );
    // Pressed twice, or opened again: it says that it was used, and where to sign in.
    for used in [server.get(&path, None), server.post(&path, None, &password)] {
        assert_eq!(used.status, 410);
        assert_eq!(text(&used.body, "h1"), "You have used this link already");
        assert!(used.body.contains("href=\"/desk/sign-in\""));
        assert!(!used.body.contains("first@example.org"));
    }
    let forged = format!("{path}x");
    assert_eq!(server.get(&forged, None).status, 404);
    assert_eq!(server.post(&forged, None, &password).status, 404);
    let (well, words) = folder.run(&["user", "list"]);
    assert!(well && words.contains("first@example.org"), "{words}");

    let (well, words) = folder.run(&[
        "user",
        "invite",
        "--email=first@example.org",
        "--name=First Admin",
        "--role=administrator",
    ]);
    assert!(!well && words.contains("has an account already"), "{words}");
}
