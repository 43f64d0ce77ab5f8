//! Names, awards and sentences of reports.

use super::dice::Dice;

/// A commune in a province.
#[derive(Clone, Debug)]
pub struct Area {
    pub level: &'static str,
    pub name: &'static str,
    pub province: &'static str,
    /// Another commune of the same level.
    pub other: &'static str,
    /// The district, before districts were abolished.
    pub district: Option<&'static str>,
}

impl Area {
    pub fn roll(dice: &mut Dice, old: bool) -> Self {
        const NAMES: &[&str] = &[
            "Hòa Mỹ",
            "Tân Lộc",
            "Đông Sơn",
            "Phú Thuận",
            "Cẩm Hà",
            "Yên Trung",
            "Bình Khê",
            "Mỹ Hiệp",
            "Thanh Tùng",
            "Long Giang",
            "Nghĩa Lâm",
            "Vĩnh Quới",
            "An Thạnh",
            "Quảng Minh",
            "Đại Nghĩa",
            "Kim Bình",
        ];
        let name = dice.index(NAMES.len());
        let other = (name + 1 + dice.index(NAMES.len() - 1)) % NAMES.len();
        Self {
            level: if dice.once_in(3) { "phường" } else { "xã" },
            name: NAMES[name],
            province: dice.pick(&["An Bình", "Sơn Hải", "Đồng Phước", "Nam Ninh Giang", "Tây Lĩnh"]),
            other: NAMES[other],
            district: old.then(|| dice.pick(&["Châu Thành", "Phú Xuyên", "Hương Khê", "Đức Trọng", "Yên Mô"])),
        }
    }

    pub fn own(&self) -> String {
        format!("{} {}", self.level, self.name)
    }

    pub fn foreign(&self) -> String {
        format!("{} {}", self.level, self.other)
    }
}

/// An award that reports ask for.
#[derive(Debug)]
pub struct Prize {
    pub id: &'static str,
    pub names: &'static [&'static str],
    pub years: u16,
    /// A confirmed initiative is needed.
    pub initiative: bool,
    /// Titles in section III that it needs, without a gap.
    pub run: u16,
    /// Most years that a report for it covers, where it may be more.
    pub most: u16,
}

pub const FOR_PERSONS: &[Prize] = &[
    Prize {
        id: "gk",
        names: &["Giấy khen của Chủ tịch UBND {c}", "Giấy khen của Chủ tịch Ủy ban nhân dân {c}", "Giấy khen"],
        years: 1,
        initiative: false,
        run: 0,
        most: 0,
    },
    Prize {
        id: "bk",
        names: &[
            "Bằng khen của Chủ tịch UBND tỉnh {t}",
            "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
            "Bằng khen của Ban Thường vụ Hội LHPN tỉnh {t}",
            "Bằng khen của Đoàn Chủ tịch Trung ương Hội LHPN Việt Nam",
        ],
        years: 2,
        initiative: false,
        run: 0,
        most: 0,
    },
    Prize {
        id: "cs",
        names: &[
            "danh hiệu Chiến sĩ thi đua cơ sở",
            "danh hiệu Chiến sỹ thi đua cơ sở",
            "danh hiệu “Chiến sĩ thi đua cơ sở”",
        ],
        years: 1,
        initiative: true,
        run: 0,
        most: 0,
    },
    Prize {
        id: "lđ",
        names: &["danh hiệu Lao động tiên tiến", "danh hiệu “Lao động tiên tiến”"],
        years: 1,
        initiative: false,
        run: 0,
        most: 0,
    },
    Prize {
        id: "tt", names: &["Bằng khen của Thủ tướng Chính phủ"], years: 5, initiative: false, run: 0, most: 0
    },
    Prize {
        id: "ct", names: &["danh hiệu Chiến sĩ thi đua cấp tỉnh"], years: 3, initiative: true, run: 3, most: 0
    },
];

pub const FOR_COLLECTIVES: &[Prize] = &[
    Prize {
        id: "lt",
        names: &["danh hiệu Tập thể lao động tiên tiến", "danh hiệu “Tập thể Lao động tiên tiến”"],
        years: 1,
        initiative: false,
        run: 0,
        most: 0,
    },
    Prize {
        id: "lx", names: &["danh hiệu Tập thể lao động xuất sắc"], years: 1, initiative: false, run: 0, most: 0
    },
    Prize {
        id: "gk",
        names: &["Giấy khen của Chủ tịch UBND {c}", "Giấy khen của Ban Thường vụ Hội LHPN tỉnh {t}"],
        years: 1,
        initiative: false,
        run: 0,
        most: 0,
    },
    Prize {
        id: "bk",
        names: &["Bằng khen của Chủ tịch UBND tỉnh {t}", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh {t}"],
        years: 2,
        initiative: false,
        run: 0,
        most: 0,
    },
    Prize {
        id: "cờ",
        names: &["Cờ thi đua của Ủy ban nhân dân tỉnh {t}", "Cờ thi đua của UBND tỉnh"],
        years: 1,
        initiative: false,
        run: 0,
        most: 3,
    },
];

const SURNAMES: &[&str] =
    &["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Phan", "Lý"];
const MIDDLES: &[&str] = &["Thị", "Thị Thanh", "Thị Kim", "Thị Ngọc", "Thùy", "Thị Bích", "Thu", "Thị Minh"];
const FIRSTS: &[&str] = &[
    "Hòa", "Thúy", "Lan", "Hằng", "Mai", "Nga", "Thủy", "Hương", "Dung", "Loan", "Tuyết", "Vân", "Hạnh", "Yến", "Hoa",
    "Liên",
];

pub fn woman(dice: &mut Dice) -> String {
    format!("{} {} {}", dice.pick(SURNAMES), dice.pick(MIDDLES), dice.pick(FIRSTS))
}

pub fn anybody(dice: &mut Dice) -> String {
    if dice.once_in(2) {
        return woman(dice);
    }
    let first = dice.pick(&["Bình", "Cường", "Dũng", "Hải", "Long", "Quang", "Sơn", "Tuấn", "Vinh", "Đức"]);
    format!("{} {} {first}", dice.pick(SURNAMES), dice.pick(&["Văn", "Quốc", "Đình", "Hữu", "Minh"]))
}

pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A number below ten with its zero, larger ones with points.
pub fn two(number: u64) -> String {
    if number < 10 { format!("0{number}") } else { grouped(number) }
}

/// A share in percent, written as offices do.
pub fn share(part: u64, whole: u64) -> String {
    let tenths = (part * 2000 / whole).div_ceil(2);
    let text = format!("{},{}", tenths / 10, tenths % 10);
    text.strip_suffix(",0").map_or(text.clone(), str::to_owned)
}

/// What a person or a unit has done, with numbers that agree with each other.
pub fn deed(dice: &mut Dice, area: &Area, year: u16) -> String {
    let c = area.own();
    let l = area.level;
    let n = two(dice.between(2, 24));
    let k = two(dice.between(2, 9));
    let p = grouped(dice.between(60, 2400));
    let m = grouped(dice.between(12, 900));
    let whole = dice.between(40, 400);
    let part = dice.between(whole / 2, whole - 1);
    let pct = share(part, whole);
    let (a, b) = (dice.between(11, 90), dice.between(11, 90));
    let sum = two(a + b);
    let (a, b) = (two(a), two(b));
    let y = year;
    let before = y - 1;
    match dice.below(44) {
        0 => format!(
            "Vận động hội viên, phụ nữ ủng hộ {m} triệu đồng, giúp {n} hội viên có hoàn cảnh khó khăn vươn lên thoát nghèo."
        ),
        1 => format!(
            "Tổ chức {n} buổi tuyên truyền về an toàn thực phẩm cho {p} lượt hội viên, tăng {k} buổi so với năm {before}."
        ),
        2 => format!(
            "Phối hợp với Công an {l} mở {n} lớp tập huấn kỹ năng phòng, chống bạo lực gia đình, có {p} hội viên tham gia."
        ),
        3 => format!("Năm {y}, toàn {l} có {part}/{whole} tổ phụ nữ đạt loại xuất sắc, chiếm {pct}%."),
        4 => format!(
            "Có {part}/{whole} gia đình hội viên đạt đủ các tiêu chí của cuộc vận động “Xây dựng gia đình 5 không, 3 sạch”, đạt tỷ lệ {pct}%."
        ),
        5 => {
            format!("Kết nạp mới {n} hội viên, nâng tỷ lệ tập hợp phụ nữ từ 18 tuổi trở lên vào tổ chức Hội đạt 82,5%.")
        }
        6 => format!("Duy trì {n} tổ tiết kiệm và vay vốn với {p} thành viên, dư nợ {k} tỷ đồng, không có nợ quá hạn."),
        7 => format!("Xây dựng {k} mô hình “Chi hội xanh”, thu gom được {p} kg phế liệu, gây quỹ {m} triệu đồng."),
        8 => format!("Tham mưu Đảng ủy, UBND {l} ban hành {k} kế hoạch thực hiện Đề án 938 và Đề án 939."),
        9 => format!("Trao {n} suất học bổng, mỗi suất 1.000.000 đồng, cho học sinh nghèo vượt khó."),
        10 => format!(
            "Tổ chức các hoạt động kỷ niệm Ngày Quốc tế Phụ nữ 8/3 và Ngày Phụ nữ Việt Nam 20/10 với {p} lượt người tham gia."
        ),
        11 => format!(
            "Tổng số {sum} lượt hội viên được tập huấn, gồm {a} lượt về khởi nghiệp và {b} lượt về chuyển đổi số."
        ),
        12 => format!("Năm {y} giới thiệu {k} quần chúng ưu tú để cấp ủy xem xét, bồi dưỡng kết nạp Đảng."),
        13 => format!(
            "Hỗ trợ {n} phụ nữ khởi nghiệp với tổng số vốn {m} triệu đồng; đến cuối năm {y} có {k} cơ sở kinh doanh hoạt động ổn định."
        ),
        14 => format!("Nhận đỡ đầu {k} trẻ em mồ côi trong chương trình “Mẹ đỡ đầu”, mức 500.000 đồng/cháu/tháng."),
        15 => format!("Vận động nhân dân hiến {p} m2 đất, đóng góp {sum} ngày công làm đường giao thông nông thôn."),
        16 => format!("Đã hòa giải thành {n} vụ việc trong {sum} vụ việc tiếp nhận."),
        17 => {
            format!("Chỉ đạo {k}/{k} chi hội đăng ký thực hiện công trình, phần việc cụ thể; hoàn thành 100% kế hoạch.")
        }
        18 => format!("Phát động trồng {p} cây xanh, làm mới {n} km đường hoa do phụ nữ tự quản."),
        19 => format!(
            "Quyên góp {sum} phần quà trị giá {m} triệu đồng tặng gia đình chính sách, trong đó {a} phần quà tặng thương binh và {b} phần quà tặng gia đình liệt sĩ."
        ),
        20 => format!("Giải ngân {m} triệu đồng vốn vay ủy thác của Ngân hàng Chính sách xã hội cho {n} hộ."),
        21 => format!("Khám, tư vấn sức khỏe sinh sản miễn phí cho {p} phụ nữ trên địa bàn {c}."),
        22 => format!(
            "Thực hiện chuyển đổi số, {part}/{whole} cán bộ, hội viên nòng cốt cài đặt ứng dụng VNeID (đạt {pct}%)."
        ),
        23 => format!("Trong năm {y}, tổ chức {k} cuộc giám sát và tham gia {n} ý kiến góp ý dự thảo văn bản."),
        24 => format!("Số hội viên tham gia bảo hiểm y tế đạt 96,4%, vượt 1,4% so với kế hoạch giao đầu năm {y}."),
        25 => format!("Thành lập {k} câu lạc bộ dân vũ, duy trì sinh hoạt mỗi tuần 02 buổi với {sum} thành viên."),
        26 => format!(
            "Viết {n} tin, bài về gương người tốt, việc tốt đăng trên trang thông tin của Hội, có {p} lượt xem."
        ),
        27 => format!("Hướng dẫn {k} hợp tác xã do phụ nữ quản lý hoàn thiện hồ sơ sản phẩm OCOP 3 sao."),
        28 => format!("Sửa chữa, xây mới {k} “Mái ấm tình thương” với số tiền {m} triệu đồng."),
        29 => format!("Rà soát, lập danh sách {sum} phụ nữ khuyết tật; {n} chị được hỗ trợ sinh kế trong năm {y}."),
        30 => format!(
            "Thu hội phí đạt 100%, xây dựng quỹ hội bình quân {} đồng/hội viên.",
            grouped(dice.between(50, 120) * 1000)
        ),
        31 => format!("Tổng kinh phí huy động năm {y} là {m} triệu đồng."),
        32 => format!("Giúp {k} hộ do phụ nữ làm chủ thoát nghèo (năm {before} giúp 02 hộ)."),
        33 => format!(
            "Thực hiện phong trào “Phụ nữ tích cực học tập, lao động sáng tạo, xây dựng gia đình hạnh phúc”, có {p} lượt hội viên đăng ký."
        ),
        34 => format!("Lắp đặt {n} camera an ninh và {sum} bóng đèn chiếu sáng ngõ xóm bằng nguồn xã hội hóa."),
        35 => format!(
            "Đưa {n} lao động nữ đi học nghề; sau học nghề có {k} chị tìm được việc làm, thu nhập 6-8 triệu đồng/tháng."
        ),
        36 => format!("Tiếp nhận và giải quyết {k} đơn thư, đạt 100%, không có đơn thư vượt cấp."),
        37 => format!("Ủng hộ đồng bào bị ảnh hưởng của cơn bão số 3 số tiền {m} triệu đồng và {n} thùng quần áo."),
        38 => format!("Tổ chức hội thi nấu ăn chào mừng 95 năm Ngày thành lập Hội với {k} đội dự thi."),
        39 => format!("Từ ngày 01/3/{y} đến ngày 30/6/{y}, triển khai đợt cao điểm thu gom pin cũ, được {sum} kg."),
        40 => format!("Bình quân mỗi năm tuyên truyền {n} buổi, thu hút {p} lượt người nghe."),
        41 => format!("Tổng số có {sum} đại biểu tham dự diễn đàn, trong đó: {a} nữ, {b} nam."),
        42 => format!(
            "Kết quả bình xét năm {y}: {part} hội viên đạt loại tốt trên tổng số {whole} hội viên được đánh giá, đạt {pct}%."
        ),
        _ => format!(
            "Tham gia cuộc thi trực tuyến tìm hiểu Luật Bình đẳng giới với {p} bài dự thi, xếp thứ 02 toàn tỉnh."
        ),
    }
}

/// Sentences without numbers, as every report has them.
pub fn filler(dice: &mut Dice, area: &Area, who: super::Who) -> String {
    let c = area.own();
    let person = &[
        "Bản thân luôn gương mẫu chấp hành chủ trương của Đảng, chính sách, pháp luật của Nhà nước và nội quy, quy chế của cơ quan.",
        "Luôn giữ gìn đoàn kết nội bộ, có lối sống trong sáng, giản dị, được chị em tin yêu.",
        "Thường xuyên đi cơ sở, lắng nghe tâm tư, nguyện vọng của hội viên để kịp thời tham mưu với cấp ủy.",
        "Tích cực học tập, nâng cao trình độ lý luận chính trị, chuyên môn, nghiệp vụ; chủ động ứng dụng công nghệ thông tin trong công việc.",
        "Gia đình nhiều năm liền đạt danh hiệu Gia đình văn hóa, chấp hành tốt quy định nơi cư trú.",
        "Phối hợp chặt chẽ với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội trong triển khai nhiệm vụ.",
        "Có tinh thần trách nhiệm cao, chủ động, sáng tạo, hoàn thành tốt các nhiệm vụ được giao.",
    ];
    let unit = &[
        "Tập thể luôn đoàn kết, thống nhất, thực hiện tốt quy chế dân chủ ở cơ sở.",
        "Ban Thường vụ phân công nhiệm vụ cụ thể cho từng đồng chí, định kỳ giao ban, kiểm tra, đôn đốc.",
        "Công tác tuyên truyền được đổi mới theo hướng gần dân, dễ nghe, dễ hiểu, dễ làm theo.",
        "Thực hiện nghiêm túc chế độ thông tin, báo cáo, công tác văn thư, lưu trữ.",
        "Phối hợp chặt chẽ với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội trong triển khai nhiệm vụ.",
    ];
    match who {
        super::Who::Person if dice.once_in(5) => {
            format!("Với vai trò được giao, đã cùng tập thể xây dựng phong trào phụ nữ {c} ngày càng vững mạnh.")
        }
        super::Who::Person => dice.pick(person).to_owned(),
        super::Who::Collective => dice.pick(unit).to_owned(),
    }
}

/// Duties of an office.
pub fn duty(dice: &mut Dice) -> String {
    dice.pick(&[
        "Phụ trách chung, chịu trách nhiệm trước cấp ủy về toàn bộ hoạt động của Hội",
        "Trực tiếp phụ trách công tác tổ chức, cán bộ và thi đua, khen thưởng",
        "Chủ tài khoản cơ quan Hội",
        "Tham gia Ban chỉ đạo các chương trình mục tiêu quốc gia của địa phương",
        "Phụ trách công tác tuyên giáo, tôn giáo, dân tộc",
        "Theo dõi phong trào của các chi hội",
        "Phụ trách hoạt động vay vốn ủy thác",
    ])
    .to_owned()
}
