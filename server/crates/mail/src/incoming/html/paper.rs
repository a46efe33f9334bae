//! Words on lines: white space, blank lines, quotation marks, bullets and cells.
//!
//! A line break is kept in mind until the next word comes, so that none stands at an end and the
//! greater of two wins.

/// Quotations inside quotations that are marked.
const MOST_MARKS: usize = 12;
/// Lists inside lists that are moved to the right.
const MOST_STEPS: usize = 8;

/// The text as it grows.
pub(super) struct Paper {
    out: String,
    limit: usize,
    /// Line ends to write before the next word.
    breaks: usize,
    between: Between,
    quoted: usize,
    /// How deep the line before was quoted.
    was_quoted: usize,
    steps: usize,
    bullet: Option<String>,
    /// A cell has begun and holds no word yet.
    is_cell_fresh: bool,
    lines: usize,
    /// A space that does not break stands where a line would begin: a line that is meant to be blank.
    is_line_blank: bool,
}

/// What stands between the last word and the next one on a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Between {
    Nothing,
    Space,
    Cell,
}

/// How a paper stood when a cell began.
#[derive(Clone, Copy)]
pub(super) struct CellStart {
    lines: usize,
    breaks: usize,
    length: usize,
}

impl Paper {
    pub(super) fn new(limit: usize) -> Paper {
        Paper {
            out: String::new(),
            limit,
            breaks: 0,
            between: Between::Nothing,
            quoted: 0,
            was_quoted: 0,
            steps: 0,
            bullet: None,
            is_cell_fresh: false,
            lines: 0,
            is_line_blank: false,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.out.len() > self.limit
    }

    pub(super) fn into_text(self) -> String {
        self.out
    }

    /// How much is written; see [`Paper::since`].
    pub(super) fn length(&self) -> usize {
        self.out.len()
    }

    /// What was written after `length`.
    pub(super) fn since(&self, length: usize) -> &str {
        self.out.get(length..).unwrap_or_default()
    }

    /// Writes `text`; unless `keeps_spaces`, white space in a row is one space.
    pub(super) fn write(&mut self, text: &str, keeps_spaces: bool) {
        for letter in text.chars() {
            match letter {
                '\n' if keeps_spaces => self.line_break(),
                ' ' | '\t' if keeps_spaces => self.put(letter),
                '\u{a0}' if self.breaks > 0 => self.is_line_blank = true,
                letter if letter.is_whitespace() => self.between = self.between.max(Between::Space),
                // Letters of no width, with which senders fill a line that nobody is to see.
                '\u{200b}' | '\u{ad}' | '\u{34f}' | '\u{feff}' => {}
                // This one belongs into Persian words.
                '\u{200c}' if !self.is_within_word() => {}
                letter if letter.is_control() => {}
                letter => self.put(letter),
            }
        }
    }

    fn is_within_word(&self) -> bool {
        self.breaks == 0
            && self.between == Between::Nothing
            && self.out.ends_with(char::is_alphabetic)
    }

    /// Adds `text` to the line that the last word stands on.
    pub(super) fn append(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn put(&mut self, letter: char) {
        let starts_line = self.out.is_empty() || self.breaks > 0;
        if starts_line {
            self.start_line();
        } else {
            self.out.push_str(match self.between {
                Between::Nothing => "",
                Between::Space => " ",
                Between::Cell => " | ",
            });
        }
        self.between = Between::Nothing;
        self.is_cell_fresh = false;
        self.is_line_blank = false;
        self.out.push(letter);
    }

    fn start_line(&mut self) {
        self.end_line();
        if !self.out.is_empty() {
            let blank = self.quoted.min(self.was_quoted);
            for written in 0..self.breaks {
                self.out.push('\n');
                if written + 1 < self.breaks {
                    self.out.push_str("> ".repeat(blank).trim_end());
                }
            }
        }
        self.lines += 1;
        self.breaks = 0;
        self.was_quoted = self.quoted;
        self.out.extend(std::iter::repeat_n("> ", self.quoted));
        let bullet = self.bullet.take();
        let steps = self.steps.saturating_sub(usize::from(bullet.is_some()));
        self.out.extend(std::iter::repeat_n("  ", steps));
        self.out.push_str(bullet.as_deref().unwrap_or_default());
    }

    /// The line above a signature is two dashes and a space (RFC 3676, section 4.3).
    fn end_line(&mut self) {
        let is_mark = self.between == Between::Space && self.out.rsplit('\n').next() == Some("--");
        if is_mark {
            self.out.push(' ');
        }
    }

    /// The next word begins at least `breaks` lines further down.
    pub(super) fn break_to(&mut self, breaks: usize) {
        if self.is_cell_fresh || breaks == 0 {
            return;
        }
        if std::mem::take(&mut self.is_line_blank) {
            self.line_break();
        }
        self.breaks = self.breaks.max(breaks);
    }

    /// `<br>`: one line further down; two blank lines at most.
    pub(super) fn line_break(&mut self) {
        self.end_line();
        self.breaks = (self.breaks + 1).min(3);
        self.is_line_blank = false;
        self.between = Between::Nothing;
    }

    /// A line across.
    pub(super) fn rule(&mut self) {
        self.break_to(1);
        self.write("________________________________", false);
        self.break_to(1);
    }

    pub(super) fn quote(&mut self) {
        self.break_to(1);
        self.quoted = (self.quoted + 1).min(MOST_MARKS);
    }

    pub(super) fn unquote(&mut self) {
        self.break_to(2);
        self.quoted = self.quoted.saturating_sub(1);
    }

    pub(super) fn step_in(&mut self) {
        self.steps = (self.steps + 1).min(MOST_STEPS);
    }

    pub(super) fn step_out(&mut self) {
        self.steps = self.steps.saturating_sub(1);
    }

    /// The next line begins with `bullet`.
    pub(super) fn bullet(&mut self, bullet: String) {
        self.break_to(1);
        self.bullet = Some(bullet);
    }

    pub(super) fn no_bullet(&mut self) {
        self.bullet = None;
    }

    /// A cell begins: on the line of the one before, if that was one line.
    pub(super) fn cell(&mut self) -> CellStart {
        if self.breaks == 0 && !self.out.is_empty() {
            self.between = Between::Cell;
        }
        self.is_cell_fresh = true;
        CellStart {
            lines: self.lines,
            breaks: self.breaks,
            length: self.out.len(),
        }
    }

    /// A cell of one line lets the next one stand beside it.
    pub(super) fn cell_end(&mut self, start: CellStart) {
        self.is_cell_fresh = false;
        let first_line = usize::from(start.breaks > 0 || start.length == 0);
        if self.out.len() == start.length {
            self.breaks = start.breaks;
        } else if self.lines <= start.lines + first_line {
            self.breaks = 0;
        } else {
            self.break_to(1);
        }
    }
}
