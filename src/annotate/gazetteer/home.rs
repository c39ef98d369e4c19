//! Languages that speak for a country.

/// The country for which a language, an ISO 639-1 code, speaks: one that is the language of little else.
pub(crate) fn home_of(lang: &str) -> Option<[u8; 2]> {
    // English, French, Spanish, Portuguese, German and Arabic are the languages of too much to speak for one country.
    let code = match lang {
        "az" => b"AZ",
        "tr" => b"TR",
        "hy" => b"AM",
        "ka" => b"GE",
        "uk" => b"UA",
        "ru" => b"RU",
        "be" => b"BY",
        "kk" => b"KZ",
        "uz" => b"UZ",
        "pl" => b"PL",
        "cs" => b"CZ",
        "hu" => b"HU",
        "ro" => b"RO",
        "bg" => b"BG",
        "el" => b"GR",
        "he" => b"IL",
        "fa" => b"IR",
        "ja" => b"JP",
        "ko" => b"KR",
        "it" => b"IT",
        "fi" => b"FI",
        "sv" => b"SE",
        "da" => b"DK",
        "no" => b"NO",
        _ => return None,
    };
    Some(*code)
}
