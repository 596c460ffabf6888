//! What the page finds by a few letters, and which of Kafka's words it finds in a text.

#[path = "../src/ui/find.rs"]
mod find;
#[path = "../src/ui/catalogue/glossary.rs"]
mod glossary;

use glossary::WORDS;

#[test]
fn words_are_found_in_the_order_in_which_they_stand() {
    assert_eq!(find::words("offset 12, key user-42, committed", WORDS), ["offset", "key", "committed offset"]);
    assert_eq!(find::words("3 partitions, RF 3, min ISR 2", WORDS).first(), Some(&"partition"));
}

#[test]
fn a_part_of_a_word_is_no_word() {
    assert_eq!(find::words("keyboard, brokerage, monkey", WORDS), Vec::<&str>::new());
}

#[test]
fn every_form_of_a_word_stands_once_and_every_sentence_ends() {
    let mut seen = Vec::new();
    for (word, forms, sentence) in WORDS {
        assert!(sentence.ends_with('.'), "{word}");
        for form in std::iter::once(*word).chain(forms.split('|')).filter(|form| !form.is_empty()) {
            assert!(!seen.contains(&form), "{form} stands twice");
            seen.push(form);
        }
    }
}

#[test]
fn what_begins_a_word_fits_better_than_what_lies_in_one() {
    let of = |text| find::fit("kill", text);
    assert!(of("Broker 2: Kill the process") > of("overkill"));
    assert_eq!(find::fit("xyz", "Broker 2"), None);
}

#[test]
fn first_letters_and_several_words_are_understood() {
    assert!(find::fit("ktp", "kill the process").is_some());
    assert!(find::fit("2 kill", "Broker 2: Kill the process").is_some());
    assert_eq!(find::fit("3 kill", "Broker 2: Kill the process"), None);
}
