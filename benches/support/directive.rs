//! Directives of any length: sentences of our own with days, numbers, units and places that change, at about the
//! density in which offices write deadlines, quotas and citations.

use super::support::FONTS;

/// Paragraphs: what Word writes as one `w:p`.
pub fn paragraphs(bytes: usize) -> Vec<String> {
    let mut numbers = Numbers(2_463_534_242);
    let mut paragraphs: Vec<String> = HEADER.iter().map(|line| (*line).to_owned()).collect();
    let mut length: usize = paragraphs.iter().map(String::len).sum();
    let (mut chapter, mut section) = (0, 0);
    while length < bytes {
        let paragraph = match paragraphs.len() % 16 {
            3 => {
                (chapter, section) = (chapter + 1, 0);
                format!("{}. {}", roman(chapter), numbers.pick(CHAPTERS))
            }
            0 | 5 | 11 => {
                section += 1;
                format!("{section}. {}", filled(numbers.pick(SECTIONS), &mut numbers))
            }
            6 | 8 | 10 => format!("- {}", filled(numbers.pick(ENTRIES), &mut numbers)),
            7 | 9 => format!("- {} {}", filled(numbers.pick(PLACED), &mut numbers), numbers.pick(TALK)),
            _ => {
                let first = filled(numbers.pick(DEMANDS), &mut numbers);
                format!("{first} {} {}", numbers.pick(TALK), filled(numbers.pick(PLACED), &mut numbers))
            }
        };
        length += paragraph.len() + 1;
        paragraphs.push(paragraph);
    }
    paragraphs.extend(FOOTER.iter().map(|line| (*line).to_owned()));
    paragraphs
}

/// The paragraphs as Word saves them after months of editing: runs of a few words, each with its own properties.
pub fn markup(paragraphs: &[String]) -> String {
    let mut body = String::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        body.push_str(&format!(
            "<w:p w:rsidR=\"00A77B3E\" w:rsidRDefault=\"00A77B3E\" w:rsidP=\"00{index:06X}\"><w:pPr>\
             <w:spacing w:before=\"120\" w:after=\"120\"/><w:ind w:firstLine=\"720\"/><w:jc w:val=\"both\"/>\
             <w:rPr>{FONTS}<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr></w:pPr>"
        ));
        let words: Vec<&str> = paragraph.split_inclusive(' ').collect();
        for (run, words) in words.chunks(9).enumerate() {
            body.push_str(&format!(
                "<w:proofErr w:type=\"spellStart\"/><w:r w:rsidR=\"00B1{run:04X}\" w:rsidRPr=\"005C{index:04X}\"><w:rPr>{FONTS}\
                 <w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr>\
                 <w:t xml:space=\"preserve\">{}</w:t></w:r>",
                words.concat()
            ));
        }
        body.push_str("</w:p>");
    }
    body
}

const HEADER: &[&str] = &[
    "HỘI LIÊN HIỆP PHỤ NỮ TỈNH AN BÌNH",
    "BAN THƯỜNG VỤ",
    "Số: 112/KH-BTV",
    "An Bình, ngày 12 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Phát động phong trào thi đua năm 2026",
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; Thực hiện Kế hoạch số 45/KH-ĐCT ngày 20/11/2025 của \
     Đoàn Chủ tịch, Ban Thường vụ Hội xây dựng kế hoạch như sau:",
];

const FOOTER: &[&str] = &[
    "Trên đây là kế hoạch phát động phong trào thi đua năm 2026, đề nghị các cấp Hội nghiêm túc triển khai thực hiện.",
    "TM. BAN THƯỜNG VỤ",
    "CHỦ TỊCH",
    "Trần Thị Mai",
    "Nơi nhận:",
    "- Hội LHPN các xã, phường;",
    "- Lưu: VT.",
];

const CHAPTERS: &[&str] = &[
    "MỤC ĐÍCH, YÊU CẦU",
    "NỘI DUNG THI ĐUA",
    "CÁC CHỈ TIÊU CỤ THỂ",
    "TIÊU CHUẨN VÀ HÌNH THỨC KHEN THƯỞNG",
    "TỔ CHỨC THỰC HIỆN",
    "THỜI GIAN THỰC HIỆN",
];

const SECTIONS: &[&str] = &[
    "Công tác tuyên truyền, vận động hội viên năm {y}",
    "Các công trình, phần việc của {u}",
    "Thời gian đăng ký và báo cáo",
    "Chỉ tiêu phấn đấu của {u}",
    "Hồ sơ đề nghị khen thưởng",
    "Trách nhiệm của {u}",
];

const ENTRIES: &[&str] = &[
    "Phấn đấu có ít nhất {n}% hội viên được tuyên truyền về chủ trương của Đảng, pháp luật của Nhà nước;",
    "Mỗi chi hội giúp đỡ từ {k} hộ gia đình hội viên có hoàn cảnh khó khăn trở lên;",
    "Vận động ủng hộ quỹ {m} triệu đồng, trao tặng {n} suất quà cho trẻ em mồ côi tại {p};",
    "Giới thiệu không quá {k} tập thể và {n} cá nhân tiêu biểu để xét khen thưởng;",
    "Tổ chức tập huấn kỹ năng cho cán bộ Hội cơ sở, nâng cao chất lượng sinh hoạt chi hội;",
    "Tuyên truyền gương người tốt, việc tốt trên trang thông tin và nhóm mạng xã hội của Hội;",
    "{u}: chủ trì, phối hợp với các đơn vị liên quan triển khai nội dung này;",
    "Trồng mới {m} cây xanh, duy trì tuyến đường hoa tại {p}, giữ gìn vệ sinh môi trường;",
    "Gửi bản đăng ký về Ban Thường vụ trước ngày {d}/{o}/{y};",
];

/// Sentences that ask for something or cite something.
const DEMANDS: &[&str] = &[
    "{u} báo cáo kết quả thực hiện về Ban Thường vụ chậm nhất ngày {d}/{o}/{y} để tổng hợp.",
    "Đề nghị {u} quan tâm chỉ đạo, tạo điều kiện về nguồn lực để phong trào đi vào chiều sâu, thiết thực, hiệu quả.",
    "Thực hiện Hướng dẫn số {m}/HD-BTV ngày {d}/{o}/2025 của Ban Thường vụ về công tác thi đua, khen thưởng.",
    "Hồ sơ gồm tờ trình, báo cáo thành tích có xác nhận của cấp trình, gửi trong thời hạn {k} ngày làm việc kể từ ngày \
     kết thúc đợt thi đua.",
    "Hằng quý, {u} rà soát tiến độ, kịp thời biểu dương điển hình tiên tiến và chấn chỉnh những nơi làm chưa tốt.",
    "Đợt cao điểm bắt đầu từ ngày {d}/{o}/{y} và kết thúc vào dịp kỷ niệm ngày thành lập Hội.",
    "Mỗi đơn vị chọn cử {k} đại biểu dự hội nghị sơ kết, đăng ký danh sách với Ban Tổ chức.",
    "{u} phân công cán bộ theo dõi, đôn đốc, giúp đỡ cơ sở còn khó khăn trong quá trình thực hiện.",
];

/// Sentences as they fill every directive.
const TALK: &[&str] = &[
    "Các cấp Hội tiếp tục đổi mới nội dung, phương thức hoạt động, bám sát nhiệm vụ chính trị của địa phương và nguyện \
     vọng chính đáng của phụ nữ.",
    "Việc bình xét phải bảo đảm công khai, dân chủ, đúng đối tượng, lấy kết quả thực hiện nhiệm vụ làm căn cứ chủ yếu.",
    "Công tác tuyên truyền cần ngắn gọn, dễ hiểu, phù hợp từng nhóm đối tượng, chú trọng vùng sâu, vùng xa và nơi đông \
     lao động nữ.",
    "Kinh phí thực hiện từ nguồn ngân sách được giao và nguồn vận động hợp pháp, sử dụng tiết kiệm, đúng quy định.",
    "Phong trào phải gắn với xây dựng tổ chức Hội vững mạnh, nâng cao năng lực của đội ngũ cán bộ và chất lượng sinh hoạt.",
    "Khuyến khích sáng kiến từ cơ sở, nhân rộng cách làm hay, tránh hình thức, phô trương, chạy theo thành tích.",
];

/// Sentences in which only places and numbers change.
const PLACED: &[&str] = &[
    "Qua phong trào đã xuất hiện nhiều cách làm hay, được cán bộ và nhân dân {p} ghi nhận, đánh giá cao (mục {m}).",
    "Trường hợp khó khăn, vướng mắc tại {p}, các đơn vị phản ánh về Văn phòng Hội qua số điện thoại 0209 123 {m}.",
    "Phong trào thi đua “Phụ nữ {p} đoàn kết, sáng tạo” được triển khai sâu rộng trong mọi tầng lớp phụ nữ, gắn với cuộc \
     vận động xây dựng gia đình no ấm, tiến bộ (phụ lục {m}).",
    "Nội dung chi tiết về địa bàn {p} nêu tại phụ lục {m} kèm theo văn bản này.",
];

const UNITS: &[&str] = &[
    "Hội LHPN các xã, phường",
    "Ban Tuyên giáo",
    "Văn phòng Hội",
    "Hội LHPN xã Tân Lộc",
    "mỗi chi hội",
    "Ban Xây dựng tổ chức Hội",
    "các đơn vị trực thuộc",
    "Hội Phụ nữ Công an tỉnh",
];

const PLACES: &[&str] =
    &["xã Tân Lộc", "phường Bình Minh", "xã Phú Hòa", "thôn Đông", "xã Yên Sơn", "phường Trường Thi", "xã Mỹ Hưng"];

fn filled(sentence: &str, numbers: &mut Numbers) -> String {
    let mut out = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, slot)) = rest.split_once('{') {
        out.push_str(before);
        let (slot, behind) = slot.split_once('}').unwrap_or((slot, ""));
        match slot {
            "u" => out.push_str(numbers.pick(UNITS)),
            "p" => out.push_str(numbers.pick(PLACES)),
            "d" => out.push_str(&format!("{:02}", numbers.below(28) + 1)),
            "o" => out.push_str(&(numbers.below(12) + 1).to_string()),
            "y" => out.push_str(&(2026 + numbers.below(2)).to_string()),
            "k" => out.push_str(&format!("{:02}", numbers.below(9) + 1)),
            "n" => out.push_str(&(numbers.below(89) + 10).to_string()),
            _ => out.push_str(&(numbers.below(899) + 100).to_string()),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn roman(mut number: usize) -> String {
    let mut out = String::new();
    for (value, sign) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

/// Numbers without order that are the same in every run.
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % limit
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len() as u32) as usize]
    }
}
