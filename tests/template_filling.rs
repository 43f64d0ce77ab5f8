//! What a clerk sees in a filled document, and what is said when it cannot be filled.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod word;

use proptest::prelude::*;
use serde_json::{Value, json};
use thidua::pack::{Lang, Texts};
use thidua::template::{CompileOptions, Missing, RenderOptions, Template, TemplateError};
use word::{compile, data, docx, docx_with, faults, fill, filled, p, part, root, table, texts};

fn dots() -> RenderOptions {
    RenderOptions { missing: Missing::Dots, ..RenderOptions::default() }
}

#[test]
fn loops_and_conditions_take_their_paragraphs_with_them() {
    let body = [
        "{%p for n in nguoi %}",
        "{{ loop.index }}. {{ n.ten }}",
        "{%p if n.ghi_chu %}",
        "({{ n.ghi_chu }})",
        "{%p endif %}",
        "{%p endfor %}",
        "hết",
    ]
    .map(p)
    .concat();
    let xml = filled(&docx(&body), json!({"nguoi": [{"ten": "An", "ghi_chu": "mới"}, {"ten": "Bình", "ghi_chu": ""}]}));
    assert_eq!(texts(&xml), ["1. An", "(mới)", "2. Bình", "hết"]);
}

#[test]
fn a_row_may_hold_both_ends_of_its_loop() {
    let body = table(&[&[&p("{%tr for n in nguoi %}{{ n }}"), &p("x{%tr endfor %}")]]);
    let xml = filled(&docx(&body), json!({"nguoi": ["An", "Bình"]}));
    assert_eq!(texts(&xml), ["An", "x", "Bình", "x"]);
    assert_eq!(xml.matches("<w:tr>").count(), 2);
}

#[test]
fn a_table_without_rows_and_a_cell_without_content_leave_a_sound_document() {
    let rows = table(&[&[&p("{%tr for n in nguoi %}")], &[&p("{{ n }}")], &[&p("{%tr endfor %}")]]);
    let cell = table(&[&[&(p("{%p if co %}") + &p("có") + &p("{%p endif %}"))]]);
    let xml = filled(&docx(&(rows + &cell)), json!({"nguoi": [], "co": false}));
    assert_eq!(xml.matches("<w:tbl>").count(), 1, "the table without rows is gone: {xml}");
    assert!(xml.contains("<w:tc><w:tcPr/><w:p/></w:tc>"), "a cell has a paragraph: {xml}");
}

#[test]
fn columns_follow_the_data_and_so_does_the_grid() {
    let body = table(&[&[&p("{%tc for c in cot %}"), &p("{{ c }}"), &p("{%tc endfor %}")]]);
    let xml = filled(&docx(&body), json!({"cot": ["a", "b", "c", "d", "e"]}));
    assert_eq!(xml.matches("<w:tc>").count(), 5);
    assert_eq!(xml.matches("<w:gridCol").count(), 5);
}

#[test]
fn equal_neighbours_are_merged() {
    let body = table(&[
        &[&p("{%tr for n in nguoi %}"), &p("")],
        &[&p("{% vm n.don_vi %}{{ n.don_vi }}"), &p("{{ n.ten }}")],
        &[&p("{%tr endfor %}"), &p("")],
    ]);
    let people = json!([{"don_vi": "A", "ten": "1"}, {"don_vi": "A", "ten": "2"}, {"don_vi": "B", "ten": "3"}]);
    let xml = filled(&docx(&body), json!({"nguoi": people}));
    let states: Vec<&str> = xml.split("<w:vMerge w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(states, ["restart", "continue", "restart"]);
    assert_eq!(texts(&xml), ["A", "1", "", "2", "B", "3"]);
}

#[test]
fn values_are_data_and_never_tags_or_markup() {
    let hostile = "{{ x }} {% raw %} ]]> & <w:p> \u{1}I0\u{2} \u{fffe}";
    let xml = filled(&docx(&p("[{{ v }}]")), json!({"v": hostile}));
    assert_eq!(texts(&xml), ["[{{ x }} {% raw %} ]]> & <w:p> I0 ]"]);
    assert_eq!(data(&json!({"v": hostile})).dropped, 3);
}

#[test]
fn line_breaks_tabs_paragraphs_and_pages_in_values() {
    let body =
        "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>a {{ v }} z</w:t></w:r></w:p>";
    let xml = filled(&docx(body), json!({"v": "1\n2\t3\u{7}4\u{c}5"}));
    assert_eq!(texts(&xml), ["a 1\n2\t3", "4", "\n", "5 z"]);
    assert_eq!(xml.matches("<w:jc w:val=\"center\"/>").count(), 3);
    assert_eq!(xml.matches("<w:b/>").count(), 3);
}

#[test]
fn rich_values_stand_in_the_text_and_in_the_place_of_paragraphs() {
    let rich = json!({"$richtext": [{"text": "đậm", "bold": true}, {"richtext": [{"text": " a\u{7}b\u{c}c", "color": "#ff0000"}]}]});
    let body =
        "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>x {{r v }} y</w:t></w:r></w:p>"
            .to_owned()
            + &p("{{ v }}!")
            + &p("{{p w }}")
            + &p("{{p s }}");
    let values = json!({"v": rich, "s": "một dòng",
        "w": {"$subdoc": {"blocks": [{"heading": "Mục", "level": 1}, {"p": "chữ"}, {"table": [["a", "b"]]}]}}});
    let xml = filled(&docx(&body), values);
    let expected = ["x đậm a", "b", "\n", "c y", "đậm a", "b", "\n", "c!", "Mục", "chữ", "a", "b", "một dòng"];
    assert_eq!(texts(&xml), expected);
    assert!(xml.contains("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">đậm</w:t></w:r>"), "{xml}");
    assert!(xml.contains("<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> y</w:t></w:r>"), "{xml}");
}

#[test]
fn pictures_come_from_the_data_and_are_stored_once() {
    let pixel = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let header = root("w:hdr", &p("{{ anh | image(width_mm=30) }}"));
    let bytes = docx_with(&p("{{ hinh }} {{ hinh }}"), &[("word/header1.xml", header)]);
    let values = json!({"anh": pixel, "hinh": {"$image": {"path": pixel, "width_mm": 10, "height_mm": 20}}});
    let done = fill(&bytes, &values, &RenderOptions::default()).unwrap().bytes;
    let document = part(&done, "word/document.xml");
    assert_eq!(document.matches("<wp:extent cx=\"360000\" cy=\"720000\"/>").count(), 2);
    assert!(part(&done, "word/header1.xml").contains("cx=\"1080000\" cy=\"1080000\""));
    assert_eq!(part(&done, "word/_rels/document.xml.rels").matches("media/").count(), 1);
    assert!(part(&done, "word/_rels/header1.xml.rels").contains("media/thidua1.png"));
    assert!(part(&done, "[Content_Types].xml").contains("Extension=\"png\""));
    let missing = fill(&docx(&p("{{ 'x.png' | image }}")), &json!({}), &RenderOptions::default()).unwrap_err();
    assert_eq!(missing.0[0].code, "media");
}

#[test]
fn what_is_missing_is_an_error_and_all_of_it_is_named() {
    let body = p("{{ ten }} {{ chuc_vu }} {{ don_vi.ten }}");
    let error = fill(&docx(&body), &json!({"ten": "An", "chuc_vuu": 1}), &RenderOptions::default()).unwrap_err();
    let named: Vec<&str> = error.0.iter().map(|fault| fault.what.as_str()).collect();
    assert_eq!(named, ["chuc_vu", "don_vi.ten"]);
    assert_eq!(error.0[0].near, ["chuc_vuu"]);
    let done = fill(&docx(&body), &json!({"ten": "An"}), &dots()).unwrap();
    let xml = part(&done.bytes, "word/document.xml");
    assert_eq!(texts(&xml), ["An …… ……"]);
    assert_eq!(xml.matches("<w:highlight w:val=\"yellow\"/>").count(), 2);
    assert_eq!(done.missing.len(), 2);
}

#[test]
fn dots_stand_for_null_too_and_it_is_listed() {
    let done = fill(&docx(&p("{{ a }}|{{ b }}")), &json!({"a": null, "b": 1}), &dots()).unwrap();
    assert_eq!(texts(&part(&done.bytes, "word/document.xml")).concat(), "……|1");
    assert_eq!(done.missing.iter().map(|missing| missing.name.as_str()).collect::<Vec<_>>(), ["a"]);
}

#[test]
fn two_tables_from_data_do_not_become_one() {
    let table = json!({"$subdoc": {"blocks": [{"table": [["a"]]}, {"table": [["b"]]}]}});
    let xml = filled(&docx(&(p("{{p t }}") + &p("{{p t }}"))), json!({ "t": table }));
    assert_eq!(xml.matches("<w:tbl>").count(), 4);
    assert_eq!(xml.matches("</w:tbl><w:p/><w:tbl>").count(), 3);
}

#[test]
fn conditions_may_ask_for_what_is_not_there() {
    let body = p("{% if x is defined %}a{% else %}b{% endif %}{{ y.z | default('c') }}{% if k %}d{% endif %}");
    assert_eq!(texts(&filled(&docx(&body), json!({}))), ["bc"]);
}

#[test]
fn jinja_is_read_where_tera_spells_it_differently() {
    let cases = [
        ("{% for a, b in d.items() %}{{ a }}{{ b }},{% endfor %}", "x1,y2,"),
        ("{% for i in l if i > 1 %}{{ loop.index }}{{ i }} {% endfor %}", "13 22 "),
        ("{{ 'a' if l }}{{ 'b' if not l }}", "a"),
        ("{{ l | sort | join('-') }}|{{ l|sum }}|{{ l | count }}", "1-2-3|6|3"),
        ("{% set n = namespace(t=0) %}{% for i in l %}{% set n.t = n.t + i %}{% endfor %}{{ n.t }}", "6"),
        ("{% for i in l %}{% if loop.previtem %}{{ loop.previtem }}<{% endif %}{{ i }} {% endfor %}", "3 3<1 1<2 "),
        ("{% for g in p|groupby('k') %}{{ g.grouper }}={{ g.list|map(attribute='v')|join }};{% endfor %}", "a=13;b=2;"),
        ("{{ 'x' + 'y' }}{{ l.0 }}{{ l[-1] }}{{ d['x'] }}", "xy321"),
        ("{% for i in range(3) %}{{ loop.cycle('a','b') }}{% endfor %}", "aba"),
        ("{% if l is sequence and d is mapping and none is none %}ok{% endif %}", "ok"),
        ("{{ 'abc'.upper() }} {{ ' x '.strip() }} {{ 'a,b'.split(',')|last }}", "ABC x b"),
        ("{{ '%s và %02d' | format('a', 5) }}", "a và 05"),
        ("{% for i in l %}{% if loop.changed(i > 1) %}*{% endif %}{% endfor %}", "***"),
        ("{{ họ_tên }}", "Đỗ"),
        ("{{ 1 == 1 }} {{ none }} {{ l }} {{ d }}", "True None [3, 1, 2] {'x': 1, 'y': 2}"),
        ("{{ [\"it's\", 'a', 2.0, true] }} {{ f }} {{ 2.50 }}", "[\"it's\", 'a', 2.0, True] 1e+20 2.5"),
        ("x{#- lời ghi -#} y", "xy"),
    ];
    let data = json!({"l": [3, 1, 2], "d": {"x": 1, "y": 2}, "họ_tên": "Đỗ", "f": 1e20,
        "p": [{"k": "a", "v": 1}, {"k": "b", "v": 2}, {"k": "a", "v": 3}]});
    for (template, expected) in cases {
        assert_eq!(texts(&filled(&docx(&p(template)), data.clone())), [expected], "{template}");
    }
}

#[test]
fn filters_of_the_field() {
    let cases = [
        ("{{ '2022-09-05' | ngay }}", "ngày 05 tháng 9 năm 2022"),
        ("{{ '2/2/2022' | ngay }} {{ '2/2/2022' | ngay('so') }}", "ngày 02 tháng 02 năm 2022 02/02/2022"),
        ("{{ 1234567 | so }} {{ 0.5 | so }} {{ 12.345 | so(1) }}", "1.234.567 0,5 12,3"),
        ("{{ 1200000 | tien }} {{ 1.5 | tien }}", "1.200.000 đồng 1,5 đồng"),
        ("{{ '1,14 tỷ đồng' | tien }}", "1.140.000.000 đồng"),
        ("{{ '1,14 tỷ' | bang_chu }}", "một tỷ một trăm bốn mươi triệu"),
        ("{{ '1.200.000' | tien_bang_chu }}", "Một triệu hai trăm nghìn đồng"),
        ("{{ 2 | dem }} {{ 14 | la_ma }}", "02 XIV"),
        ("{{ 1.5 | bang_chu }}, {{ '2,05' | bang_chu }}", "một phẩy năm, hai phẩy không năm"),
        (
            "{{ 'nguyễn thị ánh' | title }} {{ 'ủy ban' | hoa }} {{ 'đơn vị' | viet_hoa_dau }}",
            "Nguyễn Thị Ánh ỦY BAN Đơn vị",
        ),
        ("{{ ['a;', 'b', 'c.'] | liet_ke }}", "a; b; c."),
        ("{{ 'nữ' | xung_ho }} {{ '' | xung_ho }} {{ true | o_tich }}", "Bà Ông/Bà ☒"),
    ];
    for (template, expected) in cases {
        assert_eq!(texts(&filled(&docx(&p(template)), json!({}))), [expected], "{template}");
    }
    for wrong in ["'31/02/2026' | ngay", "'5/9/22' | ngay", "'mùng 5/9/2022' | ngay", "1.5 | tien_bang_chu"] {
        let error = fill(&docx(&p(&format!("{{{{ {wrong} }}}}"))), &json!({}), &RenderOptions::default()).unwrap_err();
        assert_eq!(error.0[0].code, "evaluator", "{wrong}");
    }
}

#[test]
fn all_faults_are_told_at_once_each_at_its_place() {
    let header = root("w:hdr", &table(&[&[&p("x")], &[&(p("a") + &p("b {{ x | uper }}"))]]));
    let body = [
        p("{%tr for x in y %}"),
        p("{% if a %}"),
        p("{{ chưa đóng"),
        p("{%p endfor %}"),
        table(&[&[&p("{% for x in y %}")], &[&p("x")]]),
        p("{% endfor %}"),
        p("{{ a is mapp }}"),
    ]
    .concat();
    let found = faults(&docx_with(&body, &[("word/header1.xml", header)]));
    let codes: Vec<&str> = found.iter().map(|fault| fault.code).collect();
    for code in ["row-outside-table", "unclosed", "crossed", "crossed-structure", "unknown-test", "unknown-filter"] {
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
    let vi = Texts::builtin(Lang::Vi);
    let filter = found.iter().find(|fault| fault.code == "unknown-filter").unwrap();
    assert_eq!(
        filter.sentence(&vi),
        "đầu trang, bảng 1, hàng 2, ô 1, đoạn 2: không có bộ lọc “uper” (có phải: upper?)\n    b »{{ x | uper }}«"
    );
    let en = Texts::builtin(Lang::En);
    for fault in &found {
        for texts in [&vi, &en] {
            assert!(!fault.sentence(texts).contains("template."), "a sentence is missing for {}", fault.code);
        }
    }
}

#[test]
fn lists_restart_where_each_pass_has_a_list_of_its_own() {
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let numbering = root(
        "w:numbering",
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
    );
    let lists = |xml: &str| -> Vec<String> {
        xml.split("<w:numId w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let nested = [
        p("{%p for g in nhom %}"),
        p("{{ g.ten }}"),
        p("{%p for x in g.viec %}"),
        item("{{ x }}"),
        p("{%p endfor %}"),
        p("{%p endfor %}"),
    ]
    .concat();
    let values = json!({"nhom": [{"ten": "A", "viec": ["1", "2"]}, {"ten": "B", "viec": ["3"]}]});
    let parts = [("word/numbering.xml", numbering)];
    let done = fill(&docx_with(&nested, &parts), &values, &RenderOptions::default()).unwrap().bytes;
    let found = lists(&part(&done, "word/document.xml"));
    assert_eq!(found, ["2", "2", "3"]);
    let numbers = part(&done, "word/numbering.xml");
    assert_eq!(numbers.matches("<w:num w:numId=").count(), 3);
    assert!(numbers.contains("<w:startOverride w:val=\"1\"/>"));

    let flat = [p("{%p for x in viec %}"), item("{{ x }}"), p("{%p endfor %}")].concat();
    let done = fill(&docx_with(&flat, &parts), &json!({"viec": ["1", "2"]}), &RenderOptions::default()).unwrap().bytes;
    assert_eq!(lists(&part(&done, "word/document.xml")), ["1", "1"], "one list over the passes counts on");
}

#[test]
fn content_controls_are_set_by_data() {
    let tick = "<w:p><w:sdt><w:sdtPr><w:tag w:val=\"{{ dang_vien }}\"/><w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState w14:val=\"2612\"/><w14:uncheckedState w14:val=\"2610\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let list = "<w:p><w:sdt><w:sdtPr><w:alias w:val=\"{{ muc }}\"/><w:dropDownList><w:listItem w:displayText=\"Xuất sắc\" w:value=\"xs\"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>Chọn</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let bytes = docx(&(tick.to_owned() + list));
    let xml = filled(&bytes, json!({"dang_vien": true, "muc": "xs"}));
    assert_eq!(texts(&xml), ["☒", "Xuất sắc"]);
    assert!(xml.contains("<w14:checked w14:val=\"1\"/>"));
    assert!(fill(&bytes, &json!({"dang_vien": false, "muc": "?"}), &RenderOptions::default()).is_err());
}

#[test]
fn what_no_tag_touches_stays_and_the_same_input_gives_the_same_bytes() {
    let styles = root("w:styles", "<w:style w:styleId=\"{x}\"/>  ");
    let bytes = docx_with(
        &p("{{ v }}"),
        &[("word/styles.xml", styles.clone()), ("customXml/item1.xml", "<a>{{ v }}</a>".to_owned())],
    );
    let template = compile(&bytes);
    let one = template.render(&data(&json!({"v": 1})), &RenderOptions::default()).unwrap().bytes;
    let two = template.render(&data(&json!({"v": 1})), &RenderOptions::default()).unwrap().bytes;
    assert_eq!(one, two);
    assert_eq!(part(&one, "word/styles.xml"), styles);
    assert_eq!(part(&one, "customXml/item1.xml"), "<a>{{ v }}</a>");
}

#[test]
fn loops_and_texts_without_end_are_stopped() {
    let options = RenderOptions { max_passes: 1000, ..RenderOptions::default() };
    let endless = p("{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}");
    assert_eq!(fill(&docx(&endless), &json!({}), &options).unwrap_err().0[0].code, "limit-passes");
    let options = RenderOptions { max_output: 10_000, ..RenderOptions::default() };
    let long = p("{% for a in range(1000) %}0123456789{% endfor %}");
    assert_eq!(fill(&docx(&long), &json!({}), &options).unwrap_err().0[0].code, "limit-output");
}

#[test]
fn macros_are_refused_and_remote_templates_reported() {
    let bytes = docx_with(&p("x"), &[("word/vbaProject.bin", "x".to_owned())]);
    assert_eq!(faults(&bytes)[0].code, "macros");
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"http://x.vn/t.dotm\" TargetMode=\"External\"/></Relationships>";
    let bytes = docx_with(&p("x"), &[("word/_rels/settings.xml.rels", relations.to_owned())]);
    assert_eq!(faults(&bytes)[0].code, "remote-template");
    let entity = root("w:document", "").replace("?>\n", "?><!DOCTYPE x [<!ENTITY a \"b\">]>");
    let bytes = word::zip(&[
        ("[Content_Types].xml", "<Types>wordprocessingml</Types>".to_owned()),
        ("word/document.xml", entity.replace("</w:document>", "{{ x }}</w:document>")),
    ]);
    assert!(matches!(Template::compile(&bytes, &CompileOptions::default()), Err(TemplateError::Input(_))));
}

#[test]
fn many_records_in_one_document_each_on_a_new_page() {
    let template = compile(&docx(&(p("{{ v }}") + "<w:sectPr><w:pgSz/></w:sectPr>")));
    let records = [1, 2, 3].map(|v| data(&json!({"v": v})));
    let done = template.render_merged(records, &RenderOptions::default()).unwrap();
    let xml = part(&done.bytes, "word/document.xml");
    assert_eq!(texts(&xml), ["1", "2", "3"]);
    assert_eq!(xml.matches("<w:pageBreakBefore/>").count(), 2);
    assert_eq!(xml.matches("<w:sectPr>").count(), 1);
}

#[test]
fn fields_are_listed_with_their_kinds() {
    let body = p(
        "{{ ten }} {% for n in nguoi %}{{ n.ngay_sinh | ngay }}{% endfor %}{% if x.y %}{{ z | default('') }}{% endif %}",
    );
    let fields = compile(&docx(&body)).fields();
    let found: Vec<(&str, &str, bool)> =
        fields.iter().map(|field| (field.path.as_str(), field.kind, field.optional)).collect();
    assert_eq!(
        found,
        [
            ("nguoi", "list", false),
            ("nguoi[].ngay_sinh", "date", false),
            ("ten", "text", false),
            ("x.y", "boolean", true),
            ("z", "text", true)
        ]
    );
    let schema = compile(&docx(&body)).schema();
    assert_eq!(schema["properties"]["nguoi"]["items"]["required"], json!(["ngay_sinh"]));
    assert_eq!(schema["required"], json!(["nguoi", "ten"]));
}

/// Text that a cell of a list may hold.
fn value() -> impl Strategy<Value = String> {
    "[a-zA-ZàáảạăđĐễộ<>&\"'{}%#|\\\\ ]{0,12}"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_in_comes_out(rows in prop::collection::vec(prop::collection::vec(value(), 2), 0..6), head in value(), shape in 0_usize..3) {
        let (open, close) = [("{%p for r in rows %}", "{%p endfor %}"), ("{%tr for r in rows %}", "{%tr endfor %}"), ("{% for r in rows %}", "{% endfor %}")][shape];
        let middle = match shape {
            1 => table(&[&[&p(open), &p("")], &[&p("{{ r[0] }}"), &p("{{ r[1] }}")], &[&p(close), &p("")]]),
            0 => p(open) + &p("{{ r[0] }}") + &p("{{ r[1] }}") + &p(close),
            _ => p(&format!("{open}[{{{{ r[0] }}}}][{{{{ r[1] }}}}]{close}")),
        };
        let xml = filled(&docx(&(p("{{ head }}") + &middle)), json!({"head": head, "rows": rows}));
        let mut expected = vec![head];
        match shape {
            2 => expected.push(rows.iter().flatten().map(|cell| format!("[{cell}]")).collect()),
            _ => expected.extend(rows.into_iter().flatten()),
        }
        prop_assert_eq!(texts(&xml), expected);
    }

    #[test]
    fn no_text_of_a_template_makes_it_panic(text in "[{}%#a-z \"'|.()\\[\\],=-]{0,40}") {
        let _ = Template::compile(&docx(&p(&text)), &CompileOptions::default()).map(|template| {
            let _ = template.render(&data(&json!({"a": [1]})), &dots());
            let _: Vec<Value> = vec![template.schema()];
        });
    }
}

#[test]
fn long_chains_and_many_marks_end_in_a_fault_and_soon() {
    for text in [
        format!("{{{{ a{} }}}}", ".b".repeat(50_000)),
        format!("{{{{ {}a }}}}", "a + ".repeat(50_000)),
        format!("{{{{ {}a }}}}", "not ".repeat(50_000)),
        format!("{{{{ {} }}}}", "[".repeat(50_000)),
        "{#".repeat(100_000),
        "{{".repeat(100_000),
        "{{ \"".repeat(50_000),
    ] {
        assert!(faults(&docx(&p(&text))).iter().any(|fault| fault.code != "text-lost"), "{}", &text[..20]);
    }
    let many: String =
        (0..2_000).map(|n| format!("<w:r><w:t>{{{{ a{n}</w:t></w:r><w:r><w:t> }}}} </w:t></w:r>")).collect();
    assert_eq!(compile(&docx(&format!("<w:p>{many}</w:p>"))).fields().len(), 2_000);
}
