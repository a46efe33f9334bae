use proptest::prelude::*;
use rstest::rstest;

use super::{FIRST_NAMES, Searched};

#[rstest]
#[case("", "")]
#[case("Speech therapy", "speech therapy")]
#[case("help for my 4 year old not talking near ME14 1XQ", "not talking")]
#[case("won't go to SCHOOL!!", "wont go school")]
#[case("year 9 options", "year-9 options")]
#[case("autism, adhd/dyslexia autism", "autism adhd dyslexia")]
// Ways to reach somebody
#[case("ring me on 01632 960123 about autism", "ring autism")]
#[case("ring me on 0163 296 0123 about autism", "ring autism")]
#[case("jo.bloggs@example.org wants OT", "wants ot")]
#[case("see https://example.org/jo and www.example.org/jo", "see")]
// Numbers that name somebody
#[case("born 12/03/2015 epilepsy", "born epilepsy")]
#[case("nhs number 943 476 5919", "nhs number")]
#[case("ni QQ123456C dla", "ni dla")]
// Names
#[case("my son called Zorblax has meltdowns", "son meltdowns")]
#[case("my son called zorblax quandle", "son quandle")]
#[case("my son called Zorblax Quandle has adhd", "son adhd")]
#[case("Mr Quandle at Sample Oaks", "sample oaks")]
#[case("mrs o'quandle speech", "speech")]
#[case("my name is Zorblax and I need respite", "respite")]
#[case("his name's zorblax autism", "autism")]
#[case("my daughter Zorblax wont eat", "daughter wont eat")]
#[case("oliver wont sleep", "wont sleep")]
#[case("Oliver Quandle needs a wheelchair", "wheelchair")]
#[case("help for OLIVER", "")]
#[case("olivia's speech", "speech")]
// No names
#[case("My Child Is Autistic", "child autistic")]
#[case("DOWN'S SYNDROME GROUP", "downs syndrome group")]
#[case("my son is Autistic", "son autistic")]
fn what_it_is_about_stays_and_who_it_is_about_goes(#[case] typed: &str, #[case] kept: &str) {
    assert_eq!(Searched::read(typed).line(), kept);
}

#[rstest]
#[case("swimming near me14 1xq", Some("ME14 1"))]
#[case("swimming near ME141XQ.", Some("ME14 1"))]
#[case("from ct16 1zu to tn24 9zf", Some("CT16 1"))]
#[case("swimming in Dover", None)]
fn a_postcode_is_cut_to_its_sector(#[case] typed: &str, #[case] sector: Option<&str>) {
    let searched = Searched::read(typed);
    assert_eq!(searched.sector.as_deref(), sector);
    let left = searched.line();
    assert!(
        !left.contains("1x") && !left.contains("1z") && !left.contains("9z"),
        "{left}"
    );
}

#[test]
fn a_whole_letter_leaves_no_more_than_a_few_words() {
    let letter = "one two three four five six seven eight nine ten ".repeat(200);
    assert_eq!(Searched::read(&letter).words.len(), super::MOST_WORDS);
}

proptest! {
    #[test]
    fn nothing_that_is_typed_leaves_an_address_a_long_number_or_a_first_name(typed in ".{0,120}") {
        let line = Searched::read(&typed).line();
        prop_assert!(!line.contains('@'));
        prop_assert!(line.chars().filter(char::is_ascii_digit).count() <= 2 * super::MOST_WORDS);
        for word in line.split(' ') {
            prop_assert!(!FIRST_NAMES.contains(word));
            prop_assert!(word.chars().filter(char::is_ascii_digit).count() <= 2);
        }
    }

    #[test]
    fn a_first_name_goes_wherever_it_stands(
        before in "[a-z ]{0,30}", at in 0..1000_usize, after in "[a-z ]{0,30}",
    ) {
        let name = FIRST_NAMES.iter().nth(at % FIRST_NAMES.len()).copied().unwrap();
        let kept = Searched::read(&format!("{before} {name} {after}"));
        prop_assert!(!kept.words.iter().any(|word| word == name));
    }

    #[test]
    fn what_is_kept_is_kept_the_same_again(typed in "([A-Za-z']{0,12} |year [0-9]{1,2} ){0,9}") {
        let once = Searched::read(&typed);
        prop_assert_eq!(&Searched::read(&once.line()).words, &once.words);
    }
}
