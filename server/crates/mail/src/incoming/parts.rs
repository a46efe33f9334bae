//! The parts of a message, one inside the other: which of them are its text, and which came with it.

use std::borrow::Cow;
use std::collections::HashSet;

use super::attachments::Attachment;
use super::header::{Head, Place};
use super::media::{Disposition, Media};
use super::text::{self, Kind, Words};
use super::transfer::Damage;
use super::{Limits, Problem, letters, multipart, uuencode};

/// What is gathered on the way through the parts.
pub(super) struct Parts<'l> {
    limits: &'l Limits,
    pub(super) problems: Vec<Problem>,
    pub(super) attachments: Vec<Attachment>,
    /// The content ids of pictures that the text shows.
    shown: HashSet<String>,
    count: usize,
    decoded: usize,
    has_text: bool,
    /// A text that asks to be an attachment: read when there is no other.
    spare: Option<Words>,
    /// The first message inside this one: read when there is no text at all.
    inner: Option<usize>,
}

impl<'l> Parts<'l> {
    pub(super) fn new(limits: &'l Limits) -> Parts<'l> {
        Parts {
            limits,
            problems: Vec::new(),
            attachments: Vec::new(),
            shown: HashSet::new(),
            count: 0,
            decoded: 0,
            has_text: false,
            spare: None,
            inner: None,
        }
    }

    /// Reads the whole message, and gives its text.
    pub(super) fn text_of(&mut self, head: &Head<'_>, depth: usize) -> String {
        let text = self
            .part(head, depth, "text/plain")
            .map(|words| words.text)
            .unwrap_or_default();
        for attachment in &mut self.attachments {
            attachment.inline = attachment
                .content_id
                .as_ref()
                .is_some_and(|id| self.shown.contains(id));
        }
        if !text.trim().is_empty() {
            return text;
        }
        if let Some(spare) = self
            .spare
            .take()
            .filter(|spare| !spare.text.trim().is_empty())
        {
            return spare.text;
        }
        self.text_of_inner(depth)
            .or_else(|| self.text_of_calendar())
            .unwrap_or_default()
    }

    /// Where somebody passed a message on without a word, that message is what they have to say.
    fn text_of_inner(&mut self, depth: usize) -> Option<String> {
        let inner = self.attachments.get(self.inner?)?;
        if depth >= self.limits.depth {
            self.say(Problem::TooDeep);
            return None;
        }
        let head = Head::of(&inner.content, Place::Message, self.limits.header_bytes);
        let mut parts = Parts::new(self.limits);
        let text = parts.text_of(&head, depth + 1);
        let title = inner.summary.clone().unwrap_or_default();
        (!text.is_empty()).then(|| format!("{title}\n\n{text}"))
    }

    /// Programs answer an invitation with a calendar alone.
    fn text_of_calendar(&self) -> Option<String> {
        let calendar = self
            .attachments
            .iter()
            .find(|file| file.media_type == "text/calendar")?;
        calendar.summary.clone()
    }

    pub(super) fn say(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn part(&mut self, head: &Head<'_>, depth: usize, default: &str) -> Option<Words> {
        self.count += 1;
        if self.count > self.limits.parts {
            self.say(Problem::TooManyParts);
            return None;
        }
        if head.cut {
            self.say(Problem::HeadersTooLong);
        }
        let media = Media::of(head);
        let is_file = media.disposition == Disposition::Attachment;
        let kind = match &media.kind {
            Some(kind) => kind.as_str(),
            None if is_file && head.first("content-type").is_some() => "application/octet-stream",
            None => default,
        };
        match kind.strip_prefix("multipart/") {
            Some(subtype) => self.multipart(head, &media, subtype, depth),
            None => self.leaf(head, &media, kind),
        }
    }

    fn multipart(
        &mut self,
        head: &Head<'_>,
        media: &Media,
        subtype: &str,
        depth: usize,
    ) -> Option<Words> {
        if depth >= self.limits.depth {
            self.say(Problem::TooDeep);
            return None;
        }
        let body = if media.is_plain() {
            Cow::Borrowed(head.body)
        } else {
            Cow::Owned(media.decode(head.body).0)
        };
        let most = self.limits.parts.saturating_sub(self.count) + 1;
        let Some(pieces) = multipart::cut(&body, media.boundary.as_deref(), most) else {
            self.say(Problem::Damaged);
            return self.leaf(head, media, "text/plain");
        };
        if depth == 0 && !pieces.is_ended && pieces.parts.len() < most {
            self.say(Problem::CutShort);
        }
        if subtype == "encrypted" {
            self.say(Problem::Encrypted);
        }
        let default = if subtype == "digest" {
            "message/rfc822"
        } else {
            "text/plain"
        };
        let mut words = Vec::new();
        for (at, piece) in pieces.parts.iter().enumerate() {
            let head = Head::of(piece, Place::Part, self.limits.header_bytes);
            // All but the first part of a related one are what the first one shows.
            words.extend(if subtype == "related" && at > 0 {
                self.resource(&head, depth + 1)
            } else {
                self.part(&head, depth + 1, default)
            });
        }
        match subtype {
            "alternative" => text::best(words),
            _ => text::joined(words),
        }
    }

    fn resource(&mut self, head: &Head<'_>, depth: usize) -> Option<Words> {
        let media = Media::of(head);
        match &media.kind {
            Some(kind) if kind.starts_with("text/") && self.has_text => {
                self.count += 1;
                self.attach(head, &media, kind);
                None
            }
            _ => self.part(head, depth, "text/plain"),
        }
    }

    fn leaf(&mut self, head: &Head<'_>, media: &Media, kind: &str) -> Option<Words> {
        match kind {
            "text/plain" | "text/html" | "text/enriched" | "text/richtext" => {
                self.words(head, media, kind)
            }
            "text/x-amp-html" | "text/watch-html" => None,
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
                self.say(match media.smime.as_deref() {
                    Some("signed-data" | "certs-only") => Problem::Sealed,
                    _ => Problem::Encrypted,
                });
                self.attach(head, media, kind);
                None
            }
            _ => {
                self.attach(head, media, kind);
                None
            }
        }
    }

    fn words(&mut self, head: &Head<'_>, media: &Media, kind: &str) -> Option<Words> {
        let is_file = media.disposition == Disposition::Attachment
            || (media.file_name.is_some() && self.has_text);
        if is_file && self.spare.is_some() {
            self.attach(head, media, kind);
            return None;
        }
        let (bytes, damage, footer) = media.decode_text(head.body);
        let is_plain_after_all =
            damage == Damage::Some && !text::is_text(&bytes) && text::is_text(head.body);
        if damage == Damage::Some && !is_file {
            self.say(Problem::Damaged);
        }
        let bytes = if is_plain_after_all {
            head.body
        } else {
            &bytes
        };
        let mut read = text::read(bytes, media, kind, self.limits.text_bytes);
        if is_file {
            self.spare = Some(read.words);
            self.attach(head, media, kind);
            return None;
        }
        if !footer.is_empty() {
            read.words.text.push_str("\n\n");
            let footer = letters::guess(footer);
            read.words.text.push_str(letters::lines(&footer).trim());
        }
        if read.words.kind == Kind::Plain {
            let (text, files) = uuencode::taken_out(read.words.text);
            read.words.text = text;
            for file in files {
                self.keep(Attachment::from_text(
                    Some(&file.name),
                    "application/octet-stream",
                    file.content,
                ));
            }
        }
        for (media_type, content) in read.pictures {
            self.keep(Attachment::from_text(None, &media_type, content));
        }
        read.problems
            .into_iter()
            .for_each(|problem| self.say(problem));
        self.shown.extend(read.shown);
        self.has_text |= !read.words.text.trim().is_empty();
        Some(read.words)
    }

    fn attach(&mut self, head: &Head<'_>, media: &Media, kind: &str) {
        let (content, damage) = media.decode(head.body);
        if damage == Damage::Some {
            self.say(Problem::Damaged);
        }
        let attachment = Attachment::new(media, kind, content);
        if attachment.is_winmail() {
            self.say(Problem::Winmail);
        }
        self.keep(attachment);
    }

    fn keep(&mut self, attachment: Attachment) {
        let size = attachment.content.len();
        if self.attachments.len() >= self.limits.parts {
            self.say(Problem::TooManyParts);
        } else if self.decoded + size > self.limits.decoded_bytes {
            self.say(Problem::AttachmentsTooLarge);
        } else {
            self.decoded += size;
            if attachment.is_message() && self.inner.is_none() {
                self.inner = Some(self.attachments.len());
            }
            self.attachments.push(attachment);
        }
    }
}
