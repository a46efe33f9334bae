//! Header lines in plain text: the same shape heads a message, a returned copy and the fields of a report.

/// Names and values in their order, each value on one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    /// Takes raw names and values as they are.
    pub(super) fn from_raw<'a>(raw: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self(
            raw.map(|(name, value)| (name.to_owned(), one_line(value)))
                .collect(),
        )
    }

    /// Reads lines up to the first that is neither a header nor the rest of one. Lines may all be indented,
    /// as some systems show what came back; what is indented further goes on with the line before.
    pub(super) fn read<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        let mut margin = 0;
        for line in lines {
            let indent = line.len() - line.trim_start().len();
            if found.0.is_empty() {
                margin = indent;
            }
            match (name_and_value(line), found.0.last_mut()) {
                (Some((name, value)), _) if indent <= margin => {
                    found.0.push((name.to_owned(), one_line(value)));
                }
                (_, Some((_, value))) if indent > margin && !line.trim().is_empty() => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                _ => break,
            }
        }
        found
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value that is not empty.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(given, value)| given.eq_ignore_ascii_case(name) && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    pub(super) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }
}

/// `Subject: Hello` as a name of RFC 5322 and its value.
pub(super) fn name_and_value(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().split_once(':')?;
    let name = name.trim_end();
    let is_name = (1..=76).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    is_name.then_some((name, value))
}

/// White space of any kind becomes single spaces.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
