//! Which column of a returned table is which column of the form: by heading, however it was retyped, moved or joined.

use super::grid::{Grid, GridCell};
use super::units::holds;
use crate::pack::{CellKind, TableForm};
use crate::template::plain_name;
use rustc_hash::FxHashMap;

/// Rows in which a heading is looked for.
const HEADING_ROWS: u32 = 6;
/// Similarity from which a misspelt heading counts as the one of the form.
const ALIKE: f64 = 0.84;

/// A column of a returned table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Keys of the form's columns that it holds, the first for its value; empty for a column of the unit's own.
    pub keys: Vec<String>,
    /// What its cells hold.
    pub kind: CellKind,
    /// Heading as the unit wrote it.
    pub heading: String,
    /// First grid column and how many.
    pub start: u32,
    pub width: u32,
}

/// The heading of a table.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Columns from the left.
    pub columns: Vec<Column>,
    /// First row behind it.
    pub body: u32,
    /// How well it fits the form.
    score: u32,
}

impl Heading {
    /// Columns of the form that nothing stands for; their headings.
    pub fn missing<'f>(&self, form: &'f TableForm) -> Vec<&'f str> {
        form.columns.iter().filter(|c| !c.optional && !self.has(&c.key)).map(|c| c.heading.as_str()).collect()
    }

    /// Columns of the form that were found.
    pub fn found(&self) -> usize {
        self.columns.iter().map(|column| column.keys.len()).sum()
    }

    /// Whether a column of the form was found.
    pub fn has(&self, key: &str) -> bool {
        self.columns.iter().any(|column| column.keys.iter().any(|known| known == key))
    }
}

/// One of the things that a heading may stand for.
#[derive(Debug)]
struct Target {
    keys: Vec<String>,
    kind: CellKind,
    names: Vec<String>,
}

/// A table of a form with everything that its headings may say.
#[derive(Debug)]
pub struct TableTargets<'f> {
    /// The table.
    pub form: &'f TableForm,
    targets: Vec<Target>,
}

impl<'f> TableTargets<'f> {
    /// Prepares a table of a form.
    pub fn new(form: &'f TableForm) -> Self {
        Self { form, targets: targets(form) }
    }
}

/// How well each heading fits each target, looked up once.
#[derive(Default)]
struct Fits(FxHashMap<String, Vec<u32>>);

impl Fits {
    fn of(&mut self, heading: &str, targets: &[Target]) -> &[u32] {
        if !self.0.contains_key(heading) {
            let fits = targets.iter().map(|target| fit(heading, target)).collect();
            self.0.insert(heading.to_owned(), fits);
        }
        self.0.get(heading).map_or(&[], Vec::as_slice)
    }
}

fn targets(form: &TableForm) -> Vec<Target> {
    let single = form.columns.iter().map(|column| Target {
        keys: vec![column.key.clone()],
        kind: column.kind,
        names: std::iter::once(&column.heading).chain(&column.also).map(|name| plain(name)).collect(),
    });
    let joined = form.joined.iter().map(|joined| Target {
        keys: joined.columns.clone(),
        kind: joined.kind,
        names: joined.headings.iter().map(|name| plain(name)).collect(),
    });
    single.chain(joined).collect()
}

/// A heading without tone marks, marks and what stands in brackets.
fn plain(heading: &str) -> String {
    let open: String = heading
        .split('(')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once(')').map_or("", |(_, rest)| rest) })
        .collect();
    let name = plain_name(&open);
    if name.is_empty() { plain_name(heading) } else { name }
}

/// The best heading of a table for a form, if there is one: the column of items and at least one more, or three.
pub fn heading(grid: &Grid, table: &TableTargets) -> Option<Heading> {
    let (form, targets) = (table.form, table.targets.as_slice());
    let mut fits = Fits::default();
    let candidates = (0..grid.rows.min(HEADING_ROWS)).flat_map(|row| (1..=3).map(move |height| (row, height)));
    let mut best: Option<Heading> = None;
    for (row, height) in candidates {
        let Some(found) = read(grid, row, height, targets, &mut fits) else { continue };
        let enough = found.found() >= 3 || (found.has(&form.item) && found.found() >= 2);
        if enough && best.as_ref().is_none_or(|best| found.score > best.score) {
            best = Some(found);
        }
    }
    best.map(|best| by_place(best, form))
}

/// Reads rows `row..row + height` as a heading.
fn read(grid: &Grid, row: u32, height: u32, targets: &[Target], fits: &mut Fits) -> Option<Heading> {
    let body = row + height;
    let heads: Vec<&GridCell> = grid.cells.iter().filter(|cell| cell.row >= row && cell.row < body).collect();
    // A heading ends with its cells.
    if heads.is_empty() || heads.iter().any(|cell| cell.row + cell.rows > body) {
        return None;
    }
    let leaves: Vec<&GridCell> = heads
        .iter()
        .filter(|cell| !heads.iter().any(|below| below.row > cell.row && below.overlap(cell.column, cell.columns) > 0))
        .copied()
        .collect();
    let own_in_last = leaves.iter().filter(|cell| cell.row + 1 == body && cell.rows == 1).count();
    let mut scored: Vec<(u32, usize, usize)> = Vec::new();
    for (at, leaf) in leaves.iter().enumerate() {
        let own = plain(&leaf.text);
        let above = heads.iter().filter(|cell| cell.row < leaf.row && cell.overlap(leaf.column, leaf.columns) > 0);
        let full =
            plain(&above.map(|cell| cell.text.as_str()).chain([leaf.text.as_str()]).collect::<Vec<_>>().join(" "));
        let own_fits = fits.of(&own, targets).to_vec();
        let full_fits = fits.of(&full, targets);
        for (index, ((own, full), target)) in own_fits.iter().zip(full_fits).zip(targets).enumerate() {
            // A heading below another one is a part of that, and holds no more.
            let full = if target.keys.len() > 1 && full != own { 0 } else { full.saturating_sub(5) };
            let score = (*own).max(full);
            if score > 0 {
                scored.push((score, at, index));
            }
        }
    }
    // The best pairs first; equal ones in the form's order.
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
    let mut taken_keys: Vec<&str> = Vec::new();
    let mut assigned: Vec<Option<&Target>> = vec![None; leaves.len()];
    let mut total = 0;
    for (score, at, index) in scored {
        let (Some(slot), Some(target)) = (assigned.get_mut(at), targets.get(index)) else { continue };
        if slot.is_none() && !target.keys.iter().any(|key| taken_keys.contains(&key.as_str())) {
            *slot = Some(target);
            taken_keys.extend(target.keys.iter().map(String::as_str));
            total += 100 * u32::try_from(target.keys.len()).unwrap_or(1) + score.min(100) / 10;
        }
    }
    // Every further row of a heading must bring something: rows of data below a heading do not.
    let named_in_last = leaves
        .iter()
        .zip(&assigned)
        .filter(|(leaf, target)| target.is_some() && leaf.row + 1 == body && leaf.rows == 1 && is_heading(&leaf.text))
        .count();
    if height > 1 && own_in_last > 0 && named_in_last < own_in_last.min(2) {
        return None;
    }
    let mut columns: Vec<Column> = leaves
        .iter()
        .zip(&assigned)
        .map(|(leaf, target)| Column {
            keys: target.map(|target| target.keys.clone()).unwrap_or_default(),
            kind: target.map_or(CellKind::Text, |target| target.kind),
            heading: leaf.text.replace('\n', " "),
            start: leaf.column,
            width: leaf.columns,
        })
        .collect();
    columns.sort_by_key(|column| column.start);
    Some(Heading { columns, body, score: total })
}

/// Data tell themselves by figures.
fn is_heading(text: &str) -> bool {
    !text.chars().any(|c| c.is_ascii_digit()) && text.chars().count() <= 60
}

/// How well a heading fits: equal, holding the name, misspelt, not at all.
fn fit(heading: &str, target: &Target) -> u32 {
    if heading.is_empty() {
        return 0;
    }
    target.names.iter().map(|name| fit_name(heading, name)).max().unwrap_or(0)
}

fn fit_name(heading: &str, name: &str) -> u32 {
    let length = u32::try_from(name.len()).unwrap_or(0);
    if heading == name {
        return 1000 + length;
    }
    if holds(heading, name, '_') && heading.len() <= name.len() * 4 + 12 {
        return 100 + length;
    }
    let alike = name.len() >= 5
        && heading.len().abs_diff(name.len()) <= 3
        && strsim::normalized_levenshtein(heading, name) >= ALIKE;
    if alike { 60 + length } else { 0 }
}

/// A table with as many columns as the form, one of which has a heading that nobody knows: it is the one that is left,
/// where it stands at its place.
fn by_place(mut heading: Heading, form: &TableForm) -> Heading {
    if heading.columns.len() != form.columns.len() {
        return heading;
    }
    for (at, column) in form.columns.iter().enumerate() {
        let free = !heading.has(&column.key);
        if let Some(slot) = heading.columns.get_mut(at).filter(|slot| free && slot.keys.is_empty()) {
            slot.keys.push(column.key.clone());
            slot.kind = column.kind;
        }
    }
    heading
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{RegistrationForms, RegistrationKind};

    /// A grid from rows; `^` continues the cell above, `<` the cell to the left.
    fn grid(rows: &[&[&str]]) -> Grid {
        let mut cells: Vec<GridCell> = Vec::new();
        for (row, texts) in (0_u32..).zip(rows) {
            for (column, text) in (0_u32..).zip(*texts) {
                match *text {
                    "" => {}
                    "^" => {
                        let above = cells.iter_mut().rev().find(|cell| cell.column == column).expect("above");
                        above.rows += 1;
                    }
                    "<" => cells.last_mut().expect("left").columns += 1,
                    text => cells.push(GridCell { row, rows: 1, column, columns: 1, text: text.to_owned(), block: 0 }),
                }
            }
        }
        let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        Grid {
            table: 0,
            cells,
            rows: u32::try_from(rows.len()).unwrap(),
            columns: u32::try_from(columns).unwrap(),
            blocks: 0..0,
        }
    }

    fn works() -> TableForm {
        RegistrationForms::builtin().expect("forms").form(RegistrationKind::CongTrinh).expect("form").tables[0].clone()
    }

    fn keys(heading: &Heading) -> Vec<String> {
        heading.columns.iter().map(|column| column.keys.join("+")).collect()
    }

    #[test]
    fn headings_are_known_however_they_are_written() {
        let form = works();
        let table = grid(&[
            &[
                "STT",
                "Tên CT, PV",
                "Nội dung thực hiện",
                "Địa điểm",
                "Đối tượng, số người hưởng lợi",
                "Kinh phí; nguồn",
                "Thời gian bắt đầu - hoàn thành",
                "Người phụ trách",
                "Ghi chú",
            ],
            &["1", "Đường hoa", "Trồng hoa", "Thôn Đông", "120 người", "5 triệu", "5/11 - 10/12", "Chị Lan", ""],
        ]);
        let found = heading(&table, &TableTargets::new(&form)).expect("a heading");
        assert_eq!(
            keys(&found),
            [
                "tt",
                "ten",
                "noi-dung",
                "dia-diem",
                "doi-tuong+so-nguoi",
                "kinh-phi+nguon",
                "bat-dau+hoan-thanh",
                "phu-trach",
                "ghi-chu"
            ]
        );
        assert_eq!((found.body, found.missing(&form)), (1, vec![]));
    }

    #[test]
    fn two_rows_of_headings_with_merged_cells_are_one_heading() {
        let form = works();
        let table = grid(&[
            &["BẢNG ĐĂNG KÝ", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<"],
            &[
                "TT",
                "Ten cong trinh, phan viec",
                "Nội dung",
                "Đối tượng hưởng lợi",
                "<",
                "Địa điểm",
                "Kinh phí",
                "<",
                "Thời gian",
                "<",
                "Phụ trách",
                "Ghi chú",
            ],
            &[
                "^",
                "^",
                "^",
                "Đối tượng",
                "Số người",
                "^",
                "Số tiền (đồng)",
                "Nguồn",
                "Bắt đầu",
                "Hoàn thành",
                "^",
                "^",
            ],
            &[
                "1",
                "Đường hoa",
                "Trồng hoa",
                "Hội viên",
                "120",
                "Thôn Đông",
                "5 triệu",
                "XHH",
                "5/11",
                "10/12",
                "Chị Lan",
                "",
            ],
        ]);
        let found = heading(&table, &TableTargets::new(&form)).expect("a heading");
        assert_eq!(
            keys(&found),
            [
                "tt",
                "ten",
                "noi-dung",
                "doi-tuong",
                "so-nguoi",
                "dia-diem",
                "kinh-phi",
                "nguon",
                "bat-dau",
                "hoan-thanh",
                "phu-trach",
                "ghi-chu"
            ]
        );
        assert_eq!((found.body, found.missing(&form)), (3, vec![]));
    }

    #[test]
    fn a_removed_column_is_named_and_a_slip_is_not_one() {
        let form = works();
        let table = grid(&[
            &[
                "TT",
                "Tên công trìn, phần việc",
                "Nội dung",
                "Đối tượng hưởng lợi",
                "Số người hưởng lợi",
                "Kinh phí (đồng)",
                "Nguồn kinh phí",
                "Thời gian bắt đầu",
                "Thời gian hoàn thành",
                "Đơn vị, người phụ trách",
                "Ghi chú",
            ],
            &["1", "Đường hoa", "", "", "", "", "", "", "", "", ""],
        ]);
        let found = heading(&table, &TableTargets::new(&form)).expect("a heading");
        assert_eq!(found.missing(&form), ["Địa điểm"]);
        assert!(heading(&grid(&[&["Họ tên", "Ngày sinh"], &["A", "B"]]), &TableTargets::new(&form)).is_none());
    }
}
