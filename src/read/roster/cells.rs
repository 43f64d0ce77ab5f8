//! Numbers, sums and names as cells hold them.

/// A whole number: `05`, `5`, `5.0`.
#[must_use]
pub fn whole(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches(".0").trim_end_matches([' ', '.', ')']).trim_start_matches('(');
    (!text.is_empty() && text.len() < 12 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// A sum of money in đồng: `760000`, `760.000`, `760,000 đ`, `1.520.000 đồng`.
#[must_use]
pub fn money(text: &str) -> Option<i64> {
    let lower = text.trim().to_lowercase();
    let lower =
        lower.trim_end_matches("đồng").trim_end_matches("vnđ").trim_end_matches("vnd").trim_end_matches('đ').trim();
    let lower = lower.trim_end_matches(",-").trim_end_matches(".-").trim();
    if let Some(number) = whole(lower) {
        return Some(number);
    }
    for mark in ['.', ',', ' ', '\u{a0}'] {
        let groups: Vec<&str> = lower.split(mark).collect();
        let digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
        let sound = groups.len() > 1
            && groups.iter().all(digits)
            && groups.first().is_some_and(|first| first.len() <= 3)
            && groups.iter().skip(1).all(|group| group.len() == 3);
        if sound {
            return groups.concat().parse().ok();
        }
    }
    None
}

/// A share in per cent: `75`, `75%`, `75,5 %`, `0.755` as spreadsheets store one.
#[must_use]
pub fn percent(text: &str) -> Option<f64> {
    let bare = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let value: f64 = bare.parse().ok()?;
    let stored_as_fraction = !text.contains('%') && value > 0.0 && value <= 1.0;
    (0.0..=100.0).contains(&value).then_some(if stored_as_fraction { value * 100.0 } else { value })
}

/// Whether a text can be the name of somebody or something: it has letters, and more of them than figures.
pub fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let figures = text.chars().filter(char::is_ascii_digit).count();
    let damaged =
        text.starts_with("#REF") || text.starts_with("#N/A") || text.starts_with("#VALUE") || text.starts_with("#NAME");
    letters >= 2 && letters > figures && !damaged && !text.contains('\u{fffd}')
}

/// Two to seven words, each with a capital, without figures: as names of persons are written.
pub fn looks_like_a_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=7).contains(&words.len())
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
        })
}

/// Splits *post and unit* at the comma before a name of a unit, or before its first word.
pub fn post_and_unit(text: &str, is_unit: impl Fn(&str) -> bool) -> (Option<&str>, Option<&str>) {
    let parts = |at: usize, skip: usize| (text.get(..at).map(str::trim), text.get(at + skip..).map(str::trim));
    let marks = text.char_indices().filter(|(_, c)| matches!(c, ',' | ';' | '–' | '-'));
    for (at, c) in marks {
        let (post, unit) = parts(at, c.len_utf8());
        if unit.is_some_and(&is_unit) && post.is_some_and(|post| !post.is_empty()) {
            return (post, unit);
        }
    }
    if let (Some(post), Some(unit)) =
        text.split_once(',').map_or((None, None), |(a, b)| (Some(a.trim()), Some(b.trim())))
        && !unit.is_empty()
    {
        return (Some(post), Some(unit));
    }
    // "Chủ tịch Hội LHPN xã A"; the head of a "Chi hội trưởng" is no unit.
    let mut words = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
    let start = words.find(|at| {
        text.get(at + 1..).is_some_and(|rest| {
            let is_post = rest
                .split(' ')
                .nth(1)
                .is_some_and(|word| matches!(word.to_lowercase().as_str(), "trưởng" | "phó" | "viên"))
                || rest.split(' ').nth(2).is_some_and(|word| matches!(word.to_lowercase().as_str(), "trưởng" | "phó"));
            rest.chars().next().is_some_and(char::is_uppercase) && is_unit(rest) && !is_post
        })
    });
    match start {
        Some(at) => parts(at, 1),
        None if is_unit(text) => (None, Some(text)),
        None => (Some(text), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_in_every_spelling() {
        for text in ["760000", "760.000", "760,000", "760.000 đ", "760 000 đồng", "760.000đ", "760.000 VNĐ"] {
            assert_eq!(money(text), Some(760_000), "{text}");
        }
        assert_eq!(money("1.520.000"), Some(1_520_000));
        assert_eq!(money("76.00"), None);
        assert_eq!(money("theo quy định"), None);
        assert_eq!(
            (whole("05"), whole("12."), whole("(3)"), whole("I"), whole("")),
            (Some(5), Some(12), Some(3), None, None)
        );
        assert_eq!(
            (percent("75%"), percent("75,5 %"), percent("0.8"), percent("x")),
            (Some(75.0), Some(75.5), Some(80.0), None)
        );
    }

    #[test]
    fn posts_and_units_are_parted() {
        let unit = |text: &str| text.starts_with("Hội") || text.starts_with("Chi hội");
        let split = |text| post_and_unit(text, unit);
        assert_eq!(split("Chi hội trưởng, Chi hội thôn 3"), (Some("Chi hội trưởng"), Some("Chi hội thôn 3")));
        assert_eq!(split("Chủ tịch Hội LHPN xã A"), (Some("Chủ tịch"), Some("Hội LHPN xã A")));
        assert_eq!(split("Hội LHPN xã A"), (None, Some("Hội LHPN xã A")));
        assert_eq!(split("Hội viên"), (None, Some("Hội viên")));
        assert_eq!(split("Cán bộ"), (Some("Cán bộ"), None));
    }
}
