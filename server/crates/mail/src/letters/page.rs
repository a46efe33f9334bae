//! A letter as a page of HTML. It loads nothing, runs nothing and names no colour of its own: each
//! mail program then shows its light or dark page with readable text. Styles stand at each element,
//! because some mail programs drop all others.

use super::markup::{Block, Inline};

/// Where and how large a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Print {
    /// In a mail.
    Usual,
    /// In a mail, for people who asked for large print: 24 points, as the UK Association for
    /// Accessible Formats asks at least 16 to 18 of large print, and 24 of giant print.
    Large,
    /// On a page of ours, which has its own style sheet.
    OnOurPage,
}

impl Print {
    const fn text(self) -> &'static str {
        match self {
            Self::Usual => "font-size: 18px; line-height: 1.5;",
            Self::Large => "font-size: 32px; line-height: 1.6;",
            Self::OnOurPage => "",
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Usual => "font-size: 20px; margin: 28px 0 6px;",
            Self::Large => "font-size: 36px; margin: 40px 0 10px;",
            Self::OnOurPage => "",
        }
    }

    /// ` style="…"`, or nothing on a page of ours.
    fn style(self, style: &str) -> String {
        match self {
            Self::OnOurPage => String::new(),
            Self::Usual | Self::Large => format!(" style=\"{style}\""),
        }
    }
}

/// The whole document.
pub(super) fn write(subject: &str, blocks: &[Block], print: Print) -> String {
    let (title, body, text) = (escape(subject), body(blocks, print), print.text());
    format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
</head>
<body style="margin: 0; padding: 0;">
<div style="max-width: 36em; margin: 0 auto; padding: 20px; font-family: Arial, Helvetica, sans-serif; {text}">
{body}</div>
</body>
</html>
"#
    )
}

/// What stands in it.
pub(super) fn body(blocks: &[Block], print: Print) -> String {
    let mut html = String::new();
    let mut in_list = false;
    for block in blocks {
        let entry = matches!(block, Block::Entry(_));
        if entry && !in_list {
            html.push_str(&format!(
                "<ul{}>\n",
                print.style("margin: 0 0 14px; padding-left: 20px;")
            ));
        } else if !entry && in_list {
            html.push_str("</ul>\n");
        }
        in_list = entry;
        match block {
            Block::Heading(line) => {
                let style = print.style(print.heading());
                html.push_str(&format!("<h2{style}>{}</h2>\n", inline(line, " ")));
            }
            Block::Paragraph(line) => {
                let style = print.style("margin: 0 0 14px;");
                html.push_str(&paragraphs(line, &style));
            }
            Block::Boxed(line) => {
                let style = match print {
                    Print::OnOurPage => " class=\"hub-preview__box\"".to_owned(),
                    _ => print.style("margin: 0 0 14px; padding: 14px; border: 2px solid;"),
                };
                html.push_str(&format!("<p{style}>{}</p>\n", inline(line, "<br>\n")));
            }
            Block::Entry(line) => {
                let style = print.style("margin: 0 0 10px;");
                html.push_str(&format!("<li{style}>{}</li>\n", inline(line, "<br>\n")));
            }
            Block::Rule => html.push_str("<hr>\n"),
        }
    }
    if in_list {
        html.push_str("</ul>\n");
    }
    html
}

/// What was filled in may hold several paragraphs, and be written from right to left.
fn paragraphs(line: &[Inline], style: &str) -> String {
    let begin = format!("<p dir=\"auto\"{style}>");
    let next = format!("</p>\n{begin}");
    let html = inline(line, "<br>\n");
    let parted = html.replace(PARAGRAPH, &next);
    format!("{begin}{parted}</p>\n")
}

/// Where words that were filled in begin a new paragraph; no escaped text holds it.
const PARAGRAPH: &str = "<p>";

fn inline(line: &[Inline], line_break: &str) -> String {
    let mut html = String::new();
    for piece in line {
        match piece {
            Inline::Words(words) => html.push_str(&lines(words, line_break)),
            Inline::StrongBegins => html.push_str("<strong>"),
            Inline::StrongEnds => html.push_str("</strong>"),
            Inline::Break => html.push_str(line_break),
            Inline::Link { words, to } if leads_somewhere(to) => {
                let words = if words.is_empty() { to } else { words };
                html.push_str(&format!("<a href=\"{}\">{}</a>", escape(to), escape(words)));
            }
            Inline::Link { words, .. } => html.push_str(&escape(words)),
        }
    }
    html
}

/// A link of ours, or the place of the private one; never `javascript:`.
fn leads_somewhere(to: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:", "private-link-of-"]
        .iter()
        .any(|start| to.starts_with(start))
}

fn lines(words: &str, line_break: &str) -> String {
    let paragraphs: Vec<String> = words
        .split("\n\n")
        .map(|paragraph| paragraph.trim_matches('\n'))
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| {
            let lines: Vec<String> = paragraph.split('\n').map(escape).collect();
            lines.join(line_break)
        })
        .collect();
    paragraphs.join(PARAGRAPH)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
