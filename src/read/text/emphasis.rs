//! Emphasis marks of Markdown, which people paste into plain texts: not part of the text.

use std::borrow::Cow;

/// A line without `*`, `**`, `_`, `__` around words, and whether all of it was strong; `\*` and its like are the mark
/// alone.
///
/// Marks that open or close nothing stay (`2*3`, `ten_tep`, a fill-in line `____`, a footnote `(*)`), except a double
/// mark at either end of the line, which belongs to an emphasis over several lines.
#[must_use]
pub fn strip(line: &str) -> (Cow<'_, str>, bool) {
    if !line.contains(['*', '_', '\\']) {
        return (Cow::Borrowed(line), false);
    }
    let chars: Vec<char> = line.chars().collect();
    let (drop, strong) = marks(&chars);
    let text = chars.iter().zip(&drop).filter(|(_, dropped)| !**dropped).map(|(c, _)| *c).collect::<String>();
    (Cow::Owned(text), strong)
}

/// Whether a double mark at an end of the line has no other one on the line: the emphasis goes over several lines.
#[must_use]
pub fn is_open(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    let (drop, _) = marks(&chars);
    let dropped = drop.chunk_by(|a, b| a == b).filter(|group| group.len() >= 2 && group.first() == Some(&true));
    dropped.count() % 2 == 1
}

/// Which characters of a line are marks of emphasis, and whether all of the line was strong.
pub fn marks(chars: &[char]) -> (Vec<bool>, bool) {
    let mut drop = vec![false; chars.len()];
    let mut open: Vec<Run> = Vec::new();
    let mut strong_start = None;
    let mut strong = false;
    let first = chars.iter().position(|c| !c.is_whitespace()).unwrap_or(0);
    let last = chars.iter().rposition(|c| !c.is_whitespace()).map_or(0, |at| at + 1);
    for run in runs(chars) {
        if run.closes
            && let Some(at) = open.iter().rposition(|o| o.mark == run.mark && o.len() == run.len())
            && let Some(opening) = open.get(at).copied()
        {
            drop[opening.start..opening.end].fill(true);
            drop[run.start..run.end].fill(true);
            open.truncate(at);
            strong |= opening.len() >= 2 && strong_start == Some(opening.start) && run.end == last;
        } else if run.opens {
            if run.start == first && strong_start.is_none() {
                strong_start = Some(run.start);
            }
            // Many openings that nothing closes are no emphasis; the bound keeps the search short.
            if open.len() < 32 {
                open.push(run);
            }
        } else if run.closes && run.len() >= 2 && run.end == last {
            drop[run.start..run.end].fill(true);
        }
    }
    for run in open.into_iter().filter(|run| run.len() >= 2 && run.start == first) {
        drop[run.start..run.end].fill(true);
    }
    for (at, pair) in chars.windows(2).enumerate() {
        drop[at] |= matches!(pair, ['\\', '*' | '_' | '-' | '+' | '.' | '#' | '>' | '[' | ']' | '(' | ')' | '~' | '|']);
    }
    (drop, strong)
}

#[derive(Debug, Clone, Copy)]
struct Run {
    mark: char,
    start: usize,
    end: usize,
    opens: bool,
    closes: bool,
}

impl Run {
    fn len(self) -> usize {
        self.end - self.start
    }
}

/// Runs of one to three marks that can open or close an emphasis.
fn runs(chars: &[char]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(&mark) = chars.get(at) {
        let start = at;
        at += 1;
        if !matches!(mark, '*' | '_') || (start > 0 && chars.get(start - 1) == Some(&'\\')) {
            continue;
        }
        while chars.get(at) == Some(&mark) {
            at += 1;
        }
        let before = start.checked_sub(1).and_then(|b| chars.get(b)).copied().unwrap_or(' ');
        let after = chars.get(at).copied().unwrap_or(' ');
        let opens = !after.is_whitespace() && !before.is_alphanumeric();
        let closes = !before.is_whitespace() && !after.is_alphanumeric();
        let inside_brackets = before == '(' && after == ')';
        if at - start <= 3 && (opens || closes) && !inside_brackets {
            runs.push(Run { mark, start, end: at, opens, closes });
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn marks_around_words_go() {
        for (line, text, strong) in [
            ("**KẾ HOẠCH**", "KẾ HOẠCH", true),
            ("1. **Thời gian:** tháng 5", "1. Thời gian: tháng 5", false),
            ("câu lạc bộ “*Sống khỏe*”", "câu lạc bộ “Sống khỏe”", false),
            ("__Nơi nhận:__", "Nơi nhận:", true),
            ("**TM. BAN THƯỜNG VỤ", "TM. BAN THƯỜNG VỤ", false),
            ("CHỦ TỊCH**", "CHỦ TỊCH", false),
            ("***rất gấp***", "rất gấp", true),
            (r"\- Đảng ủy xã \(b/c\)", "- Đảng ủy xã (b/c)", false),
            (r"5 \* 3 \* 2", "5 * 3 * 2", false),
        ] {
            assert_eq!(strip(line), (text.into(), strong), "{line}");
        }
    }

    #[test]
    fn other_marks_stay() {
        for line in ["2*3 = 6", "ten_tep_mau.docx", "Họ tên: ______", "Biểu 1 (*)", "* Đối với tập thể", "a * b * c"]
        {
            assert_eq!(strip(line).0, line);
        }
    }
}
