//! Whether one name of a text is another with a letter misprinted.

/// True when one letter more, less, other or two swapped inside make one of the two words of the other: a misprint. The
/// first letter is hardly ever misprinted, and one more at the end makes another name (`Aliyeva`, `Martins`).
pub(crate) fn misprint(a: &str, b: &str) -> bool {
    // Cheap and first: a letter has four bytes at most, and misprints keep the first one.
    if a.len().abs_diff(b.len()) > 4 || a.chars().next() != b.chars().next() {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() < SHORTEST || long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let (rest, other) = (&short[head..], &long[head..]);
    if long.len() > short.len() {
        // A doubled last letter is no other name, whatever else stands at the end is.
        return other[1..] == *rest && (!rest.is_empty() || long[head - 1] == long[head]);
    }
    let swapped = rest.len() > 1 && rest[0] == other[1] && rest[1] == other[0] && rest[2..] == other[2..];
    // One vowel for another at the end is a case or a woman's name (`Kowalski`, `Kowalska`).
    let vowels = |c: char| matches!(c, 'a' | 'а' | 'i' | 'и' | 'я' | 'o' | 'о');
    let gender = rest.len() == 1 && vowels(rest[0]) && vowels(other[0]);
    swapped || (rest.len() > 1 || !gender) && rest[1.min(rest.len())..] == other[1.min(other.len())..]
}

/// Names of fewer letters are too close to each other for misprints to be told.
const SHORTEST: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misprints_are_one_letter_inside() {
        for row in "achterberg achtenberg
             lomidze lomidse
             gelashvili gelashvilli
             thornbury thornbary
             brandl brandel
             tariverdi tarivedri"
            .lines()
        {
            let (a, b) = row.trim().split_once(' ').expect("two names");
            assert!(misprint(a, b) && misprint(b, a), "{row}");
        }
        for row in "aliyev aliyeva
             martin martins
             kowalski kowalska
             larsen carsen
             smith smithson
             hall hill"
            .lines()
        {
            let (a, b) = row.trim().split_once(' ').expect("two names");
            assert!(!misprint(a, b) && !misprint(b, a), "{row}");
        }
    }
}
