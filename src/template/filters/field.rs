//! Filters of the field: Vietnamese dates, numbers, money, lists, forms of address.

use super::{Outcome, fail, is_handle, text_of};
use crate::language::numeral::to_roman;
use crate::language::numeral_words::{decimal_words, grouped, money, words};
use jiff::civil::Date;
use tera::{Kwargs, State, Tera, TeraResult, Value};
use unicode_normalization::UnicodeNormalization as _;

/// Registers a filter that leaves what is missing, and what is rich, as it is.
fn on_value(tera: &mut Tera, name: &'static str, act: fn(&Value, &Kwargs) -> TeraResult<String>) {
    tera.register_filter(name, move |value: &Value, kwargs: Kwargs, _: &State| -> Outcome {
        if is_handle(value) || value.is_undefined() {
            return Ok(value.clone());
        }
        act(value, &kwargs).map(Value::from)
    });
}

pub fn register(tera: &mut Tera) {
    on_value(tera, "ngay", |value, kwargs| {
        let style = kwargs.get::<&str>("kieu")?.unwrap_or("day_du");
        let date = date_of(value)?;
        let (day, month, year) = (date.day(), date.month(), date.year());
        // Decree 30/2020: days below 10 and months below 3 take a zero in front.
        let official = if month < 3 { format!("{month:02}") } else { month.to_string() };
        Ok(match style {
            "day_du" => format!("ngày {day:02} tháng {official} năm {year}"),
            "so" => format!("{day:02}/{month:02}/{year}"),
            "ngan" => format!("{day}/{month}/{year}"),
            "ngay_thang" => format!("{day:02}/{official}"),
            "thang" => format!("tháng {official} năm {year}"),
            "nam" => format!("năm {year}"),
            "iso" => date.to_string(),
            "thu" => {
                const NAMES: [&str; 7] = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];
                let at = usize::try_from(date.weekday().to_sunday_zero_offset()).unwrap_or(0);
                format!("{}, ngày {day:02}/{official}/{year}", NAMES.get(at).unwrap_or(&""))
            }
            other => return fail(format!("ngay: `{other}`? day_du, so, ngan, ngay_thang, thang, nam, thu, iso")),
        })
    });
    on_value(tera, "date", |value, kwargs| {
        let format = kwargs.get::<&str>("format")?.unwrap_or("%Y-%m-%d");
        let date = date_of(value)?;
        jiff::fmt::strtime::format(format, date).map_err(tera::Error::message)
    });
    on_value(tera, "so", |value, kwargs| {
        let number = number_of(value)?;
        let places = kwargs.get::<usize>("le")?.unwrap_or_else(|| places_of(number)).min(15);
        Ok(grouped(number, places))
    });
    on_value(tera, "phan_tram", |value, kwargs| {
        let number = number_of(value)?;
        let places = kwargs.get::<usize>("le")?.unwrap_or_else(|| places_of(number)).min(15);
        Ok(format!("{}%", grouped(number, places)))
    });
    on_value(tera, "tien", |value, kwargs| {
        let unit = kwargs.get::<&str>("don_vi")?.unwrap_or("đồng");
        let number = number_of(value)?;
        Ok(format!("{} {unit}", grouped(number, places_of(number).min(15))).trim_end().to_owned())
    });
    on_value(tera, "bang_chu", |value, _| {
        if let Some(number) = value.as_i128() {
            return Ok(words(number));
        }
        decimal_words(number_of(value)?).map_or_else(|| fail(format!("bang_chu: `{}`?", text_of(value))), Ok)
    });
    on_value(tera, "tien_bang_chu", |value, kwargs| {
        Ok(money(whole_of(value)?, kwargs.get::<&str>("don_vi")?.unwrap_or("đồng")))
    });
    on_value(tera, "la_ma", |value, kwargs| {
        let number = i64::try_from(whole_of(value)?).unwrap_or(0);
        let Some(text) = u32::try_from(number).ok().and_then(to_roman) else {
            return fail(format!("la_ma: {number}? 1–3999"));
        };
        Ok(if kwargs.get::<bool>("lower")?.unwrap_or(false) { text.to_lowercase() } else { text })
    });
    on_value(tera, "dem", |value, kwargs| {
        let width = kwargs.get::<usize>("width")?.unwrap_or(2).min(100);
        Ok(format!("{:0>width$}", text_of(value)))
    });
    on_value(tera, "viet_hoa_dau", |value, _| {
        let text = text_of(value);
        let mut chars = text.chars();
        let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        Ok(first + chars.as_str())
    });
    on_value(tera, "liet_ke", |value, kwargs| {
        let separator = kwargs.get::<&str>("sep")?.unwrap_or("; ");
        let end = kwargs.get::<&str>("end")?.unwrap_or(".");
        let Some(items) = value.as_array() else { return fail("liet_ke: a list is expected") };
        let texts: Vec<String> = items.iter().map(|item| clean_end(&text_of(item)).to_owned()).collect();
        Ok(if texts.is_empty() { String::new() } else { texts.join(separator) + end })
    });
    on_value(tera, "o_tich", |value, _| {
        let on = match value.as_str() {
            Some(text) => !matches!(text.trim().to_lowercase().as_str(), "" | "0" | "false" | "không" | "no"),
            None => value.is_truthy(),
        };
        Ok(if on { "☒" } else { "☐" }.to_owned())
    });
    on_value(tera, "choice", |value, kwargs| {
        let options = kwargs.must_get::<Value>("options")?;
        let text = text_of(value);
        let found = options.as_map().and_then(|options| options.get(&tera::value::Key::Str(&text)));
        match found {
            Some(shown) => Ok(text_of(shown)),
            None if text.is_empty() || kwargs.get::<bool>("free")?.unwrap_or(false) => Ok(text),
            None => fail(format!("the drop-down list has no entry `{text}`")),
        }
    });
    on_value(tera, "xung_ho", |value, kwargs| {
        let (male, female) = (kwargs.get::<&str>("nam")?.unwrap_or("Ông"), kwargs.get::<&str>("nu")?.unwrap_or("Bà"));
        let text = text_of(value).trim().to_lowercase();
        Ok(match text.as_str() {
            "nam" | "m" | "male" | "ông" | "true" => male.to_owned(),
            "nữ" | "nu" | "f" | "female" | "bà" | "false" => female.to_owned(),
            _ => format!("{male}/{female}"),
        })
    });
}

/// An element of a list without the mark that ended it where it came from.
fn clean_end(text: &str) -> &str {
    text.trim().trim_end_matches([';', '.', ',']).trim_end()
}

fn places_of(number: f64) -> usize {
    let text = number.to_string();
    text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// A date from `2022-09-05`, `05/09/2022`, `5.9.2022`, with or without a time after it.
fn date_of(value: &Value) -> TeraResult<Date> {
    let text = text_of(value);
    let day = text.trim().split(['T', ' ']).next().unwrap_or_default();
    let numbers: Option<Vec<i16>> = day.split(['-', '/', '.']).map(|part| part.parse().ok()).collect();
    let date = match numbers.as_deref().unwrap_or_default() {
        [year, month, day] if *year > 999 => Date::new(*year, small(*month), small(*day)),
        [day, month, year] if *year > 999 => Date::new(*year, small(*month), small(*day)),
        _ => return fail(format!("ngày không đọc được: `{text}`")),
    };
    date.or_else(|_| fail(format!("ngày không có trong lịch: `{text}`")))
}

fn small(number: i16) -> i8 {
    i8::try_from(number).unwrap_or(0)
}

/// A number from a number or a text, with Vietnamese or plain separators.
fn number_of(value: &Value) -> TeraResult<f64> {
    if let Some(number) = value.as_f64() {
        return Ok(number);
    }
    let written: String = text_of(value).nfc().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let (text, times) = scaled(&written);
    let groups = |mark: char| {
        let mut parts = text.split(mark);
        parts.next().is_some_and(|first| (1..=3).contains(&first.len()))
            && text.contains(mark)
            && parts.all(|part| part.len() == 3)
    };
    let plain = if text.contains(',') {
        text.replace('.', "").replace(',', ".")
    } else if groups('.') {
        text.replace('.', "")
    } else {
        text.to_owned()
    };
    match plain.parse::<f64>() {
        // Whole where the figures mean something whole: 1,14 tỷ is 1.140.000.000, whatever binary fractions say.
        Ok(number) if number.is_finite() && times > 1.0 => Ok((number * times * 100.0).round() / 100.0),
        Ok(number) if number.is_finite() => Ok(number),
        _ => fail(format!("không phải số: `{}`", text_of(value))),
    }
}

/// A figure without the word after it, and what the word multiplies by: `1,14tỷđồng` is 1,14 times a billion.
fn scaled(text: &str) -> (&str, f64) {
    let text = text.strip_suffix("đồng").unwrap_or(text);
    [("tỷ", 1e9), ("tỉ", 1e9), ("triệu", 1e6), ("nghìn", 1e3), ("ngàn", 1e3)]
        .iter()
        .find_map(|(word, times)| text.strip_suffix(word).map(|figure| (figure, *times)))
        .unwrap_or((text, 1.0))
}

fn whole_of(value: &Value) -> TeraResult<i128> {
    if let Some(number) = value.as_i128() {
        return Ok(number);
    }
    let number = number_of(value)?;
    if number.fract() != 0.0 || number.abs() > 1e18 {
        return fail(format!("không phải số nguyên: `{}`; làm tròn trước bằng round(0)", text_of(value)));
    }
    Ok(number as i128)
}
