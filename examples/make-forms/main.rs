//! Writes the Word forms of `templates/hoi-lhpn/` anew: `cargo run --example make-forms [FORM…]`.
//!
//! The forms are committed and can be edited in Word; this program documents how they came about. A form is a file
//! here with a function that gives its body, and a line in the list below.

mod bo_sung;
mod dang_ky;
mod giay_khen;
mod ke_hoach;
mod khen_thuong;
mod kit;
mod thu_thap;

use kit::Page;
use std::path::Path;

/// A form: its folder below `templates/hoi-lhpn/`, how its page lies, its body.
type Form = (&'static str, Page, fn() -> String);

const FORMS: &[Form] = &[
    ("ke-hoach", Page::Portrait, ke_hoach::body),
    ("dang-ky-cong-trinh", Page::Landscape, dang_ky::works),
    ("dang-ky-tap-the", Page::Portrait, dang_ky::collective),
    ("dang-ky-ca-nhan", Page::Portrait, dang_ky::person),
    ("mau-cap-tren", Page::Landscape, dang_ky::sent),
    ("tong-hop-dang-ky", Page::Portrait, thu_thap::by_unit),
    ("phieu-bo-sung", Page::Portrait, bo_sung::body),
    ("don-doc", Page::Portrait, thu_thap::reminder),
    ("quyet-dinh", Page::Portrait, khen_thuong::decision),
    ("to-trinh", Page::Portrait, khen_thuong::proposal),
    ("bien-ban", Page::Portrait, khen_thuong::minutes),
    ("bang-vang", Page::Portrait, khen_thuong::roll),
    ("dinh-chinh", Page::Portrait, khen_thuong::correction),
    ("giay-khen", Page::Landscape, giay_khen::body),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/hoi-lhpn");
    for (folder, page, body) in FORMS {
        if wanted.is_empty() || wanted.iter().any(|name| name == folder) {
            kit::write(&root.join(folder).join("form.docx"), &body(), *page)?;
        }
    }
    Ok(())
}
