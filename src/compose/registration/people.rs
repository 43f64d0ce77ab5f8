//! The list of persons that names and titles are checked against.

use super::task::Member;
use crate::template::{DataError, Records};

/// Headings of names, as plain names.
const NAMES: [&str; 4] = ["ho_va_ten", "ho_ten", "ten", "ca_nhan"];
/// Headings of titles held before.
const HELD: [&str; 5] = ["danh_hieu_da_dat", "danh_hieu_da_duoc_tang", "da_duoc_tang", "thanh_tich", "danh_hieu"];

/// Persons of a list with the headings *Họ và tên* and *Danh hiệu đã đạt* (several, parted by `;`).
///
/// # Errors
/// When a row is no record.
pub fn members(records: Records) -> Result<Vec<Member>, DataError> {
    let mut members = Vec::new();
    for record in records {
        let row = record.read()?;
        let value = |keys: &[&str]| keys.iter().find_map(|key| row.text(key)).filter(|text| !text.trim().is_empty());
        let Some(name) = value(&NAMES) else { continue };
        let held = value(&HELD).unwrap_or_default();
        let held = held.split([';', '\n']).map(without_year).filter(|title| !title.is_empty()).collect();
        members.push(Member { name, held });
    }
    Ok(members)
}

/// `CSTĐCS năm 2019` → `CSTĐCS`.
fn without_year(title: &str) -> String {
    let title = title.trim().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | ','));
    title.trim_end().strip_suffix("năm").unwrap_or(title).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::Limits;

    #[test]
    fn persons_come_with_the_titles_that_they_held() {
        let csv = "Họ và tên,Danh hiệu đã đạt\nLê Thị Hoa,CSTĐCS 2019; CSTĐ cơ sở năm 2020\n,\nVõ Thị Mai,\n";
        let records = Records::open("ds.csv", Box::new(csv.as_bytes()), &Limits::default()).unwrap();
        let members = members(records).unwrap();
        assert_eq!(members.len(), 2);
        assert_eq!(members[0].held, ["CSTĐCS", "CSTĐ cơ sở"]);
        assert!(members[1].held.is_empty());
    }
}
