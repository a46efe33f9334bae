//! HTML made into text: what is seen, and nothing that could do anything.

use rstest::rstest;

use super::{page, read};
use crate::incoming::Limits;

#[rstest]
#[case::paragraphs("<p>One</p><p>Two</p>", "One\n\nTwo")]
#[case::divisions("<div>One</div><div>Two</div>", "One\nTwo")]
#[case::a_blank_division("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo")]
#[case::line_ends("One<br>Two<br><br>Three", "One\nTwo\n\nThree")]
#[case::white_space("One\n   two\t<b> three </b> four", "One two three four")]
#[case::not_closed("<p>One<p>Two<ul><li>a<li>b", "One\n\nTwo\n\n- a\n- b")]
#[case::characters("caf&eacute; &pound;5 &lt;b&gt; &#x1F600;", "café £5 <b> 😀")]
#[case::numbers("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b")]
#[case::kept_spaces("<pre>a  b\n  c</pre>", "a  b\n  c")]
#[case::a_line_across("a<hr>b", "a\n________________________________\nb")]
#[case::quoted_in_quoted(
    "<blockquote type=cite>a<blockquote type=cite>b</blockquote></blockquote>c",
    "> a\n> > b\n\nc"
)]
#[case::outlooks_bar(
    "<div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'><p class=MsoNormal>a</p></div>",
    "> a"
)]
#[case::a_stray_end("<table><tr><td>a</div></td><td>b</td></tr></table>", "a | b")]
#[case::an_empty_cell("<table><tr><td>a</td><td></td><td>c</td></tr></table>", "a | c")]
#[case::a_signature("a<div>-- </div><div>Jo</div>", "a\n-- \nJo")]
#[case::a_signature_before_a_line_end("a<br>-- <br>Jo", "a\n-- \nJo")]
#[case::paragraphs_in_items("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n- b")]
#[case::long_cells("<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\nc")]
fn a_page_is_read_line_by_line(#[case] html: &str, #[case] text: &str) {
    assert_eq!(page(html), text);
}

#[rstest]
#[case::its_address_is_told(
    "<a href='https://x.example/f'>the form</a>",
    "the form (https://x.example/f)"
)]
#[case::words_that_are_the_address("<a href='https://x.example/'>x.example</a>", "x.example")]
#[case::mail(
    "<a href='mailto:a@b.example?subject=x'>write</a>",
    "write (a@b.example)"
)]
#[case::mail_that_says_it("<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example")]
#[case::mail_in_a_cell(
    "<table><tr><td>Mail<td><a href='mailto:a@b.example'>a@b.example</a></table>",
    "Mail | a@b.example"
)]
#[case::a_script("<a href='javascript:alert(1)'>press</a>", "press")]
#[case::within_the_page("<a href='#top'>up</a>", "up")]
#[case::words_that_lie(
    "<a href='https://evil.example'>bank.example</a>",
    "bank.example (https://evil.example)"
)]
fn a_link(#[case] html: &str, #[case] text: &str) {
    assert_eq!(page(html), text);
}

#[rstest]
#[case::not_displayed("<p style='display: none'>no</p>yes", "yes")]
#[case::not_visible("<p style='VISIBILITY:hidden !important'>no</p>yes", "yes")]
#[case::folded_up("<div style='max-height:0px;overflow:hidden'>no</div>yes", "yes")]
#[case::said_so("<div hidden>no</div>yes", "yes")]
#[case::within_hidden("<div style='display:none'><p>no</p><div>no</div></div>yes", "yes")]
#[case::head_script_and_style(
    "<head><title>no</title></head><style>no</style><script>no</script>yes",
    "yes"
)]
#[case::a_comment("<!-- no -->yes<!--[if mso]>no<![endif]-->", "yes")]
fn what_nobody_saw_is_left_out(#[case] html: &str, #[case] text: &str) {
    assert_eq!(page(html), text);
}

#[rstest]
#[case::small_containers(
    "<td style='font-size:0px'><div style='font-size:13px'>seen</div></td>",
    "seen"
)]
#[case::hidden_in_outlook_alone("<p style='mso-hide:all'>seen</p>", "seen")]
#[case::without_scripts("<noscript>seen</noscript>", "seen")]
#[case::hidden_from_reading_aloud("<p aria-hidden=true>seen</p>", "seen")]
#[case::a_form("<textarea>seen</textarea>", "seen")]
#[case::white("<p style='color:#fff'>seen</p>", "seen")]
#[case::all_of_it_hidden("<div style='display:none'>seen</div>", "seen")]
fn what_somebody_saw_is_there(#[case] html: &str, #[case] text: &str) {
    assert_eq!(page(html), text);
}

#[test]
fn a_page_without_words_has_no_text_whatever_else_is_in_it() {
    for html in [
        "<style>no",
        "<script>no</script>",
        "<head><title>no</title></head><body></body>",
        "<!-- no",
    ] {
        assert_eq!(page(html), "", "{html}");
    }
}

#[rstest]
#[case::described("<img src='https://x.example/a.png' alt='Our school'>", "[Our school]")]
#[case::of_the_message("<img src='cid:a@b'>", "[picture]")]
#[case::a_dot(
    "a<img src='https://x.example/a.png' alt='seen' width=1 height=1>b",
    "ab"
)]
#[case::a_smile("Thanks <img src='cid:a@b' alt='😀'>", "Thanks 😀")]
fn a_picture_is_told_and_never_fetched(#[case] html: &str, #[case] text: &str) {
    assert_eq!(page(html), text);
}

#[test]
fn a_page_that_says_to_be_plain_text_is_read_as_a_page() {
    assert_eq!(
        read("From: a@b.example\n\n<!DOCTYPE html><html><body><p>Hello</p></body></html>").text,
        "Hello"
    );
}

/// ammonia is the judge of what could do anything in a page.
#[test]
fn no_text_comes_through_that_a_cleaner_of_pages_would_take_out() {
    for html in [
        "<script>alert('x')</script><p>seen</p>",
        "<style>p{background:url(https://x.example)}</style><p>seen</p>",
        "<p onclick=\"alert('x')\">seen</p>",
        "<svg><script>alert('x')</script></svg><p>seen</p>",
        "<iframe src=https://x.example>x</iframe><p>seen</p>",
    ] {
        let judged: String = ammonia::Builder::empty()
            .clean_content_tags(["script", "style", "iframe"].into())
            .clean(html)
            .to_string();
        assert_eq!(page(html), judged.trim(), "{html}");
    }
}

#[test]
fn deep_nesting_costs_little() {
    for tag in [
        "<div>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<b>",
        "<p hidden>",
        "<a href=https://x.example>",
    ] {
        let html = format!("{}seen", tag.repeat(100_000));
        let raw = super::message("Content-Type: text/html", html);
        let text = crate::incoming::read(&raw, &Limits::default()).text;
        assert!(text.ends_with("seen") || text.len() < 2_000_000, "{tag}");
    }
}
