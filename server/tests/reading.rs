//! How hard our pages are to read, as the running server draws them: a table of every public page, and the measure
//! that each has to keep. `testing::reading` says what the measure is.

#![allow(
    clippy::expect_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]
#![allow(clippy::print_stdout, reason = "the table is to be read")]

mod running;

use hub::guides::FILES;
use running::{Answer, Folder, Server, eventually};
use scraper::{ElementRef, Html, Node, Selector};
use sqlx::{Connection, Executor, SqliteConnection};
use testing::reading::{Measure, Reader};

/// Pages that anybody finds, with nothing begun.
const PAGES: [&str; 11] = [
    "/",
    "/local-offer",
    "/local-offer?q=speech&postcode=ME14+1XQ",
    "/local-offer?q=speech&postcode=ZZ99+9ZZ",
    "/local-offer?q=xyzzyqwert&age=4",
    "/guides",
    "/our-promise",
    "/accessibility",
    "/privacy",
    "/cookies",
    "/ask",
];

/// The questions of the form.
const STEPS: [&str; 9] = [
    "topic",
    "who",
    "about-child",
    "child",
    "district",
    "support",
    "message",
    "reach",
    "check",
];

/// Words of providers: reported, but theirs.
const LISTING: &str = "/local-offer/childrens-speech-and-language-therapy";

/// Where a piece of a page's text ends.
const BLOCKS: [&str; 26] = [
    "aside", "br", "button", "dd", "details", "div", "dl", "dt", "fieldset", "form", "h1", "h2",
    "h3", "h4", "label", "legend", "li", "main", "nav", "ol", "option", "p", "section", "summary",
    "table", "ul",
];
/// What is not read, or not ours: what somebody typed, and what providers say about their services.
const LEFT_OUT: [&str; 6] = ["script", "style", "svg", "textarea", "input", "template"];
const OF_PROVIDERS: [&str; 2] = ["hub-results", "hub-guide__services"];

/// The pieces of a page's main part.
fn pieces(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let main = Selector::parse("main").expect("a selector");
    let mut pieces = vec![String::new()];
    for main in page.select(&main) {
        collect(main, &mut pieces);
    }
    pieces
}

fn collect(element: ElementRef<'_>, pieces: &mut Vec<String>) {
    let name = element.value().name();
    let of_providers = element
        .value()
        .classes()
        .any(|class| OF_PROVIDERS.contains(&class));
    if of_providers || LEFT_OUT.contains(&name) {
        return;
    }
    let block = BLOCKS.contains(&name) || ["td", "th", "tr"].contains(&name);
    if block {
        pieces.push(String::new());
    }
    for child in element.children() {
        match child.value() {
            Node::Text(text) => {
                if let Some(piece) = pieces.last_mut() {
                    piece.push_str(text);
                }
            }
            Node::Element(_) => {
                if let Some(child) = ElementRef::wrap(child) {
                    collect(child, pieces);
                }
            }
            _ => {}
        }
    }
    if block {
        pieces.push(String::new());
    }
}

/// The table, and what stands in it that is too hard.
#[derive(Default)]
struct Table {
    reader: Reader,
    too_hard: Vec<String>,
}

impl Table {
    fn row(&mut self, what: &str, html: &str) -> Measure {
        let pieces = pieces(html);
        let measure = self.reader.measure(pieces.iter().map(String::as_str));
        assert!(measure.words > 10, "{what} has no words: {html}");
        println!("{measure}  {what}");
        measure
    }

    fn page(&mut self, what: &str, answer: &Answer) {
        if !self.row(what, &answer.body).is_plain() {
            self.too_hard.push(what.to_owned());
        }
    }
}

/// A private page, with a question that is waiting.
fn private_page(folder: &Folder, server: &Server, cookie: &str) -> Answer {
    server.post("/ask/check", Some(cookie), &[]);
    let link = || {
        let mails = folder.mails();
        let (_, from) = mails.iter().find_map(|mail| mail.split_once("/enquiry/"))?;
        let whole = from.replace("=\r\n", "");
        let token =
            whole.split(|letter: char| !letter.is_ascii_alphanumeric() && !"-_".contains(letter));
        token.map(str::to_owned).next()
    };
    eventually("the acknowledgement", || link().is_some());
    server.get(&format!("/enquiry/{}", link().expect("a link")), None)
}

/// What is told when it is our fault: the page of services without its services.
async fn with_a_fault(folder: &Folder, server: &Server) -> Answer {
    let url = format!("sqlite:{}", folder.database().display());
    let mut database = SqliteConnection::connect(&url).await.expect("the database");
    let broken = database.execute("ALTER TABLE taxonomy_terms RENAME TO away");
    broken.await.expect("a fault");
    server.get(LISTING, None)
}

/// What is told to whoever tries too often.
fn after_too_many_tries(server: &Server) -> Answer {
    let wrong = [("email", "nobody@example.org"), ("password", "wrong")];
    let mut tries = (0..100).map(|_| server.post("/desk/sign-in", None, &wrong));
    tries
        .find(|answer| answer.status == 429)
        .expect("an end of tries")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_public_page_can_be_read_at_the_age_of_nine() {
    // On SQLite whatever the others run on: its file can be broken.
    let folder = Folder::on("sqlite:".to_owned());
    let server = Server::start(&folder, &[]);
    eventually("the sample to be found", || {
        !server
            .get("/local-offer?q=speech", None)
            .body
            .contains("hub-nothing")
    });
    let mut table = Table::default();
    println!("grade sentence  words  (pages, as they are drawn)");
    for path in PAGES {
        table.page(path, &server.get(path, None));
    }
    for file in FILES {
        let path = format!("/guides/{}", file.slug);
        table.page(&path, &server.get(&path, None));
    }
    let cookie = server.fill_in("When is the bus?");
    for step in STEPS {
        let path = format!("/ask/{step}");
        table.page(&path, &server.get(&path, Some(&cookie)));
        if step != "check" {
            let refused = server.post(
                &path,
                Some(&cookie),
                &[("email", "nobody"), ("child_day", "40")],
            );
            if refused.status == 422 {
                table.page(&format!("{path}, refused"), &refused);
            }
        }
    }
    let private = private_page(&folder, &server, &cookie);
    table.page("/enquiry/…", &private);
    table.page("/ask/sent", &server.get("/ask/sent", Some(&cookie)));
    table.page(
        "a page that is not there",
        &server.get("/nothing-here", None),
    );
    table.page(
        "a link that does not work",
        &server.get("/enquiry/nothing", None),
    );
    table.page("too many tries", &after_too_many_tries(&server));
    table.row(
        "a listing (its provider's words)",
        &server.get(LISTING, None).body,
    );
    let fault = with_a_fault(&folder, &server).await;
    assert_eq!(fault.status, 500);
    table.page("a page that failed", &fault);
    assert_eq!(table.too_hard, [""; 0], "too hard to read");
}
