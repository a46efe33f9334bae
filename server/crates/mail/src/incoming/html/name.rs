//! Names of elements, and which elements end one another.

/// The name of an element in small letters, as much of it as tells known ones apart.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) text: String,
    /// The same as a number: names are compared for every element that is open.
    packed: u128,
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        self.packed == other.packed
    }
}

/// Elements that end one another, or that nothing ends from within. A set of them is a sum.
pub(super) type Groups = u16;

pub(super) const PARAGRAPH: Groups = 1;
pub(super) const ITEM: Groups = 2;
const TERM: Groups = 4;
const CELL: Groups = 8;
const ROW: Groups = 16;
const LINK: Groups = 32;
const CHOICE: Groups = 64;
const LIST: Groups = 128;
const TERMS: Groups = 256;
const TABLE: Groups = 512;

impl Name {
    pub(super) fn of(name: &[u8]) -> Name {
        let name = &name[..name.len().min(16)];
        let packed = name
            .iter()
            .fold(0, |packed, byte| packed << 8 | u128::from(*byte));
        let text = String::from_utf8_lossy(name).into_owned();
        Name { text, packed }
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.text == name
    }

    pub(super) fn is_one_of(&self, names: &[&str]) -> bool {
        names.contains(&self.text.as_str())
    }

    pub(super) fn group(&self) -> Groups {
        match self.text.as_str() {
            "p" => PARAGRAPH,
            "li" => ITEM,
            "dt" | "dd" => TERM,
            "td" | "th" => CELL,
            "tr" => ROW,
            "a" => LINK,
            "option" => CHOICE,
            "ul" | "ol" => LIST,
            "dl" | "select" => TERMS,
            "table" => TABLE,
            _ => 0,
        }
    }

    /// Elements that hold nothing.
    pub(super) fn is_void(&self) -> bool {
        const VOID: &[&str] = &[
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
            "track", "wbr",
        ];
        self.is_one_of(VOID)
    }

    /// Outlook's own, such as `o:p`, which do end at a slash.
    pub(super) fn is_foreign(&self) -> bool {
        self.text.contains(':')
    }

    /// What a new one of these ends, and where the looking for it stops.
    pub(super) fn closes(&self) -> &'static [(Groups, Groups)] {
        const OF_CELL: Groups = CELL | TABLE;
        const OPEN_PARAGRAPH: (Groups, Groups) = (PARAGRAPH, OF_CELL);
        match self.text.as_str() {
            "li" => &[OPEN_PARAGRAPH, (ITEM, LIST | OF_CELL)],
            "dt" | "dd" => &[OPEN_PARAGRAPH, (TERM, TERMS | OF_CELL)],
            "td" | "th" => &[(CELL, ROW | TABLE)],
            "tr" => &[(ROW, TABLE)],
            "a" => &[(LINK, OF_CELL)],
            "option" => &[(CHOICE, TERMS)],
            _ if self.is_block() => &[OPEN_PARAGRAPH],
            _ => &[],
        }
    }

    /// What an end tag of this name cannot reach through: a stray `</div>` ends no cell.
    pub(super) fn walls(&self) -> Groups {
        match self.text.as_str() {
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => TABLE,
            "table" | "body" | "html" => 0,
            _ => CELL | TABLE,
        }
    }

    /// Elements that no reader shows.
    pub(super) fn is_never_seen(&self) -> bool {
        self.is_one_of(&[
            "head", "script", "style", "title", "template", "iframe", "object", "noembed",
            "noframes", "datalist",
        ])
    }

    pub(super) fn is_block(&self) -> bool {
        const BLOCKS: &[&str] = &[
            "address",
            "article",
            "aside",
            "blockquote",
            "caption",
            "center",
            "details",
            "dir",
            "div",
            "dl",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "legend",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "ul",
        ];
        self.is_one_of(BLOCKS)
    }
}
