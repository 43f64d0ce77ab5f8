//! Names as they are printed: as the list spells them; one in capitals throughout is put in title case.

use crate::model::{Awardee, Field, Subject};

/// The name of an awardee. Only a person's name that the list has in capitals throughout is changed: to title case.
#[must_use]
pub fn printed_name(awardee: &Awardee) -> String {
    let name = awardee.name();
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let in_capitals = letters().count() > 3 && letters().all(|c| !c.is_lowercase()) && name.contains(' ');
    if awardee.subject != Subject::Individual || !in_capitals {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        // A combining mark belongs to the letter before it.
        inside = c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}');
    }
    out
}

/// The name with Ông or Bà, where the list says which.
#[must_use]
pub fn with_salutation(awardee: &Awardee) -> String {
    let name = printed_name(awardee);
    match awardee.text(Field::Salutation) {
        Some(salutation) if !salutation.is_empty() => format!("{salutation} {name}"),
        _ => name,
    }
}

/// The name as it stands in the list's cell: with the form of address only where the cell has one.
#[must_use]
pub fn name_in_list(awardee: &Awardee) -> String {
    let place = |field| awardee.fields.get(&field).map(|said| &said.place);
    if place(Field::Salutation).is_some() && place(Field::Salutation) == place(Field::Name) {
        with_salutation(awardee)
    } else {
        printed_name(awardee)
    }
}

/// Post and unit on one line, as the list has them.
#[must_use]
pub fn post_and_unit(awardee: &Awardee) -> String {
    if let Some(both) = awardee.text(Field::PostUnit) {
        return both.to_owned();
    }
    let own = awardee.name();
    let unit = awardee.text(Field::Unit).filter(|unit| *unit != own);
    [awardee.text(Field::Post), unit]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ListPlace, Said};

    fn person(name: &str) -> Awardee {
        let place = ListPlace { file: "x".into(), sheet: None, row: 1, cell: "A1".into() };
        let said = Said { text: name.to_owned(), place, column: "Tên".into() };
        Awardee { subject: Subject::Individual, fields: [(Field::Name, said)].into() }
    }

    #[test]
    fn only_names_in_capitals_change() {
        for (listed, printed) in [
            ("NGUYỄN THỊ LAN", "Nguyễn Thị Lan"),
            ("H'MƠ NIÊ KDĂM", "H'Mơ Niê Kdăm"),
            ("nguyễn thị lan", "nguyễn thị lan"),
            ("Nguyễn thị Lan", "Nguyễn thị Lan"),
            ("Y' Blăm", "Y' Blăm"),
        ] {
            assert_eq!(printed_name(&person(listed)), printed);
        }
        let collective = Awardee { subject: Subject::Collective, ..person("HỘI LHPN XÃ A") };
        assert_eq!(printed_name(&collective), "HỘI LHPN XÃ A");
    }
}
