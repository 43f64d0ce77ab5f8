//! Two columns side by side: the head of an official document, signature and recipients.

use super::lines::{Line, Piece};
use crate::pack::ReadingWords;

/// A stretch of a page, from the top down.
#[derive(Debug)]
pub enum Stretch {
    /// One line.
    Line(Line),
    /// Lines of two columns that have nothing to do with each other: left, right.
    Beside(Vec<Piece>, Vec<Piece>),
}

impl Stretch {
    /// Baseline of its first line.
    #[must_use]
    pub fn y(&self) -> f64 {
        match self {
            Self::Line(line) => line.y(),
            Self::Beside(left, right) => left.iter().chain(right).map(|piece| piece.y).fold(f64::INFINITY, f64::min),
        }
    }
}

/// Lines at the top of the first page among which a head is looked for.
const HEAD_LINES: usize = 16;
/// A gutter is this wide at least, in sizes of the font.
const GUTTER: f64 = 1.8;
/// Centres of lines of one column differ no more than this, in points.
const CENTRED: f64 = 28.0;
/// Lines of one column begin no further apart than this, in points.
const FLUSH: f64 = 14.0;
/// Room for a signature and a stamp, in sizes of the font.
const SIGNATURE: f64 = 12.0;

/// Recipients and signature that may go on overleaf.
#[derive(Debug)]
pub struct Footer {
    gutter: (f64, f64),
    columns: Columns,
}

/// Takes side-by-side stretches out of the lines of a page; `is_first` is true for the first page, `footer` is what the
/// page before left open, and then what this page leaves open.
#[must_use]
pub fn take_apart(lines: Vec<Line>, is_first: bool, footer: &mut Option<Footer>) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::with_capacity(lines.len());
    let mut lines: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
    let mut at = 0;
    if let Some(open) = footer.take() {
        at = lines.iter().flatten().take_while(|line| open.takes(line)).count();
        let mut beside = (Vec::new(), Vec::new());
        for piece in lines.iter_mut().take(at).filter_map(Option::take).flat_map(|line| line.pieces) {
            if piece.x1 <= open.gutter.1 { &mut beside.0 } else { &mut beside.1 }.push(piece);
        }
        if at > 0 {
            out.push(Stretch::Beside(beside.0, beside.1));
        }
    }
    while at < lines.len() {
        let region = region(&lines, at, is_first && at < HEAD_LINES);
        if let Some(Region { end, gutter, columns, is_footer }) = region {
            if is_footer && end == lines.len() {
                *footer = Some(Footer { gutter, columns });
            }
            let (mut left, mut right) = (Vec::new(), Vec::new());
            // The line that names the authority may stand above the one that opens the list of recipients.
            while let Some(Stretch::Line(above)) = out.last()
                && belongs_above(above, lines.get(at).and_then(Option::as_ref), gutter)
            {
                if let Some(Stretch::Line(above)) = out.pop() {
                    right.splice(0..0, above.pieces);
                }
            }
            for slot in lines.iter_mut().take(end).skip(at) {
                for piece in slot.take().map(|line| line.pieces).unwrap_or_default() {
                    if piece.x1 <= gutter.1 { &mut left } else { &mut right }.push(piece);
                }
            }
            out.push(Stretch::Beside(left, right));
            at = end;
        } else {
            out.extend(lines.get_mut(at).and_then(Option::take).map(Stretch::Line));
            at += 1;
        }
    }
    out
}

/// The widest gap of a line, from the end of what is left of it to the beginning of what is right of it.
fn widest_gap(line: &Line) -> Option<(f64, f64)> {
    let gaps = line.pieces.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((a.x1, b.x0)),
        _ => None,
    });
    gaps.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
}

/// A side-by-side stretch.
struct Region {
    end: usize,
    gutter: (f64, f64),
    columns: Columns,
    is_footer: bool,
}

impl Footer {
    fn takes(&self, line: &Line) -> bool {
        let size = line.pieces.first().map_or(0.0, |piece| piece.size);
        narrowed(line, self.gutter, size).is_some_and(|gutter| {
            let on_left = line.pieces.iter().any(|piece| piece.x1 <= gutter.1);
            let on_right = line.pieces.iter().any(|piece| piece.x0 >= gutter.1);
            on_left && on_right || self.columns.take(line, gutter, true)
        })
    }
}

/// The side-by-side stretch that begins at a line.
fn region(lines: &[Option<Line>], start: usize, in_head: bool) -> Option<Region> {
    let first = lines.get(start)?.as_ref()?;
    let mut gutter = widest_gap(first)?;
    let size = first.pieces.first()?.size;
    if gutter.1 - gutter.0 < GUTTER * size {
        return None;
    }
    let footer = opens_footer(first);
    let mut columns = Columns::default();
    columns.add(first, gutter);
    let (mut both, mut end, mut last_y) = (1, start + 1, first.y());
    for (at, line) in lines.iter().enumerate().skip(start + 1) {
        let Some(line) = line else { break };
        let room = if footer { SIGNATURE } else { 3.5 };
        if line.y() - last_y > room * size || opens_footer(line) {
            break;
        }
        let Some(narrower) = narrowed(line, gutter, size) else { break };
        let two_sided =
            line.pieces.iter().any(|p| p.x1 <= narrower.1) && line.pieces.iter().any(|p| p.x0 >= narrower.1);
        if !two_sided && !columns.take(line, narrower, footer) {
            break;
        }
        gutter = narrower;
        columns.add(line, gutter);
        both += usize::from(two_sided);
        (end, last_y) = (at + 1, line.y());
    }
    // In running text a wide gap is a tab behind a label, unless several lines leave the same gutter free.
    let wide = columns.left.iter().map(|(x0, x1)| x1 - x0).fold(0.0, f64::max) > 6.0 * size;
    let is_region = footer || (wide && (in_head && end - start >= 2 || both >= 3));
    is_region.then_some(Region { end, gutter, columns, is_footer: footer })
}

/// The part of the gutter that a line leaves free, where that is wide enough.
fn narrowed(line: &Line, gutter: (f64, f64), size: f64) -> Option<(f64, f64)> {
    let mut free = gutter;
    for piece in &line.pieces {
        if piece.x0 < free.1 && piece.x1 > free.0 {
            // It reaches into the gutter: from the left or from the right.
            let middle = f64::midpoint(gutter.0, gutter.1);
            if f64::midpoint(piece.x0, piece.x1) < middle {
                free.0 = free.0.max(piece.x1);
            } else {
                free.1 = free.1.min(piece.x0);
            }
        }
    }
    (free.1 - free.0 >= 0.8 * size).then_some(free)
}

/// Where the lines of two columns stand.
#[derive(Debug, Default)]
struct Columns {
    left: Vec<(f64, f64)>,
    right: Vec<(f64, f64)>,
}

impl Columns {
    fn add(&mut self, line: &Line, gutter: (f64, f64)) {
        for piece in &line.pieces {
            if piece.x1 <= gutter.1 { &mut self.left } else { &mut self.right }.push((piece.x0, piece.x1));
        }
    }

    /// Whether a line on one side stands where the lines of that side stand.
    fn take(&self, line: &Line, gutter: (f64, f64), footer: bool) -> bool {
        let (Some(first), Some(last)) = (line.pieces.first(), line.pieces.last()) else { return false };
        let on_left = last.x1 <= gutter.1;
        let side = if on_left { &self.left } else { &self.right };
        let centre = |(x0, x1): (f64, f64)| f64::midpoint(x0, x1);
        let mean = side.iter().copied().map(centre).sum::<f64>() / side.len().max(1) as f64;
        let flush = side.iter().any(|(x0, _)| (x0 - first.x0).abs() <= FLUSH);
        let centred = (centre((first.x0, last.x1)) - mean).abs() <= CENTRED;
        centred || (on_left && footer && flush)
    }
}

/// What opens the list of recipients, at the head of a column.
fn opens_footer(line: &Line) -> bool {
    let words = ReadingWords::get();
    line.pieces.iter().any(|piece| words.opens_recipients(&piece.text))
}

fn belongs_above(above: &Line, first: Option<&Line>, gutter: (f64, f64)) -> bool {
    let ([only], Some(first)) = (above.pieces.as_slice(), first) else { return false };
    let Some(right) = first.pieces.iter().rfind(|piece| piece.x0 >= gutter.1 - 1.0) else { return false };
    let centre = |piece: &Piece| f64::midpoint(piece.x0, piece.x1);
    opens_footer(first)
        && only.x0 >= gutter.0
        && first.y() - above.y() <= 2.5 * only.size
        && (centre(only) - centre(right)).abs() <= CENTRED
}
