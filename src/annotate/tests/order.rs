//! The order of the passes matters (README.md): texts that come out otherwise when two of them change places.

use proptest::prelude::*;

use super::marked::shown;
use crate::annotate::names::{self, Name, Setting, Tokens};
use crate::annotate::{ArticleContext, Value, annotate, find_names, people, tagger};

/// The names of an English text after all passes.
fn all(text: &str) -> String {
    let tokens = Tokens::new(text);
    let setting = Setting::for_language(Some("en"));
    let title = Tokens::new("");
    let context = ArticleContext { lang: Some("en"), ..ArticleContext::default() };
    shown(&tokens, &find_names(&tokens, context, setting, (&title, &[])))
}

/// The names of an English text after `passes`.
fn after(text: &str, passes: impl FnOnce(&Tokens<'_>, Vec<Name>, Setting) -> Vec<Name>) -> String {
    let tokens = Tokens::new(text);
    let setting = Setting::for_language(Some("en"));
    let found = names::find(&tokens, setting);
    shown(&tokens, &passes(&tokens, found, setting))
}

/// Surnames come from the last words of names, so boundaries are mended before mentions are propagated.
#[test]
fn boundaries_are_fixed_before_mentions_are_propagated() {
    let text = "Marie-Claire Dupont-Lanoy paid. Then Dupont-Lanoy left.";
    let right = after(text, |tokens, names, setting| {
        let mut names = tagger::tag(tokens, names, setting, Some("en"));
        people::fix_boundaries(tokens, &mut names, setting);
        people::propagate_mentions(tokens, &mut names, setting);
        names
    });
    assert_eq!(right, "{p Marie-Claire Dupont-Lanoy} paid. Then {p Dupont-Lanoy} left.");
    assert_eq!(all(text), right);
}

/// Unknown names are taken out by the propagation: nothing that needs them may come behind it.
#[test]
fn unknown_names_are_gone_after_the_propagation() {
    let text = "Quorblet said nothing. QUORBLET RISES.";
    let before = after(text, |_, names, _| names);
    assert!(before.contains("{? "), "{before}");
    let left = after(text, |tokens, mut names, setting| {
        people::propagate_mentions(tokens, &mut names, setting);
        names
    });
    assert!(!left.contains("{? "), "{left}");
}

/// A demoted word becomes a place again where another mention is one beyond doubt: demotion comes first.
#[test]
fn common_words_are_demoted_before_the_document_is_made_consistent() {
    let text = "He bought a reading lamp. Then he lived in Reading. Reading is large.";
    let tokens = Tokens::new(text);
    let mut names = names::find(&tokens, Setting::for_language(Some("en")));
    names::demote_common_words(&tokens, &mut names, Some("en"));
    names::document_consistency(&tokens, &mut names, (&Tokens::new(""), &[]));
    let places = shown(&tokens, &names);
    assert!(places.contains("in {l Reading}"), "{places}");
}

proptest! {
    /// Debug builds check the order after every pass; here is what they may meet.
    #[test]
    fn names_never_overlap_whatever_comes_together(
        text in "((Anna|Maria|Jean|Baptiste|Lanoy|van|de la|Mr\\.|Dr|President|Grecia|Sofia|Paris|Texas|Lachin|district|\
                 University|of|the|Street|calle|Lake|NATO|May|Əliyev|Орлов|улица|y|und|\"Len\"|said|in|O)[ ,.'-]{0,2}){0,16}",
        lang in "(en|ro|de|ru|tr|az|es|fr)",
    ) {
        let found = annotate(&text, ArticleContext { title: &text, lang: Some(&lang), ..ArticleContext::default() });
        let names = found.mentions.iter().filter(|one| !matches!(one.value, Value::Date(_) | Value::Timex(..)));
        let mut end = 0;
        for mention in names {
            prop_assert!(mention.span.start >= end && !mention.span.is_empty());
            end = mention.span.end;
        }
    }

    /// No map or set decides an order.
    #[test]
    fn annotating_twice_gives_the_same(text in "((Anna|Smith|Baku|in|the|Bank of|10 May|1990|said)[ ,.]{1,2}){0,12}") {
        let context = ArticleContext { lang: Some("en"), ..ArticleContext::default() };
        prop_assert_eq!(annotate(&text, context), annotate(&text, context));
    }
}
