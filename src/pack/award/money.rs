//! Money of awards: coefficient × base salary on the day of the decision, rounded up.

use super::{AwardRules, Confidence, Dated, dated, on};
use crate::model::Subject;
use jiff::civil::Date;
use serde::Deserialize;

/// Mức lương cơ sở.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Salary {
    #[serde(rename = "ma")]
    code: String,
    #[serde(rename = "muc")]
    amount: i64,
    #[serde(rename = "tu-ngay", default)]
    from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    until: Option<Date>,
    #[serde(rename = "can-cu", default)]
    basis: String,
    #[serde(rename = "tin")]
    confidence: Confidence,
}

/// To what the amount is rounded up.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rounding {
    #[serde(rename = "ma")]
    code: String,
    #[serde(rename = "don-vi")]
    to: i64,
    #[serde(rename = "tu-ngay", default)]
    from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    until: Option<Date>,
    #[serde(rename = "can-cu", default)]
    basis: String,
    #[serde(rename = "tin")]
    confidence: Confidence,
}

/// How many times a person's amount a household gets.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Household {
    #[serde(rename = "ma")]
    code: String,
    #[serde(rename = "he-so")]
    factor: f64,
    #[serde(rename = "tu-ngay", default)]
    from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    until: Option<Date>,
    #[serde(rename = "can-cu", default)]
    basis: String,
    #[serde(rename = "tin")]
    confidence: Confidence,
}

/// Coefficients of a form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Coefficient {
    #[serde(rename = "ma")]
    code: String,
    #[serde(rename = "hinh-thuc")]
    pub(super) form: String,
    #[serde(rename = "ca-nhan", default)]
    individual: Option<f64>,
    #[serde(rename = "tap-the", default)]
    collective: Option<f64>,
    #[serde(rename = "ho", default)]
    household: Option<f64>,
    /// The coefficient is a ceiling, the office decides below it.
    #[serde(rename = "toi-da", default)]
    ceiling: bool,
    #[serde(rename = "tu-ngay", default)]
    from: Option<Date>,
    #[serde(rename = "den-ngay", default)]
    until: Option<Date>,
    #[serde(rename = "can-cu", default)]
    basis: String,
    #[serde(rename = "tin")]
    confidence: Confidence,
}

dated!(Salary, Rounding, Household, Coefficient);

/// A sum in đồng.
pub type Money = i64;

/// What an award brings, and how that comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// Đồng.
    pub money: Money,
    /// Coefficient in thousandths of the base salary; for a household, of a person.
    pub coefficient: i64,
    /// Base salary in đồng.
    pub salary: Money,
    /// Thousandths of a person's amount, for a household.
    pub factor: Option<i64>,
    /// The amount is the most that may be given.
    pub ceiling: bool,
    /// Every part was read in its source.
    pub sure: bool,
    /// Where the coefficient stands.
    pub basis: String,
    /// Codes of the entries that were used.
    pub entries: Vec<String>,
}

impl AwardRules {
    /// What a form brings on a day; `None` when no rule says so, which is no zero.
    #[must_use]
    pub fn amount(&self, form: &str, subject: Subject, day: Date) -> Option<Amount> {
        let of = |subject: Subject| {
            on(&self.coefficients, day).filter(|entry| entry.form == form).find_map(|entry| {
                let value = match subject {
                    Subject::Individual => entry.individual,
                    Subject::Collective => entry.collective,
                    Subject::Household => entry.household,
                };
                value.map(|value| (entry, thousandths(value)))
            })
        };
        let salary = on(&self.salaries, day).next()?;
        let rounding = on(&self.roundings, day).next()?;
        let money =
            |coefficient: i64| rounded_up(coefficient * salary.amount, rounding.to * 1000).map(|sum| sum / 1000);
        let amount = |entry: &Coefficient, coefficient: i64, money: Money| Amount {
            money,
            coefficient,
            salary: salary.amount,
            factor: None,
            ceiling: entry.ceiling,
            sure: [entry.confidence, salary.confidence, rounding.confidence].iter().all(|part| part.is_sure()),
            basis: if entry.basis.is_empty() { rounding.basis.clone() } else { entry.basis.clone() },
            entries: vec![
                format!("muc-thuong.{}", entry.code),
                format!("luong-co-so.{}", salary.code),
                format!("lam-tron.{}", rounding.code),
            ],
        };
        if let Some((entry, coefficient)) = of(subject) {
            return Some(amount(entry, coefficient, money(coefficient)?));
        }
        if subject != Subject::Household {
            return None;
        }
        let (entry, coefficient) = of(Subject::Individual)?;
        let household = on(&self.households, day).next()?;
        let factor = thousandths(household.factor);
        let sum = rounded_up(money(coefficient)? * factor, rounding.to * 1000)? / 1000;
        let mut amount = amount(entry, coefficient, sum);
        amount.factor = Some(factor);
        amount.sure &= household.confidence.is_sure();
        amount.entries.push(format!("ho-gia-dinh.{}", household.code));
        if entry.basis.is_empty() {
            amount.basis.clone_from(&household.basis);
        }
        Some(amount)
    }

    /// The base salary of a day, with where it stands.
    #[must_use]
    pub fn salary(&self, day: Date) -> Option<(Money, &str)> {
        let entry = on(&self.salaries, day).next()?;
        Some((entry.amount, &entry.basis))
    }
}

/// A decimal of a data file in thousandths; coefficients have at most three places.
#[expect(clippy::cast_possible_truncation, reason = "coefficients are small")]
fn thousandths(value: f64) -> i64 {
    (value * 1000.0).round() as i64
}

/// The next multiple of `step` that is not below `sum`.
fn rounded_up(sum: i64, step: i64) -> Option<i64> {
    if step <= 0 {
        return None;
    }
    sum.checked_add(step - 1).map(|sum| sum / step * step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Every amount of the decree on both sides of the change of the base salary.
    #[test]
    fn amounts_are_rounded_up_to_ten_thousand() {
        use Subject::{Collective, Household, Individual};
        let rules = AwardRules::builtin().unwrap();
        let money = |form, subject, day| rules.amount(form, subject, day).map(|amount| amount.money);
        let (before, after) = (date(2026, 6, 30), date(2026, 7, 1));
        for (form, subject, first, second) in [
            ("cstdtq", Individual, 10_530_000, 11_390_000),
            ("cstd-tinh", Individual, 7_020_000, 7_590_000),
            ("cstdcs", Individual, 2_340_000, 2_530_000),
            ("ldtt", Individual, 710_000, 760_000),
            ("ttldxs", Collective, 3_510_000, 3_800_000),
            ("ttldtt", Collective, 1_880_000, 2_030_000),
            ("co-thi-dua", Collective, 18_720_000, 20_240_000),
            ("co-chinh-phu", Collective, 28_080_000, 30_360_000),
            ("bang-khen-thu-tuong", Individual, 8_190_000, 8_860_000),
            ("bang-khen-thu-tuong", Collective, 16_380_000, 17_710_000),
            ("bang-khen", Individual, 3_510_000, 3_800_000),
            ("bang-khen", Collective, 7_020_000, 7_590_000),
            ("giay-khen", Collective, 1_410_000, 1_520_000),
            ("giay-khen", Individual, 710_000, 760_000),
            ("giay-khen", Household, 1_070_000, 1_140_000),
            ("bang-khen", Household, 5_270_000, 5_700_000),
            ("ky-niem-chuong", Individual, 1_410_000, 1_520_000),
        ] {
            assert_eq!(money(form, subject, before), Some(first), "{form} {subject:?}");
            assert_eq!(money(form, subject, after), Some(second), "{form} {subject:?}");
        }
    }

    #[test]
    fn what_no_rule_says_is_no_amount() {
        let rules = AwardRules::builtin().unwrap();
        assert_eq!(rules.amount("giay-khen", Subject::Individual, date(2025, 6, 30)), None, "an older decree");
        assert_eq!(rules.amount("giay-chung-nhan", Subject::Individual, date(2026, 7, 1)), None);
        assert!(!rules.amount("giay-khen", Subject::Individual, date(2026, 7, 1)).unwrap().sure, "from memory");
        assert!(rules.amount("giay-khen", Subject::Collective, date(2026, 7, 1)).unwrap().sure);
        assert!(rules.amount("ky-niem-chuong", Subject::Individual, date(2026, 7, 1)).unwrap().ceiling);
    }
}
