//! Every place of a Word file in which a tag may stand, and every way in which Word cuts one.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod word;

use serde_json::json;
use word::{docx_with, fill, p, part, root};

const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

#[test]
fn a_tag_is_filled_wherever_it_stands() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let text_box = |n: u32| format!("<w:txbxContent>{}</w:txbxContent>", p(&format!("[{n}={{{{ v }}}}]")));
    let body = [
        p("[1={{ v }}]"),
        word::table(&[&[&p("[2={{ v }}]"), &(word::table(&[&[&p("[3={{ v }}]")]]) + "<w:p/>")]]),
        format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            text_box(4),
            text_box(5)
        ),
        format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", p("[6={{ v }}]")),
        format!("<w:p><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>", run("[7={{ v }}]")),
        format!("<w:p><w:hyperlink r:id=\"rId9\">{}</w:hyperlink></w:p>", run("[8={{ v }}]")),
        format!("<w:p><w:ins w:id=\"1\" w:author=\"a\">{}</w:ins></w:p>", run("[9={{ v }}]")),
        "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"n\" descr=\"[10={{ v }}]\" title=\"[11={{ v }}]\"/></wp:inline></w:drawing></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> QUOTE \"[12={{ v </w:instrText></w:r><w:r><w:instrText>}}]\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>[13={{ v }}]</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>".to_owned(),
        format!("<w:p><w:fldSimple w:instr=\"TITLE [14={{{{ v }}}}]\">{}</w:fldSimple></w:p>", run("[15={{ v }}]")),
        "<w:p><m:oMath><m:r><m:t>[16={{ </m:t></m:r><m:r><m:t>v }}]</m:t></m:r></m:oMath></w:p>".to_owned(),
        format!("<w:p><w:smartTag w:uri=\"u\" w:element=\"e\">{}</w:smartTag></w:p>", run("[17={{ v }}]")),
        "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>[18={{ v }}]</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:pict><v:shape><v:textpath string=\"[19={{ v }}]\"/></v:shape></w:pict></w:r></w:p>".to_owned(),
        "<w:p><w:hyperlink w:anchor=\"x\" w:tooltip=\"[20={{ v }}]\"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>".to_owned(),
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>[21={{ v }}]</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>b</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>".to_owned(),
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/><w:headerReference w:type=\"first\" r:id=\"rId2\"/></w:sectPr>".to_owned(),
    ]
    .concat();
    let chart = "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:title><c:tx><c:rich><a:p><a:r><a:t>[30={{ v }}]</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chartSpace>".to_owned();
    let parts = [
        ("word/header1.xml", root("w:hdr", &p("[22={{ v }}]"))),
        ("word/header2.xml", root("w:hdr", &p("[23={{ v }}]"))),
        ("word/footer1.xml", root("w:ftr", &p("[24={{ v }}]"))),
        ("word/footnotes.xml", root("w:footnotes", &format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("[25={{ v }}]")))),
        ("word/endnotes.xml", root("w:endnotes", &format!("<w:endnote w:id=\"1\">{}</w:endnote>", p("[26={{ v }}]")))),
        ("word/comments.xml", root("w:comments", &format!("<w:comment w:id=\"1\">{}</w:comment>", p("[27={{ v }}]")))),
        ("docProps/core.xml", "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>[28={{ v }}]</dc:title></cp:coreProperties>".to_owned()),
        ("docProps/custom.xml", "<Properties><property name=\"x\"><vt:lpwstr xmlns:vt=\"v\">[29={{ v }}]</vt:lpwstr></property></Properties>".to_owned()),
        ("word/charts/chart1.xml", chart),
        ("word/diagrams/data1.xml", "<d:m xmlns:d=\"d\" xmlns:a=\"a\"><a:p><a:r><a:t>[33={{ </a:t></a:r><a:r><a:t>v }}]</a:t></a:r></a:p></d:m>".to_owned()),
        ("word/glossary/document.xml", root("w:glossaryDocument", &p("[34={{ v }}]"))),
        ("docProps/app.xml", "<Properties><Company>[35={{ v }}]</Company></Properties>".to_owned()),
        ("word/_rels/document.xml.rels", format!("{RELATIONS}<Relationship Id=\"rId9\" Type=\"hyperlink\" Target=\"http://x.vn/[31=%7B%7B%20v%20%7D%7D]\" TargetMode=\"External\"/><Relationship Id=\"rId10\" Type=\"hyperlink\" Target=\"http://x.vn/[32={{{{ v }}}}]\" TargetMode=\"External\"/></Relationships>")),
    ];
    let bytes = docx_with(&body, &parts);
    let done = fill(&bytes, &json!({"v": "A&\"B<"}), &Default::default()).unwrap().bytes;
    let whole: String = std::iter::once("word/document.xml")
        .chain(parts.iter().map(|(name, _)| *name))
        .map(|name| part(&done, name))
        .collect();
    let missed: Vec<u32> = (1..=35)
        .filter(|n| {
            let forms = [format!("[{n}=A&amp;&quot;B&lt;"), format!("[{n}=A&amp;\"B&lt;")];
            !forms.iter().any(|form| whole.contains(form.as_str()))
        })
        .collect();
    assert_eq!(missed, Vec::<u32>::new(), "{whole}");
}

#[test]
fn a_tag_is_put_together_however_word_has_cut_it() {
    let tag = "{{ ten | upper }}";
    let between = [
        "",
        "<w:proofErr w:type=\"spellStart\"/>",
        "<w:bookmarkStart w:id=\"0\" w:name=\"b\"/>",
        "<w:r><w:rPr><w:i/></w:rPr><w:t></w:t></w:r>",
        "<w:del w:id=\"3\"><w:r><w:delText>}} gone</w:delText></w:r></w:del>",
    ];
    for filler in between {
        for cut in 1..tag.len() {
            let (left, right) = tag.split_at(cut);
            let body = format!(
                "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a {left}</w:t></w:r>{filler}<w:r><w:t>{right} z</w:t></w:r></w:p>"
            );
            let xml = word::filled(&word::docx(&body), json!({"ten": "bình"}));
            assert_eq!(word::texts(&xml), ["a BÌNH z"], "cut {cut}, {filler}");
            assert!(xml.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">a BÌNH</w:t>"), "{xml}");
        }
    }
}

#[test]
fn curled_quotation_marks_and_blanks_of_word_are_understood() {
    let body = p("{{ “một” ~\u{a0}ten | replace(‘x’, “y”) }} {{ \"“trích”\" }}");
    let xml = word::filled(&word::docx(&body), json!({"ten": "x"}));
    assert_eq!(word::texts(&xml), ["mộty “trích”"]);
}
