use super::*;
use crate::guard::Limits;
use crate::model::{BlockKind, Format, Recipient, Signature, Source};
use proptest::prelude::*;

fn read(text: &str) -> (Document, Structure) {
    let source = Source { path: "x.txt".into(), format: Format::Text, sha256: String::new(), encoding: String::new() };
    let document = crate::read::document(&source.path, text.as_bytes(), &Limits::default()).expect("readable");
    analyse(document, &Pack::builtin().expect("the shipped pack is valid"))
}

fn info(text: &str) -> DocumentInfo {
    read(text).1.info
}

const PLAN: &str = "\
HỘI LHPN HUYỆN AN BÌNH            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
BAN THƯỜNG VỤ                          Độc lập - Tự do - Hạnh phúc

Số: 17 /KH-BTV                      An Bình, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Phát động đợt thi đua “Mỗi chi hội một việc tốt”
chào mừng Đại hội Phụ nữ huyện

Thực hiện Kế hoạch số 40/KH-BTV ngày 02/02/2024 của Ban Thường vụ Hội LHPN tỉnh, Ban Thường vụ Hội LHPN huyện xây \
dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1.Mục đích
-Tạo khí thế thi đua sôi nổi.
2. Yêu cầu: thiết thực, hiệu quả.
II. NỘI DUNG
1. Chỉ tiêu
1.1. Cấp huyện
- Cấp cơ sở:
+ Mỗi xã đăng ký 02 phần việc.
(Riêng xã đảo đăng ký 01 phần việc).
+ Mỗi chi hội đăng ký 01 việc.
1.2 Cách làm
Bước 1: Phát động.
III. TỔ CHỨC THỰC HIỆN
- Các xã báo cáo trước ngày 10/10/2024.

Trên đây là Kế hoạch phát động đợt thi đua, đề nghị các xã triển khai thực hiện./.

Nơi nhận:                               TM. BAN THƯỜNG VỤ
- Hội LHPN tỉnh (để báo cáo);              KT. CHỦ TỊCH
- Hội LHPN các xã;                        PHÓ CHỦ TỊCH
- Lưu: VT.
                                             (Đã ký)

                                          Lê Thị Hồng Vân
";

#[test]
fn header_title_and_footer_of_a_plan() {
    let info = info(PLAN);
    assert_eq!(info.kind.as_deref(), Some("KH"));
    assert_eq!((info.number.as_deref(), info.symbol.as_deref()), (Some("17"), Some("KH-BTV")));
    assert_eq!(info.issuer.as_deref(), Some("BAN THƯỜNG VỤ HỘI LHPN HUYỆN AN BÌNH"));
    assert_eq!(info.parent_issuer, None);
    assert_eq!((info.place.as_deref(), info.date.as_deref()), (Some("An Bình"), Some("2024-03-05")));
    let subject = "Phát động đợt thi đua “Mỗi chi hội một việc tốt” chào mừng Đại hội Phụ nữ huyện";
    assert_eq!(info.subject.as_deref(), Some(subject));
    let signature = Signature {
        authority: Some("TM. BAN THƯỜNG VỤ KT. CHỦ TỊCH".into()),
        title: Some("PHÓ CHỦ TỊCH".into()),
        name: Some("Lê Thị Hồng Vân".into()),
    };
    assert_eq!(info.signature, Some(signature));
    let recipient =
        |text: &str, purpose: Option<&str>| Recipient { text: text.into(), purpose: purpose.map(Into::into) };
    assert_eq!(
        info.recipients,
        [
            recipient("Hội LHPN tỉnh", Some("để báo cáo")),
            recipient("Hội LHPN các xã", None),
            recipient("Lưu: VT", None),
        ]
    );
}

#[test]
fn spans_lead_to_the_words() {
    let (document, structure) = read(PLAN);
    let words = |field| structure.info.spans.get(field).and_then(|span| document.slice(*span));
    assert_eq!(words("type"), Some("KẾ HOẠCH"));
    assert_eq!(words("number"), Some("Số: 17 /KH-BTV"));
    assert_eq!(words("place"), Some("An Bình"));
    assert_eq!(words("date"), Some("ngày 05 tháng 3 năm 2024"));
    assert_eq!(words("issuer"), Some("BAN THƯỜNG VỤ"));
    assert_eq!(words("signature"), Some("TM. BAN THƯỜNG VỤ"));
    assert_eq!(words("recipients"), Some("Nơi nhận:"));
}

#[test]
fn sections_kinds_and_governing_blocks() {
    let (document, structure) = read(PLAN);
    let find = |text: &str| document.blocks.iter().find(|b| b.text.starts_with(text)).expect("in the text");
    let governs = |text: &str| {
        let parent = structure.parents[find(text).id as usize].expect("governed");
        document.blocks[parent as usize].text.as_str()
    };
    assert_eq!(find("Tạo khí thế").section.as_deref(), Some("I.1"));
    assert_eq!(find("Cách làm").section.as_deref(), Some("II.1.2"));
    assert_eq!(find("Mục đích").kind, BlockKind::Heading);
    assert_eq!(find("Yêu cầu: thiết thực").kind, BlockKind::ListItem);
    assert_eq!(governs("Mỗi xã"), "Cấp cơ sở:");
    assert_eq!(governs("Mỗi chi hội đăng ký"), "Cấp cơ sở:");
    assert_eq!(governs("(Riêng xã đảo"), "Mỗi xã đăng ký 02 phần việc.");
    assert_eq!(governs("Cấp cơ sở"), "Cấp huyện");
    assert_eq!(structure.parents[find("Trên đây").id as usize], None);
    let zone = |text: &str| structure.zones[find(text).id as usize];
    assert_eq!(zone("Thực hiện Kế hoạch số 40"), Zone::Opening);
    assert_eq!(zone("Trên đây"), Zone::Body);
    let labels = |nodes: &[OutlineNode]| nodes.iter().map(|n| n.label.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&structure.outline), ["I", "II", "III"]);
    assert_eq!(labels(&structure.outline[1].children), ["1"]);
    assert_eq!(labels(&structure.outline[1].children[0].children), ["1.1", "1.2"]);
}

/// The text in other spellings that mean the same.
#[test]
fn spelling_changes_nothing() {
    use unicode_normalization::UnicodeNormalization;
    let (document, structure) = read(PLAN);
    let texts: Vec<_> = document.blocks.iter().map(|b| (b.label.clone(), b.text.clone(), b.section.clone())).collect();
    let (other, decomposed) = read(&PLAN.nfd().collect::<String>());
    assert_eq!(
        other.blocks.iter().map(|b| (b.label.clone(), b.text.clone(), b.section.clone())).collect::<Vec<_>>(),
        texts
    );
    assert_eq!(decomposed.info, structure.info);
    for (from, to) in [(" ", "\u{A0}"), ("HÒA", "HOÀ"), (" - ", " – "), ("n", "n\u{200B}"), ("\n", "\r\n")] {
        let info = info(&PLAN.replace(from, to));
        assert_eq!(DocumentInfo { spans: structure.info.spans.clone(), ..info }, structure.info, "{from:?}");
    }
}

#[test]
fn a_party_document() {
    let info = info(
        "HUYỆN ỦY AN BÌNH                    ĐẢNG CỘNG SẢN VIỆT NAM
              *                          An Bình, ngày 12 tháng 6 năm 2025
       Số 08-CT/HU

CHỈ THỊ
về lãnh đạo tổ chức Hội thi cán bộ dân vận khéo

Nhằm nâng cao chất lượng công tác dân vận, Ban Thường vụ Huyện ủy yêu cầu các cấp ủy thực hiện tốt các nhiệm vụ sau:
1- Tổ chức quán triệt Chỉ thị này.

Nơi nhận:                               T/M BAN THƯỜNG VỤ
- Các chi, đảng bộ trực thuộc,             PHÓ BÍ THƯ
- Lưu Văn phòng Huyện ủy.

                                        Hoàng Văn Tùng
",
    );
    assert_eq!(info.kind.as_deref(), Some("CT"));
    assert_eq!((info.number.as_deref(), info.symbol.as_deref()), (Some("08"), Some("CT/HU")));
    assert_eq!(info.issuer.as_deref(), Some("HUYỆN ỦY AN BÌNH"));
    assert_eq!(info.recipients.len(), 2);
    assert_eq!(info.signature.and_then(|s| s.authority).as_deref(), Some("T/M BAN THƯỜNG VỤ"));
}

#[test]
fn a_letter_in_one_column() {
    let info = info(
        "UBND TỈNH AN BÌNH
SỞ NỘI VỤ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 210/SNV-TĐKT
V/v báo cáo kết quả phong trào thi đua,
khen thưởng quý I

An Bình, ngày     tháng 4 năm 2024

Kính gửi:
- Các sở, ban, ngành;
- UBND các huyện.

Căn cứ Kế hoạch số 15/KH-UBND ngày 10/01/2024 của UBND tỉnh, Sở Nội vụ đề nghị các đơn vị:
1. Báo cáo kết quả trước ngày 20/4/2024.

TL. GIÁM ĐỐC
CHÁNH VĂN PHÒNG

Đỗ Quang Minh

Nơi nhận:
- Như trên;
- Lưu: VT, TĐKT.
",
    );
    assert_eq!(info.kind.as_deref(), Some("CV"));
    assert_eq!(info.subject.as_deref(), Some("V/v báo cáo kết quả phong trào thi đua, khen thưởng quý I"));
    assert_eq!(info.issuer.as_deref(), Some("SỞ NỘI VỤ"));
    assert_eq!(info.parent_issuer.as_deref(), Some("UBND TỈNH AN BÌNH"));
    assert_eq!((info.place.as_deref(), info.date), (Some("An Bình"), None));
    let signature = info.signature.expect("signed");
    assert_eq!(signature.authority.as_deref(), Some("TL. GIÁM ĐỐC"));
    assert_eq!(signature.title.as_deref(), Some("CHÁNH VĂN PHÒNG"));
    assert_eq!(signature.name.as_deref(), Some("Đỗ Quang Minh"));
    assert_eq!(info.recipients.len(), 2);
}

#[test]
fn a_decision_with_an_attached_regulation() {
    let (document, structure) = read(
        "ỦY BAN NHÂN DÂN
XÃ AN BÌNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 3/2026/QĐ-UBND          An Bình, ngày 20 tháng 01 năm 2026

QUYẾT ĐỊNH
Ban hành Quy chế thi đua, khen thưởng

CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN BÌNH

Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
Theo đề nghị của Công chức Văn phòng,

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Quy chế thi đua, khen thưởng.
Điều 2. Quyết định có hiệu lực từ ngày ký./.

Nơi nhận:\tKT. CHỦ TỊCH
- Như Điều 2;\tPHÓ CHỦ TỊCH
- Lưu: VT.\tVũ Đức Anh

QUY CHẾ
Thi đua, khen thưởng
(Kèm theo Quyết định số 3/2026/QĐ-UBND)

Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Quy chế này áp dụng trên địa bàn xã.
",
    );
    let info = &structure.info;
    assert_eq!((info.number.as_deref(), info.symbol.as_deref()), (Some("3/2026"), Some("QĐ-UBND")));
    assert_eq!(info.issuer.as_deref(), Some("ỦY BAN NHÂN DÂN XÃ AN BÌNH"));
    assert_eq!(info.subject.as_deref(), Some("Ban hành Quy chế thi đua, khen thưởng"));
    assert_eq!(info.signature.as_ref().and_then(|s| s.name.as_deref()), Some("Vũ Đức Anh"));
    let zone = |text: &str| {
        let block = document.blocks.iter().find(|b| b.text.starts_with(text)).expect("in the text");
        (structure.zones[block.id as usize], block.section.clone())
    };
    assert_eq!(zone("CHỦ TỊCH ỦY BAN").0, Zone::Opening);
    assert_eq!(zone("Ban hành kèm theo"), (Zone::Body, Some("Điều 1".into())));
    assert_eq!(zone("QUY CHẾ").0, Zone::Annex);
    assert_eq!(zone("Quy chế này áp dụng"), (Zone::Annex, Some("Chương I.Điều 1.1".into())));
    assert_eq!(structure.outline.last().map(|n| n.title.as_str()), Some("QUY ĐỊNH CHUNG"));
}

#[test]
fn a_family_name_that_begins_bodies_too_is_a_name() {
    let signed = |name: &str| {
        let text = format!(
            "Số: 3/HD-LĐLĐ\n\nHƯỚNG DẪN\n\nPhong trào thi đua\n\n1. Các đơn vị thực hiện nghiêm túc.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n{name}\n\nNơi nhận:\n- Lưu: VT."
        );
        info(&text).signature.and_then(|signature| signature.name)
    };
    assert_eq!(signed("Đoàn Thị Khải").as_deref(), Some("Đoàn Thị Khải"));
    assert_eq!(signed("Hội Liên Hiệp Phụ Nữ"), None);
}

#[test]
fn a_plan_that_lost_its_header() {
    let info = info(
        "Kế hoạch tổ chức Ngày hội gia đình hạnh phúc\n\nThực hiện chương trình công tác năm, Ban Chấp hành Hội LHPN xã An \
         Bình xây dựng kế hoạch như sau:\n\n1. Thời gian: tháng 6.\n2. Địa điểm: nhà văn hóa.\n",
    );
    assert_eq!(info.kind.as_deref(), Some("KH"));
    assert_eq!(info.subject.as_deref(), Some("tổ chức Ngày hội gia đình hạnh phúc"));
    assert_eq!(info.issuer.as_deref(), Some("Ban Chấp hành Hội LHPN xã An Bình"));
    assert_eq!((info.number, info.place, info.date, info.signature), (None, None, None, None));
}

#[test]
fn a_paragraph_broken_in_the_middle_of_a_sentence_is_one() {
    let (document, _) = read(
        "Trên đây là kế hoạch tổ chức đợt thi đua chào mừng Đại hội\n\nđại biểu Phụ nữ xã, đề nghị các chi hội thực hiện.\n\n\
         - Chi hội một\n\n- chi hội hai\n",
    );
    assert_eq!(document.blocks.len(), 3);
    assert!(document.blocks[0].text.contains("Đại hội đại biểu Phụ nữ xã"));
}

#[test]
fn what_somebody_has_to_do_is_no_subject() {
    assert_eq!(info("KẾ HOẠCH\nCác chi hội báo cáo về Hội xã trước ngày 20/3/2024.\n").subject, None);
    let info = info("KẾ HOẠCH\nTổ chức hội thi nấu ăn năm 2024.\n\nI. MỤC ĐÍCH\n");
    assert_eq!(info.subject.as_deref(), Some("Tổ chức hội thi nấu ăn năm 2024."));
}

#[test]
fn a_sentence_in_the_middle_that_names_a_post_is_no_signature() {
    let (_, structure) = read(
        "1. Văn bản của Hội do Chủ tịch ký theo thể thức:\n\nTM. BAN THƯỜNG VỤ\n\n2. Các chi hội gửi báo cáo đúng hạn.\n\n3. Hết.\n",
    );
    assert_eq!(structure.info.signature, None);
    assert!(structure.zones.iter().all(|zone| *zone == Zone::Body || *zone == Zone::Opening));
}

proptest! {
    #[test]
    fn any_text_is_analysed(text in "((Số: |KẾ HOẠCH|Nơi nhận:|TM\\. |ngày 5 tháng |- |1\\.1|I\\. |V/v |[a-cA-CđĐ ,.;:\t\n]){0,6}){0,20}") {
        let source = Source { path: "x".into(), format: Format::Text, sha256: String::new(), encoding: String::new() };
        if let Ok(document) = crate::read::document(&source.path, text.as_bytes(), &Limits::default()) {
            let letters = |d: &Document| {
                let parts = d.blocks.iter().flat_map(|b| b.label.iter().chain([&b.text]));
                parts.flat_map(|s| s.chars()).filter(|c| c.is_alphanumeric()).collect::<String>()
            };
            let before = letters(&document);
            let (document, structure) = analyse(document, &Pack::builtin().expect("the shipped pack is valid"));
            prop_assert_eq!(letters(&document), before);
            prop_assert_eq!(structure.zones.len(), document.blocks.len());
            prop_assert_eq!(structure.parents.len(), document.blocks.len());
            for span in structure.info.spans.values() {
                prop_assert!(document.slice(*span).is_some());
            }
        }
    }
}

#[test]
fn a_first_paragraph_that_leads_to_nothing_is_content() {
    for (text, zone) in [
        ("Các chi hội gửi báo cáo trước ngày 20/3/2024", Zone::Body),
        ("Các chi hội gửi báo cáo trước ngày 20/3/2024.\nHội xã tổng hợp.", Zone::Body),
        ("Để phong trào thiết thực, Hội xã đề nghị các chi hội thực hiện các việc sau:\n1. Đăng ký.", Zone::Opening),
        ("Thực hiện Kế hoạch số 4/KH-BTV của Hội huyện.\n1. Đăng ký.", Zone::Opening),
    ] {
        assert_eq!(read(text).1.zones[0], zone, "{text}");
    }
}

#[test]
fn a_footer_that_was_pasted_twice_is_signed_once() {
    let foot = PLAN.get(PLAN.find("Trên đây").expect("closing")..).expect("footer");
    let text = format!("{PLAN}{foot}");
    assert_eq!(info(&text).signature, info(PLAN).signature);
    assert_eq!(info(&text).recipients, info(PLAN).recipients);
    assert!(info(PLAN).signature.is_some());
}
