//! Plans drawn from directives, and plans compared with them, over the sample office and a district of the old world.

#![allow(clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use thidua::compose::compare::{CompareInputs, Comparison, Status, compare};
use thidua::compose::plan::{Inputs, Parent, Plan, forms_asked_for, forms_sent, plan};
use thidua::compose::registration::ask::{Directive as AskDirective, Given, Office as AskOffice, ask};
use thidua::compose::registration::fill;
use thidua::compose::units::SubUnits;
use thidua::guard::Limits;
use thidua::guard::package::Package;
use thidua::model::{Origin, Severity};
use thidua::pack::{
    AwardRules, Calendar, Lang, PlanWords, Profile, RegistrationForms, RegistrationKind, RuleBook, Texts, word_form,
};
use thidua::structure::Structure;
use thidua::template::{CompileOptions, Data, Missing, RenderOptions, Template};
use thidua::{Engine, Options, Reading};

const DISTRICT: &str = r#"
[don-vi]
ten = "Hội Liên hiệp Phụ nữ huyện Tân Lộc"
ten-ngan = "Hội LHPN huyện Tân Lộc"
ban-hanh = "Ban Thường vụ"
ten-khac = ["Hội LHPN huyện Tân Lộc"]
cap = "huyen"
dong-dau = ["HỘI LHPN TỈNH BÌNH CHÂU", "HỘI LHPN HUYỆN TÂN LỘC"]
ky-hieu = "BTV"
dia-danh = "Tân Lộc"
[[cap]]
ma = "trung-uong"
ten = "Trung ương"
[[cap]]
ma = "tinh"
ten = "Tỉnh"
[[cap]]
ma = "huyen"
ten = "Huyện"
[[cap]]
ma = "xa"
ten = "Xã, thị trấn"
[[cap]]
ma = "chi-hoi"
ten = "Chi hội"
[[cap-tren]]
ten = "Hội Liên hiệp Phụ nữ tỉnh Bình Châu"
cap = "tinh"
ten-khac = ["Hội LHPN tỉnh Bình Châu", "Hội LHPN tỉnh"]
chinh = true
[cap-duoi]
tep = "don-vi.csv"
ten-chung = "Hội LHPN các xã, thị trấn"
cap = "xa"
phan-bo = "hoi-vien"
[[nguoi-ky]]
ho-ten = "Bùi Thị Mai Sen"
chuc-vu = "CHỦ TỊCH"
quyen-han = ["TM. BAN THƯỜNG VỤ"]
[[nguoi-ky]]
ho-ten = "Trần Thị Ví Dụ"
chuc-vu = "PHÓ CHỦ TỊCH"
quyen-han = ["TM. BAN THƯỜNG VỤ"]
[[bo-phan]]
ten = "Bộ phận Tổng hợp"
viet-tat = "TH"
dau-moi = true
[[bo-phan]]
ten = "Bộ phận Phong trào"
linh-vuc = ["tuyên truyền"]
"#;

const COMMUNES: &str = "Tên đơn vị,Cấp,Hội viên,Chỉ tiêu: công trình\nHội LHPN xã An Phú,xã,300,\nHội LHPN xã Bình Hòa,xã,450,4\nHội LHPN thị trấn Tân Lộc,xã,950,\n";

struct Office {
    engine: Engine,
    profile: Profile,
    units: SubUnits,
    calendar: Calendar,
    words: PlanWords,
    awards: AwardRules,
    forms: RegistrationForms,
    texts: Texts,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/van-phong-mau")
}

fn office(profile: &str, units: &str) -> Office {
    let profile = Profile::parse(profile).expect("profile");
    let units = SubUnits::read("don-vi.csv", units.as_bytes(), &profile, &Limits::default()).expect("units");
    Office {
        engine: Engine::new().expect("engine"),
        profile,
        units,
        calendar: Calendar::builtin().expect("calendar"),
        words: PlanWords::builtin().expect("words"),
        awards: AwardRules::builtin().expect("awards"),
        forms: RegistrationForms::builtin().expect("forms"),
        texts: Texts::builtin(Lang::Vi),
    }
}

fn district() -> Office {
    office(DISTRICT, COMMUNES)
}

fn commune() -> Office {
    let read = |name: &str| std::fs::read_to_string(root().join(name)).expect("sample office");
    office(&read("thidua.toml"), &read("don-vi.csv"))
}

type Read = (Reading, Structure);

fn parent((reading, structure): &Read) -> Parent<'_> {
    Parent { document: &reading.document, extraction: &reading.extraction, structure }
}

impl Office {
    fn read(&self, name: &str, bytes: &[u8]) -> Read {
        let document = self.engine.read(name, bytes).expect("a readable document");
        self.engine.dissect(document, &Options::default())
    }

    fn sample(&self, name: &str) -> Read {
        self.read(name, &std::fs::read(root().join("den").join(name)).expect("sample"))
    }

    fn plan(&self, directives: &[&Read], date: Option<jiff::civil::Date>) -> Plan {
        self.plan_with(directives, date, &[])
    }

    fn plan_with(&self, directives: &[&Read], date: Option<jiff::civil::Date>, forms: &[RegistrationKind]) -> Plan {
        let parents: Vec<Parent> = directives.iter().map(|read| parent(read)).collect();
        plan(&Inputs {
            parents: &parents,
            profile: &self.profile,
            units: Some(&self.units),
            forms,
            sent: &[],
            signed: date,
            signer: 1,
            calendar: &self.calendar,
            words: &self.words,
            lexicon: &self.engine.pack().lexicon,
            texts: &self.texts,
            knowledge: self.engine.knowledge(),
        })
    }

    fn compare(&self, plan: &Read, directive: &Read) -> Comparison {
        compare(&CompareInputs {
            plan: parent(plan),
            directives: &[parent(directive)],
            profile: &self.profile,
            units: Some(&self.units),
            calendar: &self.calendar,
            words: &self.words,
            awards: &self.awards,
            forms: &self.forms,
            lexicon: &self.engine.pack().lexicon,
            knowledge: self.engine.knowledge(),
        })
    }
}

/// The Word file of values.
fn rendered(values: &serde_json::Value) -> Vec<u8> {
    let form = word_form("hoi-lhpn/ke-hoach/form.docx").expect("form");
    let template = Template::compile(form, &CompileOptions::default()).expect("form compiles");
    let options = RenderOptions { missing: Missing::Dots, ..RenderOptions::default() };
    template.render(&Data::from_value(values).expect("values"), &options).expect("form renders").bytes
}

fn samples() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(root().join("den"))
        .expect("samples")
        .map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 11);
    names
}

/// Figures of a text: `05/11/2021` is three of them.
fn figures(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_directive_becomes_a_plan_that_covers_it() {
    for office in [district(), commune()] {
        for name in samples() {
            let directive = office.sample(&name);
            let drawn = office.plan(&[&directive], None);
            let plan = office.read("ke-hoach.docx", &rendered(&drawn.values));
            let found = office.compare(&plan, &directive);
            let unit = office.profile.short_name();
            for status in [Status::Missing, Status::Weaker, Status::Later] {
                let bad: Vec<_> = found.items.iter().filter(|item| item.status == status).collect();
                assert!(bad.is_empty(), "{unit}, {name}: {status:?} {bad:#?}");
            }
            let grave: Vec<_> = found
                .remarks
                .iter()
                .filter(|remark| {
                    remark.severity == Severity::Error
                        && matches!(remark.rule, "KH-A" | "KH-B" | "KH-C" | "KH-D" | "KH-E" | "KH-K")
                })
                .collect();
            assert!(grave.is_empty(), "{unit}, {name}: {grave:#?}");
        }
    }
}

#[test]
fn every_figure_has_an_origin_and_every_source_says_it() {
    for office in [district(), commune()] {
        for name in samples() {
            let directive = office.sample(&name);
            let drawn = office.plan(&[&directive], Some(jiff::civil::date(2026, 1, 5)));
            let plan = office.read("ke-hoach.docx", &rendered(&drawn.values)).0;
            let traced: BTreeSet<String> = drawn.entries.iter().flat_map(|entry| figures(&entry.value)).collect();
            for block in &plan.document.blocks {
                let label = block.label.clone().unwrap_or_default();
                let loose: Vec<_> = figures(&format!("{label} {}", block.text)).difference(&traced).cloned().collect();
                assert!(loose.is_empty(), "{name}: {loose:?} in {:?} has no origin", block.text);
            }
            let mut sources = 0;
            let mut queue: Vec<&Origin> = drawn.entries.iter().map(|entry| &entry.origin).collect();
            while let Some(origin) = queue.pop() {
                match origin {
                    Origin::Source { span, text, .. } => {
                        sources += 1;
                        assert_eq!(directive.0.document.slice(*span), Some(text.as_str()), "{name}");
                    }
                    Origin::Computed { inputs, .. } => queue.extend(inputs),
                    _ => {}
                }
            }
            assert!(sources > 0, "{name}");
        }
    }
}

/// A plan of the sample directive with a change by hand.
fn changed(office: &Office, directive: &Read, from: &str, to: &str) -> Comparison {
    let drawn = office.plan(&[directive], None);
    let values = serde_json::to_string(&drawn.values).expect("values");
    assert!(values.contains(from), "the plan says {from}");
    let values = serde_json::from_str(&values.replace(from, to)).expect("values");
    office.compare(&office.read("ke-hoach.docx", &rendered(&values)), directive)
}

#[test]
fn planted_changes_are_found() {
    let office = district();
    let directive = office.sample("01-ke-hoach-hoi-tinh-2021.txt");
    let found = |from: &str, to: &str| changed(&office, &directive, from, to);
    let has = |comparison: &Comparison, rule: &str| {
        comparison.remarks.iter().any(|remark| remark.rule == rule && remark.severity == Severity::Error)
    };

    let weaker = found("ít nhất 02 công trình", "ít nhất 01 công trình");
    assert_eq!(weaker.count(Status::Weaker), 1, "{:#?}", weaker.items);
    assert!(has(&weaker, "KH-B"));

    let later = found("chậm nhất là ngày 05/12/2021", "chậm nhất là ngày 15/12/2021");
    assert!(later.count(Status::Later) >= 1 && has(&later, "KH-C"), "{:#?}", later.items);

    let dropped = found("ít nhất 03 tin, bài", "tin, bài");
    assert!(dropped.count(Status::Missing) >= 1 && has(&dropped, "KH-B"), "{:#?}", dropped.items);

    let renamed = found("60 ngày phụ nữ chung tay vì nông thôn mới", "60 ngày phụ nữ chung sức vì nông thôn mới");
    assert!(renamed.items.iter().any(|item| item.status == Status::Changed) && has(&renamed, "KH-D"));

    let residue = found("tin, bài về Hội LHPN tỉnh", "tin, bài về Ban Tuyên giáo");
    assert!(has(&residue, "KH-E"), "{:#?}", residue.remarks);
    let contact = found("Báo cáo kết quả về Hội LHPN tỉnh", "Báo cáo kết quả về vanphong@hoiphunu-binhchau.example");
    assert!(has(&contact, "KH-E"), "{:#?}", contact.remarks);

    let uncited = found("47/KH-BTV", "74/KH-BTV");
    assert!(has(&uncited, "KH-A"));
}

#[test]
fn own_dates_are_earlier_and_stand_open_where_there_is_no_room() {
    let office = district();
    let directive = office.sample("01-ke-hoach-hoi-tinh-2021.txt");
    let text = |drawn: &Plan| serde_json::to_string(&drawn.values).expect("values");
    let early = office.plan(&[&directive], None);
    assert!(text(&early).contains("chậm nhất 27/09/2021"), "three working days before 30/9/2021");
    let late = office.plan(&[&directive], Some(jiff::civil::date(2021, 10, 4)));
    assert!(late.open.iter().any(|open| open.what.contains("30/9/2021")), "{:#?}", late.open);
    assert!(!text(&late).contains("27/09/2021"));
}

#[test]
fn numbers_are_shared_out_by_members_around_what_is_fixed_by_hand() {
    let office = district();
    let directive = office.sample("01-ke-hoach-hoi-tinh-2021.txt");
    let drawn = office.plan(&[&directive], None);
    let works = drawn.allocations.iter().find(|a| a.quota.contains("công trình")).expect("an allocation of works");
    let shares: Vec<u64> = works.rows.iter().map(|row| row.value).collect();
    assert_eq!(shares, [2, 4, 2], "two for each, four fixed by hand");
    let news = drawn.allocations.iter().find(|a| a.quota.contains("tin, bài")).expect("an allocation of news");
    assert_eq!(news.total, 3);
    assert_eq!(news.rows.iter().map(|row| row.value).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn several_directives_are_merged_without_saying_anything_twice() {
    let office = district();
    let directive = office.sample("01-ke-hoach-hoi-tinh-2021.txt");
    let twin = office.sample("01-ke-hoach-hoi-tinh-2021.txt");
    let other = office.sample("02-huong-dan-hoi-tinh-2022.txt");
    let one = office.plan(&[&directive], None);
    let two = office.plan(&[&directive, &twin], None);
    let lines = |plan: &Plan| -> usize {
        let sections = plan.values["cac_phan"].as_array().expect("sections");
        sections.iter().map(|section| section["doan"].as_array().map_or(0, Vec::len)).sum()
    };
    assert_eq!(lines(&one), lines(&two));
    let both = office.plan(&[&directive, &other], None);
    let text = serde_json::to_string(&both.values).expect("values");
    assert!(text.contains("47/KH-BTV") && text.contains("09/KH-BTV"));
    let plan = office.read("ke-hoach.docx", &rendered(&both.values));
    for parent in [&directive, &other] {
        assert_eq!(office.compare(&plan, parent).count(Status::Missing), 0);
    }
}

/// NĐ 30/2020, Phụ lục I: page, fonts, order of the parts.
#[test]
fn the_word_file_looks_as_the_decree_wants() {
    let office = district();
    let directive = office.sample("01-ke-hoach-hoi-tinh-2021.txt");
    let drawn = office.plan(&[&directive], Some(jiff::civil::date(2021, 9, 16)));
    let bytes = rendered(&drawn.values);
    let package = Package::open(&bytes, &Limits::default()).expect("package");
    let part = |name: &str| String::from_utf8(package.read(name).expect("part")).expect("text");
    let (document, styles) = (part("word/document.xml"), part("word/styles.xml"));
    assert!(document.contains("w:w=\"11906\" w:h=\"16838\""), "A4");
    assert!(document.contains("w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\""), "20/20/20/30 mm");
    assert!(document.contains("<w:titlePg/>") && part("word/header1.xml").contains(" PAGE "), "numbers from page 2");
    assert!(!part("word/header2.xml").contains("PAGE"), "none on page 1");
    assert!(styles.contains("w:ascii=\"Times New Roman\""));
    assert!(styles.contains("w:firstLine=\"720\"") && styles.contains("w:after=\"120\""), "1,27 cm and 6 pt");
    assert!(!document.contains("{{") && !document.contains("{%"));
    let text: Vec<String> = {
        let read = office.read("ke-hoach.docx", &bytes).0;
        read.document.blocks.iter().map(|b| format!("{} {}", b.label.clone().unwrap_or_default(), b.text)).collect()
    };
    let whole = text.join("\n");
    let order = [
        "HỘI LHPN TỈNH BÌNH CHÂU",
        "HỘI LHPN HUYỆN TÂN LỘC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "/KH-BTV",
        "Tân Lộc, ngày 16 tháng 9 năm 2021",
        "KẾ HOẠCH",
        "MỤC ĐÍCH, YÊU CẦU",
        "NỘI DUNG, CHỈ TIÊU",
        "TỔ CHỨC THỰC HIỆN",
        "Trên đây là Kế hoạch",
        "Nơi nhận:",
        "Lưu: VT, TH.",
        "TM. BAN THƯỜNG VỤ",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Thị Ví Dụ",
        "Phụ lục",
        "ĐỀ XUẤT PHÂN BỔ CHỈ TIÊU",
    ];
    let mut from = 0;
    for part in order {
        let at = whole[from..].find(part).unwrap_or_else(|| panic!("{part} stands in its order in\n{whole}"));
        from += at + part.len();
    }
}

#[test]
fn exceptions_of_the_parent_take_the_place_of_the_rule() {
    let text = "HỘI LHPN HUYỆN TÂN LỘC\nSố: 12/KH-HPN\nTân Lộc, ngày 05 tháng 3 năm 2020\nKẾ HOẠCH\nĐăng ký công trình năm 2020\n\
                Ban Thường vụ Hội LHPN huyện xây dựng Kế hoạch như sau:\nI. CHỈ TIÊU\n\
                Mỗi xã, thị trấn đăng ký tối thiểu 01 công trình. Riêng thị trấn Tân Lộc đăng ký ít nhất 03 công trình.\n\
                II. TỔ CHỨC THỰC HIỆN\nHội LHPN các xã, thị trấn gửi bản đăng ký về Hội LHPN huyện trước ngày 25/3/2020.\n";
    let office = office(
        DISTRICT,
        "Tên đơn vị,Tên khác,Cấp\nHội LHPN xã An Phú,,xã\nHội LHPN thị trấn Tân Lộc,thị trấn Tân Lộc,xã\n",
    );
    let directive = office.read(
        "a.txt",
        text.replace("HUYỆN TÂN LỘC", "TỈNH BÌNH CHÂU").replace("Hội LHPN huyện xây", "Hội LHPN tỉnh xây").as_bytes(),
    );
    let drawn = office.plan(&[&directive], None);
    let works = drawn.allocations.iter().find(|a| a.quota.contains("công trình")).expect("an allocation");
    assert_eq!(works.rows.iter().map(|row| row.value).collect::<Vec<_>>(), [1, 3]);
    let text = "HỘI LHPN TỈNH BÌNH CHÂU\nSố: 12/KH-BTV\nBình Châu, ngày 05 tháng 3 năm 2020\nKẾ HOẠCH\nBình chọn năm 2020\n\
                Ban Thường vụ Hội LHPN tỉnh xây dựng Kế hoạch như sau:\nI. KHEN THƯỞNG\n\
                - Mỗi huyện, thành phố giới thiệu 01 tập thể, 02 cá nhân (riêng thành phố Lam Sơn giới thiệu 04 tập thể).\n";
    let directive = office.read("b.txt", text.as_bytes());
    let drawn = office.plan(&[&directive], None);
    let values = serde_json::to_string(&drawn.values).expect("values");
    assert!(values.contains("01 tập thể") && !values.contains("04 tập thể"), "an exception for others is left out");
}

/// The examples of every rule of comparing are executed, as those of the other rules are.
#[test]
fn every_rule_of_comparing_finds_its_bad_example_and_leaves_the_good_one() {
    let read = |name: &str| {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/base/office").join(name))
            .expect("the office of init")
    };
    let office = office(&read("thidua.toml"), &read("don-vi.csv"));
    let paper = |name: &str| RuleBook::paper(name).expect("example paper");
    let directive = office.read("cap-tren.txt", paper("doi-chieu-cap-tren").as_bytes());
    let codes = |plan: &str| -> BTreeSet<&str> {
        let plan = office.read("ke-hoach.txt", plan.as_bytes());
        office.compare(&plan, &directive).remarks.iter().map(|remark| remark.rule).collect()
    };
    let plan = paper("doi-chieu");
    assert!(codes(plan).is_empty(), "the example plan is without fault: {:?}", codes(plan));
    let book = RuleBook::builtin().expect("rules");
    let mut executed = BTreeSet::new();
    for rule in book.iter() {
        let Some((good, bad)) = rule.compared() else { continue };
        assert!(plan.contains(good), "{}: the good example stands in the plan", rule.code);
        let found = codes(&plan.replacen(good, bad, 1));
        assert!(found.contains(rule.code.as_str()), "{} is not found: {found:?}", rule.code);
        executed.insert(rule.code.clone());
    }
    for letter in "ABCDEFGHIJKLMNTU".chars() {
        assert!(executed.contains(&format!("KH-{letter}")), "KH-{letter} has examples");
    }
}

#[test]
fn a_blank_form_stands_behind_the_plan_on_a_lying_page() {
    let office = district();
    let directive = office.sample("01-ke-hoach-hoi-tinh-2021.txt");
    let parents = [parent(&directive)];
    let kinds = forms_asked_for(&parents, &office.profile, office.engine.knowledge(), &office.words, &office.forms);
    assert_eq!(kinds, [RegistrationKind::CongTrinh], "the directive asks to register works");
    let drawn = office.plan_with(&[&directive], None, &kinds);
    let form = office.forms.form(RegistrationKind::CongTrinh).expect("form");
    let desk = AskOffice {
        profile: &office.profile,
        below: Some(&office.units),
        calendar: &office.calendar,
        words: &office.words,
        lexicon: &office.engine.pack().lexicon,
        form,
        texts: &office.texts,
    };
    let directives = [AskDirective { document: &directive.0.document, extraction: &directive.0.extraction }];
    let asked = ask(&directives, &desk, &Given::default());
    let filled = fill::annexed(&drawn.forms[0], &asked, &desk).expect("values");
    let options = RenderOptions { missing: Missing::Dots, ..RenderOptions::default() };
    let compiled = |path: &str| Template::compile(word_form(path).expect("form"), &CompileOptions::default());
    let blank = compiled(fill::form_path(form.kind)).expect("form").render(&filled.data, &options).expect("form");
    let whole = compiled("hoi-lhpn/ke-hoach/form.docx")
        .expect("form")
        .render_with_annexes(&Data::from_value(&drawn.values).expect("values"), &[blank.bytes], &options)
        .expect("plan");
    let package = Package::open(&whole.bytes, &Limits::default()).expect("package");
    let document = String::from_utf8(package.read("word/document.xml").expect("part")).expect("text");
    let sections: Vec<&str> = document.split("<w:sectPr").skip(1).collect();
    assert_eq!(sections.len(), 3, "the plan, its numbers, its form");
    assert!(!sections[1].contains("landscape") && sections[2].contains("w:orient=\"landscape\""));
    assert!(sections.iter().all(|section| section.contains("<w:pgNumType w:start=\"1\"/>")), "numbers of their own");
    assert!(sections[2].contains("w:headerReference"), "page numbers go on");
    let read = office.read("ke-hoach.docx", &whole.bytes);
    let text: Vec<&str> = read.0.document.blocks.iter().map(|block| block.text.as_str()).collect();
    let has = |words: &str| text.iter().any(|line| line.contains(words));
    assert!(has("Đăng ký theo mẫu tại Phụ lục II kèm theo Kế hoạch này") && has("MẪU BẢNG ĐĂNG KÝ CÔNG TRÌNH"));
    assert!(has("Hạn gửi đăng ký: chậm nhất ngày 27/09/2021"), "the day of the timetable");
    assert_eq!(office.compare(&read, &directive).count(Status::Missing), 0);
    // Registration drawn from the plan: the shares of its annex, its own day.
    let plan = [AskDirective { document: &read.0.document, extraction: &read.0.extraction }];
    let asked = ask(&plan, &desk, &Given::default());
    let minima: Vec<u64> = asked.units.iter().map(|(_, minimum)| minimum.as_ref().map_or(0, |m| m.number)).collect();
    assert_eq!(minima, [2, 4, 2]);
    assert_eq!(asked.due.expect("a day").value.date, jiff::civil::date(2021, 9, 27));
}

#[test]
fn a_form_that_the_directive_sends_is_handed_on() {
    let office = commune();
    let directive = office.read("a.txt", RuleBook::paper("doi-chieu-cap-tren").expect("paper").as_bytes());
    let sent = forms_sent(&[parent(&directive)], &office.words);
    let columns: Vec<&str> = sent[0].columns.iter().map(|(heading, _)| heading.as_str()).collect();
    assert_eq!(columns, ["TT", "Tên công trình, phần việc", "Địa điểm", "Thời gian hoàn thành"]);
    assert!(sent[0].registers);
    let belongs = ("Kèm theo Kế hoạch".to_owned(), Origin::Given { option: String::new() });
    let filled = fill::handed_on(&sent[0], "Phụ lục", &belongs).expect("values");
    let form = Template::compile(word_form(fill::SENT_FORM).expect("form"), &CompileOptions::default()).expect("form");
    let bytes = form.render(&filled.data, &RenderOptions::default()).expect("form").bytes;
    let read = office.read("mau.docx", &bytes).0;
    let cells = read.document.blocks.iter().filter(|block| block.cell.is_some());
    assert_eq!(
        cells.map(|block| block.text.as_str()).collect::<Vec<_>>()[..5],
        ["TT", "Tên công trình, phần việc", "Địa điểm", "Thời gian hoàn thành", "1"]
    );
}

#[test]
fn what_is_left_out_of_the_directive_stands_in_the_checklist() {
    let office = commune();
    let text = "HỘI LHPN TỈNH HÀ LÂM\nSố: 12/KH-BTV\nHà Lâm, ngày 05 tháng 3 năm 2026\nKẾ HOẠCH\nTổ chức hội thi\n\
                Ban Thường vụ Hội LHPN tỉnh xây dựng Kế hoạch như sau:\nI. NỘI DUNG\n\
                Mỗi xã, phường cử 01 đội dự thi.\nII. TỔ CHỨC THỰC HIỆN\n\
                Hội LHPN các xã, phường gửi danh sách đội thi về Hội LHPN tỉnh trước ngày 25/3/2026.\n\
                Nơi nhận:\n- Lưu: VT.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nLê Thị Mẫu\n\nPhụ lục\nCƠ CẤU GIẢI THƯỞNG\n\n\
                | Giải | Tiền thưởng |\n|---|---|\n| Nhất | 3.000.000 đồng |\n| Nhì | 2.000.000 đồng |\n";
    let directive = office.read("thi.txt", text.as_bytes());
    let drawn = office.plan(&[&directive], None);
    let said = |words: &str| drawn.open.iter().filter(|open| open.what.contains(words)).count();
    assert_eq!(said("CƠ CẤU GIẢI THƯỞNG"), 1, "{:#?}", drawn.open);
}

/// What a person has to look at stands as comments in Word, at its words, and in the checklist.
#[test]
fn the_drafted_plan_has_comments_where_a_person_is_needed() {
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("thidua.toml"), DISTRICT).expect("profile");
    std::fs::write(folder.path().join("don-vi.csv"), COMMUNES).expect("units");
    let out = folder.path().join("ke-hoach.docx");
    let directive = root().join("den/01-ke-hoach-hoi-tinh-2021.txt");
    assert_cmd::Command::cargo_bin("thidua")
        .expect("the program")
        .args(["draft", "plan", &directive.to_string_lossy(), "--date", "04/10/2021", "-q"])
        .args(["--office", &folder.path().to_string_lossy(), "-o", &out.to_string_lossy()])
        .assert()
        .code(0);
    let bytes = std::fs::read(&out).expect("plan");
    let package = Package::open(&bytes, &Limits::default()).expect("package");
    let part = |name: &str| String::from_utf8(package.read(name).expect("part")).expect("text");
    let (comments, document) = (part("word/comments.xml"), part("word/document.xml"));
    let notes = comments.matches("<w:comment ").count();
    assert!(notes >= 3 && comments.contains("Cần rà soát: "), "{comments}");
    assert_eq!(document.matches("<w:commentReference ").count(), notes, "each has its place");
    // The day for which there is no room: its comment stands at the day.
    let checklist = std::fs::read_to_string(out.with_extension("checklist.md")).expect("checklist");
    assert!(checklist.contains("30/9/2021") && comments.contains("30/9/2021"));
    let at = document.find("30/9/2021").expect("the parent's day");
    let start = document[..at].rfind("<w:commentRangeStart ").expect("a comment before it");
    assert!(!document[start..at].contains("<w:commentRangeEnd "), "the day stands inside the comment");
    assert!(document.contains("w:highlight"), "blanks are highlighted");
}
