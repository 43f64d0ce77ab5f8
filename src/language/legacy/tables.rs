//! Code tables of the encodings that have a character for every letter, and the way back from Windows code pages.

/// Letters of TCVN 5712 VN3 for the bytes 0xA1 … 0xFE, as the standard has them.
pub(super) const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđẶ\u{300}\u{309}\u{303}\u{301}\u{323}àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ";

/// VISCII (RFC 1456), bytes 0x80 … 0xFF.
pub(super) const VISCII: &str = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";

/// VISCII letters among the control characters.
pub(super) const VISCII_LOW: [(u8, char); 6] =
    [(0x02, 'Ẳ'), (0x05, 'Ẵ'), (0x06, 'Ẫ'), (0x14, 'Ỷ'), (0x19, 'Ỹ'), (0x1E, 'Ỵ')];

/// VPS, bytes 0x80 … 0xFF; `\u{FFFD}` where it has no letter.
pub(super) const VPS: &str = "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ\u{FFFD}\u{FFFD}ỀỂỄỐỒỔỖýỷỵỚỜỞ\u{FFFD}ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ\u{FFFD}àáâãảạă\u{FFFD}èéêẽìí\u{FFFD}ĩẴĐòóôõ\u{FFFD}Ơụùúủ\u{FFFD}ỶẼỳ";

/// VPS letters among the control characters.
pub(super) const VPS_LOW: [(u8, char); 14] = [
    (0x02, 'Ạ'),
    (0x03, 'Ậ'),
    (0x04, 'Ặ'),
    (0x05, 'Ẹ'),
    (0x06, 'Ệ'),
    (0x10, 'Ị'),
    (0x11, 'Ọ'),
    (0x12, 'Ộ'),
    (0x13, 'Ợ'),
    (0x14, 'Ụ'),
    (0x15, 'Ự'),
    (0x19, 'Ỵ'),
    (0x1C, 'Ẫ'),
    (0x1D, 'Ữ'),
];

/// What Windows code pages show for bytes below 0xA0.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/// The byte that a character was before a program took it for Windows-1252 or Windows-1258; `None` for what neither
/// of them has.
pub(super) fn byte_of(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    if let Some(at) = WINDOWS.chars().position(|shown| shown == c) {
        return u8::try_from(0x80 + at).ok();
    }
    Some(match c {
        'Ă' => 0xC3,
        'ă' => 0xE3,
        'Đ' => 0xD0,
        'đ' => 0xF0,
        'Ơ' => 0xD5,
        'ơ' => 0xF5,
        'Ư' => 0xDD,
        'ư' => 0xFD,
        '\u{300}' => 0xCC,
        '\u{309}' => 0xD2,
        '\u{303}' => 0xDE,
        '\u{301}' => 0xEC,
        '\u{323}' => 0xF2,
        '₫' => 0xFE,
        _ => return None,
    })
}
