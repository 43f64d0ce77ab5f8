//! Words that single rules of checking look for.

use serde::Deserialize;

/// Lists of words of one table of the data file, each with its meaning; folded when the file is read.
macro_rules! word_lists {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$doc])* pub $field: Vec<String>,)*
        }

        impl $name {
            /// Every list, to be folded.
            pub(super) fn lists(&mut self) -> Vec<&mut Vec<String>> {
                vec![$(&mut self.$field,)*]
            }
        }
    };
}

word_lists! {
    /// Words of proposals, minutes and lists; all folded.
    DossierWords {
        /// Words of a sentence that asks for an award.
        asks,
        /// Words of a sentence that tells of earlier awards.
        earlier,
        /// Headings of the column of names.
        name_columns,
        /// Headings of the column of awards.
        award_columns,
        /// Headings of the column of birth dates.
        birth_columns,
        /// First words of a row that sums up.
        totals,
        /// First words of names of collectives.
        collectives,
        /// Forms of address in front of a name.
        address,
        /// What a paper of a dossier is about; a paper without these words is of another kind.
        topics,
        /// Titles of proposals.
        proposal_titles,
        /// Titles of minutes.
        minutes_titles,
        /// Titles of lists.
        list_titles,
        /// Words of a sentence that says how many are proposed.
        counting,
        /// What is counted when collectives are.
        counted_collectives,
        /// First words of the line that opens the recipients.
        recipients,
        /// Headings of a column of ballots that is a share, not a number.
        ballot_share,
        /// Headings of the column of invalid ballots.
        ballot_invalid,
        /// Headings of the column of ballots against.
        ballot_against,
        /// Headings of the column of ballots for.
        ballot_for,
        /// Headings of the column of all ballots.
        ballot_all,
    }
}

word_lists! {
    /// Words that single rules look for; all folded.
    RuleWords {
        /// Verbs by which a form tells people what to write.
        note_verbs,
        /// How a form tells people to write it.
        note_manners,
        /// Words of a bracket that begins with such a verb and still says something.
        note_facts,
        /// Words that a statement of time is made of, in front of its years and between them.
        period_words,
        /// Words behind the first year by which a time goes on up to the day of the report.
        until_now,
        /// Words of a time that is a whole career, which has no fixed length.
        career,
        /// Words of a sentence whose number is held against a whole.
        share_wholes,
        /// Words between a whole and what was done of it.
        share_done,
        /// Words between the parts of a total.
        part_joins,
        /// Words behind the parts, in front of their total.
        total_behind,
        /// Verbs by which an award is claimed.
        claim_verbs,
        /// Words in front of initiatives that are spoken of without a number.
        initiative_many,
        /// What a section of results names an initiative by.
        initiative_things,
        /// Words behind the name of an award that make another name of it.
        award_tails,
        /// Words behind the name of an award where its name has ended.
        award_ends,
        /// Words in front of a name by which the person of the report is addressed or named.
        self_names,
        /// Openings of a list of duties, which has no numbers.
        duties,
        /// Words in front of a year that is not told of as covered.
        year_before,
        /// Words behind a year that begins a sentence about the past of a person or unit.
        year_after,
        /// Words in front of a number that counts nothing.
        number_before,
        /// Words behind a number that has no unit.
        number_after,
        /// What a range of years belongs to when it is not the period of the report.
        range_of_others,
        /// The same, when they stand right in front of the range.
        range_behind,
        /// Words by which several years in one row are one period.
        row_periods,
        /// Words behind which the range of years of a report is meant (*kết quả*, *thành tích*).
        results,
        /// Words between a part and its whole.
        share_of,
        /// Words between a part and its share of the whole.
        share_marks,
        /// The same, for two numbers of one noun without *tổng số*.
        share_named,
        /// Words between a whole and its part.
        share_parts,
        /// Words in front of a pair that a share is made of, when the pair stands behind it.
        share_pairs,
        /// Words of a number that is held against a plan.
        plans,
        /// The same, right behind the share.
        plans_behind,
        /// Headings of columns of shares.
        share_columns,
        /// Words that lead to a number that is no amount (telephones).
        no_amount,
        /// Words of a sentence whose number is of another time or of a part only.
        other_counts,
        /// Words that date every number of a report.
        times,
        /// Words in front of a sum of money.
        money,
        /// Words of a clause that says what its number counts.
        counted,
        /// The same, right in front of the number.
        counted_before,
        /// Words of a comparison with earlier years.
        compares,
        /// Verbs of such a comparison, with a number behind them.
        compares_by,
        /// Cells of a row that sums up.
        total_cells,
        /// Words in front of a number that is a total.
        totals,
        /// Words in front of an administrative unit that are its body or people.
        unit_heads,
        /// Words in front of a unit that another unit is rightly named behind.
        unit_elsewhere,
        /// Parts of a unit (*thôn*), which stand in front of its name.
        unit_parts,
        /// Words of a line above section I that is no name of the unit.
        unit_skips,
        /// First words of bodies that have a name of their own (*trường*, *phòng*).
        bodies,
        /// Words in front of a post that somebody holds.
        post_leads,
        /// Words of a clause about a post of earlier or of somebody else.
        post_past,
        /// Posts of which one may be held beside any other.
        post_low,
        /// Words of a sentence whose award is another's.
        claim_others,
        /// Words in front of an initiative that is called for or another's.
        initiative_calls,
        /// First words of headings of achievements.
        mixed_starts,
        /// Words of a heading about members' awards or rating, which belong to the collective.
        mixed_ratings,
        /// What a report about a person says of collectives.
        mixed_for_person,
        /// What a report about a collective says of persons.
        mixed_for_collective,
        /// Words by which a heading is about the person of the report.
        mixed_own_person,
        /// Words by which a heading is about the collective of the report.
        mixed_own_collective,
        /// Statements that nobody was disciplined.
        statements,
        /// Words in front of a date of a plan.
        plan_dates,
        /// Words in front of a date up to which something has been done.
        counted_until,
        /// Words of a line that tells of units of earlier times.
        former_units,
    }
}

/// Whether a folded text holds one of the words.
#[must_use]
pub fn holds(list: &[String], text: &str) -> bool {
    list.iter().any(|word| text.contains(word.as_str()))
}

/// Whether a folded text ends with one of the words, blanks aside.
#[must_use]
pub fn ends(list: &[String], text: &str) -> bool {
    let text = text.trim_end();
    list.iter()
        .any(|word| text.strip_suffix(word.as_str()).is_some_and(|head| !head.ends_with(|c: char| c.is_alphanumeric())))
}

/// Whether a folded text begins with one of the words.
#[must_use]
pub fn starts(list: &[String], text: &str) -> bool {
    list.iter().any(|word| {
        text.strip_prefix(word.as_str())
            .is_some_and(|rest| word.ends_with(' ') || !rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}
