//! The Word forms that are part of the program (`templates/hoi-lhpn/`); each can be replaced by an edited copy.

/// A built-in Word form: its path in the pack and its bytes.
pub type WordForm = (&'static str, &'static [u8]);

/// Every built-in form.
pub const WORD_FORMS: &[WordForm] = &[
    ("hoi-lhpn/ke-hoach/form.docx", include_bytes!("../../templates/hoi-lhpn/ke-hoach/form.docx")),
    ("hoi-lhpn/dang-ky-cong-trinh/form.docx", include_bytes!("../../templates/hoi-lhpn/dang-ky-cong-trinh/form.docx")),
    ("hoi-lhpn/dang-ky-tap-the/form.docx", include_bytes!("../../templates/hoi-lhpn/dang-ky-tap-the/form.docx")),
    ("hoi-lhpn/mau-cap-tren/form.docx", include_bytes!("../../templates/hoi-lhpn/mau-cap-tren/form.docx")),
    ("hoi-lhpn/dang-ky-ca-nhan/form.docx", include_bytes!("../../templates/hoi-lhpn/dang-ky-ca-nhan/form.docx")),
    ("hoi-lhpn/tong-hop-dang-ky/form.docx", include_bytes!("../../templates/hoi-lhpn/tong-hop-dang-ky/form.docx")),
    ("hoi-lhpn/phieu-bo-sung/form.docx", include_bytes!("../../templates/hoi-lhpn/phieu-bo-sung/form.docx")),
    ("hoi-lhpn/don-doc/form.docx", include_bytes!("../../templates/hoi-lhpn/don-doc/form.docx")),
    ("hoi-lhpn/quyet-dinh/form.docx", include_bytes!("../../templates/hoi-lhpn/quyet-dinh/form.docx")),
    ("hoi-lhpn/to-trinh/form.docx", include_bytes!("../../templates/hoi-lhpn/to-trinh/form.docx")),
    ("hoi-lhpn/bien-ban/form.docx", include_bytes!("../../templates/hoi-lhpn/bien-ban/form.docx")),
    ("hoi-lhpn/bang-vang/form.docx", include_bytes!("../../templates/hoi-lhpn/bang-vang/form.docx")),
    ("hoi-lhpn/dinh-chinh/form.docx", include_bytes!("../../templates/hoi-lhpn/dinh-chinh/form.docx")),
    ("hoi-lhpn/giay-khen/form.docx", include_bytes!("../../templates/hoi-lhpn/giay-khen/form.docx")),
];

/// The built-in form of a path in the pack.
#[must_use]
pub fn word_form(path: &str) -> Option<&'static [u8]> {
    WORD_FORMS.iter().find(|(known, _)| *known == path).map(|(_, bytes)| *bytes)
}
