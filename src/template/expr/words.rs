//! The filters, tests, functions and methods that a template may use: Jinja's names, ours, and what Tera calls them.
//!
//! Tera takes arguments by name only; the lists of names here give positional arguments their names.

/// One word: as written, as registered with the evaluator, and the names of its arguments by position.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// As templates spell it.
    pub name: &'static str,
    /// As the evaluator knows it.
    pub target: &'static str,
    /// Names of its arguments, in order.
    pub params: &'static [&'static str],
}

const fn word(name: &'static str, target: &'static str, params: &'static [&'static str]) -> Word {
    Word { name, target, params }
}

/// Filters, sorted by name.
pub const FILTERS: &[Word] = &[
    word("abs", "abs", &[]),
    word("attr", "get", &["key"]),
    word("bang_chu", "bang_chu", &[]),
    word("batch", "batch", &["linecount", "fill_with"]),
    word("capitalize", "capitalize", &[]),
    word("center", "center", &["width"]),
    word("choice", "choice", &["options", "free"]),
    word("checkbox", "o_tich", &[]),
    word("count", "length", &[]),
    word("d", "default", &["value", "boolean"]),
    word("date", "date", &["format"]),
    word("default", "default", &["value", "boolean"]),
    word("dem", "dem", &["width"]),
    word("dictsort", "dictsort", &["case_sensitive", "by", "reverse"]),
    word("e", "escape", &[]),
    word("escape", "escape", &[]),
    word("escape_html", "escape", &[]),
    word("escape_xml", "escape", &[]),
    word("filesizeformat", "filesizeformat", &["binary"]),
    word("first", "first", &[]),
    word("float", "to_float", &["default"]),
    word("forceescape", "escape", &[]),
    word("format", "format", &["a", "b", "c", "d", "e", "f"]),
    word("get", "get", &["key", "default"]),
    word("group_by", "group_by", &["attribute"]),
    word("groupby", "groupby", &["attribute", "default"]),
    word("hoa", "upper", &[]),
    word("image", "image", &["width_mm", "height_mm"]),
    word("indent", "indent", &["width", "first", "blank"]),
    word("int", "to_int", &["default", "base"]),
    word("items", "items", &[]),
    word("join", "join", &["d", "attribute"]),
    word("keys", "keys", &[]),
    word("la_ma", "la_ma", &["lower"]),
    word("last", "last", &[]),
    word("length", "length", &[]),
    word("liet_ke", "liet_ke", &["sep", "end"]),
    word("list", "list", &[]),
    word("lower", "lower", &[]),
    word("map", "map", &["filter", "attribute", "default"]),
    word("max", "max", &["case_sensitive", "attribute"]),
    word("min", "min", &["case_sensitive", "attribute"]),
    word("newlines_to_br", "string", &[]),
    word("ngay", "ngay", &["kieu"]),
    word("nth", "nth", &["n"]),
    word("pairs", "items", &[]),
    word("phan_tram", "phan_tram", &["le"]),
    word("pluralize", "pluralize", &["singular", "plural"]),
    word("pprint", "tojson", &[]),
    word("reject", "reject", &["test", "arg"]),
    word("rejectattr", "rejectattr", &["attribute", "test", "arg"]),
    word("replace", "replace", &["from", "to", "count"]),
    word("reverse", "reverse", &[]),
    word("round", "round", &["precision", "method"]),
    word("safe", "safe", &[]),
    word("select", "select", &["test", "arg"]),
    word("selectattr", "selectattr", &["attribute", "test", "arg"]),
    word("slice", "slice", &["slices", "fill_with"]),
    word("so", "so", &["le"]),
    word("sort", "sort", &["reverse", "case_sensitive", "attribute"]),
    word("split", "split", &["pat"]),
    word("str", "string", &[]),
    word("string", "string", &[]),
    word("striptags", "striptags", &[]),
    word("sum", "sum", &["attribute", "start"]),
    word("thuong", "lower", &[]),
    word("tien", "tien", &["don_vi"]),
    word("tien_bang_chu", "tien_bang_chu", &["don_vi"]),
    word("title", "title", &[]),
    word("tojson", "tojson", &["indent"]),
    word("trim", "trim", &["pat"]),
    word("trim_end", "trim_end", &["pat"]),
    word("trim_start", "trim_start", &["pat"]),
    word("truncate", "truncate", &["length", "killwords", "end", "leeway"]),
    word("unique", "unique", &["case_sensitive", "attribute"]),
    word("upper", "upper", &[]),
    word("urlencode", "urlencode", &[]),
    word("values", "values", &[]),
    word("viet_hoa", "title", &[]),
    word("viet_hoa_dau", "viet_hoa_dau", &[]),
    word("wordcount", "wordcount", &[]),
    word("wordwrap", "wordwrap", &["width"]),
    word("xung_ho", "xung_ho", &["nam", "nu"]),
    word("zfill", "dem", &["width"]),
    word("o_tich", "o_tich", &[]),
];

/// Tests (`x is …`).
pub const TESTS: &[Word] = &[
    word("!=", "ne", &["other"]),
    word("<", "lt", &["other"]),
    word("<=", "le", &["other"]),
    word("==", "eq", &["other"]),
    word(">", "gt", &["other"]),
    word(">=", "ge", &["other"]),
    word("array", "array", &[]),
    word("bool", "bool", &[]),
    word("boolean", "bool", &[]),
    word("containing", "containing", &["pat"]),
    word("defined", "defined", &[]),
    word("divisible_by", "divisible_by", &["divisor"]),
    word("divisibleby", "divisible_by", &["divisor"]),
    word("ending_with", "ending_with", &["pat"]),
    word("eq", "eq", &["other"]),
    word("equalto", "eq", &["other"]),
    word("even", "even", &[]),
    word("false", "false_value", &[]),
    word("float", "float", &[]),
    word("ge", "ge", &["other"]),
    word("greaterthan", "gt", &["other"]),
    word("gt", "gt", &["other"]),
    word("in", "in_list", &["other"]),
    word("integer", "integer", &[]),
    word("iterable", "iterable", &[]),
    word("le", "le", &["other"]),
    word("lessthan", "lt", &["other"]),
    word("lower", "lower_case", &[]),
    word("lt", "lt", &["other"]),
    word("map", "map", &[]),
    word("mapping", "map", &[]),
    word("ne", "ne", &["other"]),
    word("none", "none", &[]),
    word("None", "none", &[]),
    word("number", "number", &[]),
    word("odd", "odd", &[]),
    word("sameas", "eq", &["other"]),
    word("sequence", "sequence", &[]),
    word("starting_with", "starting_with", &["pat"]),
    word("string", "string", &[]),
    word("true", "true_value", &[]),
    word("undefined", "undefined", &[]),
    word("upper", "upper_case", &[]),
];

/// Methods of Python's values, answered by filters.
pub const METHODS: &[Word] = &[
    word("capitalize", "capitalize", &[]),
    word("count", "count_of", &["pat"]),
    word("format", "str_format", &["a", "b", "c", "d", "e", "f"]),
    word("get", "get_or_none", &["key", "default"]),
    word("isoformat", "string", &[]),
    word("items", "items", &[]),
    word("keys", "keys", &[]),
    word("lower", "lower", &[]),
    word("lstrip", "trim_start", &["pat"]),
    word("replace", "replace", &["from", "to", "count"]),
    word("rstrip", "trim_end", &["pat"]),
    word("split", "split_words", &["pat"]),
    word("strftime", "date", &["format"]),
    word("strip", "trim", &["pat"]),
    word("title", "title", &[]),
    word("upper", "upper", &[]),
    word("values", "values", &[]),
    word("zfill", "dem", &["width"]),
];

/// Methods that answer yes or no.
pub const TEST_METHODS: &[Word] = &[
    word("endswith", "ending_with", &["pat"]),
    word("startswith", "starting_with", &["pat"]),
    word("islower", "lower_case", &[]),
    word("isupper", "upper_case", &[]),
];

/// Functions.
pub const FUNCTIONS: &[Word] =
    &[word("dict", "", &[]), word("namespace", "", &[]), word("range", "range", &["start", "end", "step_by"])];

/// Finds a word in a list.
#[must_use]
pub fn find(list: &'static [Word], name: &str) -> Option<&'static Word> {
    list.iter().find(|word| word.name == name)
}

/// The entries of `names` that look like `name`, best first, at most three.
pub fn near<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let plain = |text: &str| -> Vec<char> {
        unicode_normalization::UnicodeNormalization::nfd(text)
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .map(|c| if c == 'đ' { 'd' } else { c })
            .collect()
    };
    let wanted = plain(name);
    let mut found: Vec<(usize, &str)> = names
        .into_iter()
        .filter(|candidate| *candidate != name)
        .filter_map(|candidate| {
            let other = plain(candidate);
            let distance = distance(&wanted, &other);
            let allowed = 1 + wanted.len().max(other.len()) / 3;
            (distance <= allowed && distance < wanted.len().min(other.len())).then_some((distance, candidate))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

fn distance(a: &[char], b: &[char]) -> usize {
    if a.len() > 64 || b.len() > 64 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let best = (diagonal + usize::from(x != y)).min(*cell + 1).min(left + 1);
            diagonal = *cell;
            *cell = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}
