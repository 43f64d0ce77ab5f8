//! Wide gaps: where blanks hold two columns of a line apart.

use std::ops::Range;

/// Byte ranges, without blanks at their ends, of the parts that three or more blanks or a tab hold apart; at least one.
///
/// Blanks that wait for a number or a day (`Số:      /KH`, `ngày     tháng`) are no gap.
pub fn parts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (whole, parts) = if may_part(text) { (None, held_apart(text)) } else { (Some(0..text.len()), Vec::new()) };
    whole.into_iter().chain(parts).map(move |part| trimmed(text, part))
}

/// Whether a text holds a tab or three blanks: the same look at every byte, which the compiler makes one at many of them.
#[must_use]
pub fn may_part(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (seconds, thirds) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    let blanks = bytes.iter().zip(seconds).zip(thirds);
    let is_wide = blanks.fold(false, |wide, ((a, b), c)| wide | ((*a == b' ') & (*b == b' ') & (*c == b' ')));
    is_wide || memchr::memchr(b'\t', bytes).is_some()
}

fn held_apart(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut from = 0;
    while let Some((gap, end)) = next_gap(text, from) {
        let (before, after) = (text.get(start..gap).unwrap_or_default(), text.get(end..).unwrap_or_default());
        if !waits_for_value(before, after) {
            parts.push(start..gap);
            start = end;
        }
        from = end;
    }
    parts.push(start..text.len());
    parts
}

/// The next run of blanks that is as wide as three or holds a tab.
fn next_gap(text: &str, mut from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    loop {
        let start = from + text.get(from..)?.bytes().position(|b| matches!(b, b' ' | b'\t'))?;
        let end = start + bytes.iter().skip(start).take_while(|b| matches!(b, b' ' | b'\t')).count();
        if end - start >= 3 || text.get(start..end)?.contains('\t') {
            return Some((start, end));
        }
        from = end;
    }
}

fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let inner = text.get(part.clone()).unwrap_or_default();
    let start = part.start + inner.len() - inner.trim_start().len();
    start..start + inner.trim().len()
}

fn waits_for_value(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let last = before.rsplit([' ', '\t']).next().unwrap_or(before).trim_end_matches([':', '.']).to_lowercase();
    let next = after.split([' ', '\t']).next().unwrap_or(after).to_lowercase();
    after.starts_with('/')
        || (last == "số" && after.starts_with(['-', '/', '.', '…']))
        || matches!(last.as_str(), "ngày" | "tháng")
        || matches!(next.as_str(), "tháng" | "năm")
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn wide_gaps_part_columns() {
        for (line, expected) in [
            ("HỘI PHỤ NỮ XÃ X      CỘNG HÒA XÃ HỘI", &["HỘI PHỤ NỮ XÃ X", "CỘNG HÒA XÃ HỘI"][..]),
            (
                "Số:       /KH-BTV           Bình Minh, ngày      tháng 8 năm 2026",
                &["Số:       /KH-BTV", "Bình Minh, ngày      tháng 8 năm 2026"],
            ),
            ("Nơi nhận:\tCHỦ TỊCH", &["Nơi nhận:", "CHỦ TỊCH"]),
            ("không có  cột", &["không có  cột"]),
            ("", &[""]),
        ] {
            assert_eq!(parts(line).map(|part| &line[part]).collect::<Vec<_>>(), expected);
        }
    }
}
