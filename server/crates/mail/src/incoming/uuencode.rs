//! Files written into plain text as uuencode, which some public bodies' systems still do
//! (POSIX, <https://pubs.opengroup.org/onlinepubs/9699919799/utilities/uuencode.html>).

/// A file that stood in a text.
pub(super) struct File {
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}

/// `text` with each file in it replaced by its name in brackets, and the files.
///
/// Only what is sure to be a file is taken out: a `begin` line with a whole line of data after it.
pub(super) fn taken_out(text: String) -> (String, Vec<File>) {
    if !text.starts_with("begin ") && !text.contains("\nbegin ") {
        return (text, Vec::new());
    }
    let mut rest = String::with_capacity(text.len());
    let mut files: Vec<File> = Vec::new();
    let mut is_open = false;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if is_open {
            let data = files.last_mut().zip(decoded(line));
            match data {
                Some((file, data)) => {
                    file.content.extend(data);
                    continue;
                }
                None if line.trim_end() == "end" => {
                    is_open = false;
                    continue;
                }
                None => is_open = false,
            }
        }
        match begun(line).filter(|_| {
            lines
                .peek()
                .and_then(|next| decoded(next))
                .is_some_and(|data| !data.is_empty())
        }) {
            Some(name) => {
                rest.push_str(&format!("[{name}]\n"));
                files.push(File {
                    name: name.to_owned(),
                    content: Vec::new(),
                });
                is_open = true;
            }
            None => rest.push_str(line),
        }
    }
    (rest, files)
}

/// The bytes of a part that says to be uuencode, with or without its `begin` and `end`; `None` where it is not.
pub(super) fn whole(body: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(body).ok()?;
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let lines = text
        .lines()
        .skip_while(|line| line.trim().is_empty() || begun(line).is_some())
        .take_while(|line| line.trim_end() != "end" && !line.is_empty());
    for line in lines {
        bytes.extend(decoded(line)?);
    }
    (!bytes.is_empty()).then_some(bytes)
}

/// The name in `begin 644 name`.
fn begun(line: &str) -> Option<&str> {
    let (mode, name) = line.strip_prefix("begin ")?.split_once(' ')?;
    let is_mode =
        (3..=4).contains(&mode.len()) && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    let name = name.trim();
    (is_mode && !name.is_empty()).then_some(name)
}

/// The bytes of one line, which begins with their number. A line may have lost the blanks at its end.
fn decoded(line: &str) -> Option<Vec<u8>> {
    let line = line.trim_end_matches(['\r', '\n']).as_bytes();
    let (count, data) = line.split_first()?;
    let count = usize::from(six_bits(*count)?);
    if count == 0 && data.iter().all(|byte| *byte == b'`') {
        return Some(Vec::new());
    }
    let needed = count.div_ceil(3) * 4;
    if data.len() > needed + 2 || data.len() + 4 < needed {
        return None;
    }
    let mut bytes = Vec::with_capacity(needed);
    for four in data[..data.len().min(needed)].chunks(4) {
        let mut group = 0_u32;
        for place in 0..4 {
            group = group << 6 | u32::from(six_bits(four.get(place).copied().unwrap_or(b' '))?);
        }
        bytes.extend_from_slice(&group.to_be_bytes()[1..]);
    }
    bytes.resize(count, 0);
    Some(bytes)
}

fn six_bits(byte: u8) -> Option<u8> {
    (b' '..=b'`').contains(&byte).then(|| (byte - b' ') & 0x3f)
}
