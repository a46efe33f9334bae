//! The files of `server/content/guides`, in the order in which guides are listed within their situation.

/// A guide's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// The file's name without `.md`: the last part of the guide's address.
    pub slug: &'static str,
    /// What stands in it.
    pub text: &'static str,
}

macro_rules! files {
    ($($slug:literal),+ $(,)?) => {
        [$(File {
            slug: $slug,
            text: include_str!(concat!("../../../../content/guides/", $slug, ".md")),
        }),+]
    };
}

/// Every guide's file.
pub const FILES: [File; 13] = files![
    "help-without-a-plan",
    "while-you-wait",
    "without-the-internet",
    "ehc-needs-assessment",
    "annual-review",
    "choosing-a-school",
    "travel",
    "short-breaks",
    "money",
    "preparing-for-adulthood",
    "independent-advice",
    "parent-carer-forum",
    "when-you-disagree",
];
