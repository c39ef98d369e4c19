//! Which rule found a name.
//!
//! The display name of a rule may be reworded at will: nothing compares it, and the tagger's features hash
//! [`NameRule::feature_id`], which is frozen with the trained weights.

/// Writes the enum, its names and its feature numbers from one list, so that none of the three can lack a rule.
macro_rules! name_rules {
    ($($(#[$doc:meta])* $rule:ident, $name:literal, $feature:literal;)*) => {
        /// The rule that gave a name its label, or took it away.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum NameRule {
            $($(#[$doc])* $rule,)*
        }

        impl NameRule {
            #[cfg(test)]
            const ALL: &[NameRule] = &[$(NameRule::$rule,)*];

            /// What the output calls the rule.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(NameRule::$rule => $name,)* }
            }

            /// The number that stands for the rule in the tagger's features. Trained weights lie under these numbers: a
            /// new rule takes any number that is free, and no number ever changes.
            pub(crate) const fn feature_id(self) -> u64 {
                match self { $(NameRule::$rule => $feature,)* }
            }
        }
    };
}

// The numbers are the hashes of the names that the rules had when the weights were trained.
name_rules! {
    /// A sign of money stands behind it: `US$5`.
    Currency, "currency", 0x32E0_551C_E61A_58D2;
    /// The gazetteer has it only as an abbreviation in capitals: `us`.
    NotInCapitals, "not in capitals", 0xDAAC_B66C_CB35_D412;
    /// A Roman number: `XX`.
    Number, "number", 0x580F_3855_144E_E135;
    /// A capitalised word that nothing explains follows the town.
    LongerName, "part of a longer name", 0xE8D2_B5D7_32D7_D619;
    /// A word that alone mostly names an organisation: `NATO`.
    KnownOrg, "known organisation", 0xBFCE_DD61_C431_C5BF;
    /// Up to four capitals, or the initials of an organisation of the text.
    Acronym, "acronym", 0x639F_1663_13EB_5DD1;
    /// A small town whose name is made of common words.
    CommonWords, "common words", 0x9C7A_2A57_A97F_9D7E;
    /// A common word that also names a place.
    CommonWord, "common word", 0xCBB1_5648_7E66_FB2C;
    /// A place only without what may be a case ending.
    Ending, "ending", 0xE9CC_6250_A48F_CEFE;
    /// A place too small to be meant without other evidence.
    SmallPlace, "small place", 0x57FF_7409_3905_76A2;
    /// A place of the gazetteer that needs no other evidence.
    Gazetteer, "gazetteer", 0x465C_6E69_F3D9_ED3D;
    /// A place of the gazetteer with words beside it that only places have.
    GazetteerAndPreposition, "gazetteer and preposition", 0x721F_DC07_D0DF_5708;
    /// A place in the country for which the text's language speaks.
    GazetteerAndLanguage, "gazetteer and language", 0xAA4B_5EE0_1B62_114D;
    /// A place whose main name has an article: `The Hague`.
    GazetteerAndArticle, "gazetteer and article", 0xF6E9_740B_3B80_2588;
    /// A city and a plural: the name of a team.
    PlaceAndPlural, "place and plural", 0xCBC5_9346_FA0A_F3D7;
    /// Words up to one such as `University`.
    OrgHead, "head of an organisation", 0x0DF1_10AB_41DD_9F6C;
    /// A lake, river or mountain that the gazetteer does not have.
    LandscapeFeature, "landscape feature", 0xE5D1_92B5_9D28_BCFD;
    /// What follows `President` or `Mr`.
    TitleAndName, "title and name", 0x26AC_54A2_6BA4_FD79;
    /// `J. Smith`.
    InitialAndName, "initial and name", 0x3C6B_17B1_4D6E_A3B8;
    /// A given name and further words.
    GivenNameAndName, "given name and name", 0x06A1_19B7_4230_28CC;
    /// A given name alone.
    GivenName, "given name", 0xACF3_3D62_597D_229F;
    /// A word that alone mostly names a person.
    KnownSurname, "known surname", 0xD964_3225_F1DE_509C;
    /// Several capitalised words that nothing else explains.
    UnknownWords, "unknown words", 0x9EC5_3259_E4C9_F355;
    /// A word that ends as surnames do, before a verb of saying.
    SurnameAndVerb, "surname and verb", 0x02BF_85F7_4AC6_26F3;
    /// Unknown words in capitals.
    Capitals, "capitals", 0x8E8E_B548_9CB1_1900;
    /// A capitalised word of which nothing is known.
    UnknownWord, "unknown word", 0x6987_9BBC_D10C_69EF;
    /// A place name that is an ordinary word of the text's language and meant as such.
    OrdinaryWord, "ordinary word", 0x4F22_B671_A9DC_D29C;
    /// The last word of a person's name elsewhere in the text.
    SurnameOfFullName, "surname of a person named in full", 0x4B9B_F207_B5FF_BF43;
    /// The same words are a place elsewhere in the text.
    PlaceElsewhere, "place named elsewhere", 0x830A_B4CC_70E9_1729;
    /// The trained tagger alone.
    Tagger, "tagger", 0x784F_B4B3_BD74_4294;
    /// A town that the tagger took for a person, in a country that the text names.
    TownOfCountry, "town of a country that is named", 0x6815_C0F1_2BC0_66DC;
    /// A part of the name of somebody whom the text names in full.
    PartOfFullName, "part of a full name", 0x7ABC_3536_F8EA_FD10;
    /// A street or school that bears a person's name: nobody.
    NamedAfterPerson, "named after a person", 0xF185_E604_35F9_51E0;
    /// What opens a dateline.
    Dateline, "dateline", 0xB971_6F22_6D0E_025D;
    /// A place of the user's own table.
    OwnGazetteer, "own gazetteer", 0xE339_DBC8_90BE_2DB4;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// The feature numbers and names of all rules. The numbers are those with which `data/tagger/*.bin` was
    /// trained: a name may be reworded here and above, a number may not change before the tagger is trained again.
    const TABLE: &str = "
        32e0551ce61a58d2 currency
        daacb66ccb35d412 not in capitals
        580f3855144ee135 number
        e8d2b5d732d7d619 part of a longer name
        bfcedd61c431c5bf known organisation
        639f166313eb5dd1 acronym
        9c7a2a57a97f9d7e common words
        cbb156487e66fb2c common word
        e9cc6250a48fcefe ending
        57ff7409390576a2 small place
        465c6e69f3d9ed3d gazetteer
        721fdc07d0df5708 gazetteer and preposition
        aa4b5ee01b62114d gazetteer and language
        f6e9740b3b802588 gazetteer and article
        cbc59346fa0af3d7 place and plural
        0df110ab41dd9f6c head of an organisation
        e5d192b59d28bcfd landscape feature
        26ac54a26ba4fd79 title and name
        3c6b17b14d6ea3b8 initial and name
        06a119b7423028cc given name and name
        acf33d62597d229f given name
        d9643225f1de509c known surname
        9ec53259e4c9f355 unknown words
        02bf85f74ac626f3 surname and verb
        8e8eb5489cb11900 capitals
        69879bbcd10c69ef unknown word
        4f22b671a9dcd29c ordinary word
        4b9bf207b5ffbf43 surname of a person named in full
        830ab4cc70e91729 place named elsewhere
        784fb4b3bd744294 tagger
        6815c0f12bc066dc town of a country that is named
        7abc3536f8eafd10 part of a full name
        f185e60435f951e0 named after a person
        b9716f226d0e025d dateline
        e339dbc890be2db4 own gazetteer";

    #[test]
    fn names_and_feature_numbers_are_frozen() {
        let rows: Vec<&str> = TABLE.trim().lines().map(str::trim).collect();
        assert_eq!(rows.len(), NameRule::ALL.len());
        for (rule, row) in NameRule::ALL.iter().zip(rows) {
            assert_eq!(format!("{:016x} {}", rule.feature_id(), rule.name()), row, "{rule:?}");
        }
    }

    #[test]
    fn no_two_rules_are_one_feature() {
        let numbers: HashSet<u64> = NameRule::ALL.iter().map(|rule| rule.feature_id()).collect();
        assert_eq!(numbers.len(), NameRule::ALL.len());
        let names: HashSet<&str> = NameRule::ALL.iter().map(|rule| rule.name()).collect();
        assert_eq!(names.len(), NameRule::ALL.len());
    }
}
