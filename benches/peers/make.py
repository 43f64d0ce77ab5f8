"""Makes the template and the data that all engines are measured with.

A decision of two pages: a header table, 18 single values, a table of 60 rows and 6 columns, a signature table, page
header and footer; three tags are cut into four runs with a spelling mark, as Word does it. 1,000 different documents.
"""

import json
import random
import re
import sys
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt


def cut(paragraph, tag):
    """Puts a tag into four runs with a spelling mark between."""
    size = max(1, len(tag) // 4)
    pieces = [tag[:size], tag[size : 2 * size], tag[2 * size : 3 * size], tag[3 * size :]]
    for number, piece in enumerate(pieces):
        paragraph.add_run(piece)
        if number == 1:
            mark = OxmlElement("w:proofErr")
            mark.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}type", "spellStart")
            paragraph._p.append(mark)


def template(path):
    doc = Document()
    doc.styles["Normal"].font.name = "Times New Roman"
    doc.styles["Normal"].font.size = Pt(13)
    section = doc.sections[0]
    section.header.paragraphs[0].text = "Quyết định khen thưởng"
    section.footer.paragraphs[0].text = "Số {{ so }}/QĐ-{{ ky_hieu }}"
    head = doc.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "{{ co_quan_cap_tren }}\n{{ co_quan }}"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    head.cell(1, 0).text = "Số: {{ so }}/QĐ-{{ ky_hieu }}"
    head.cell(1, 1).text = "{{ noi_ban_hanh }}, {{ ngay_ban_hanh }}"
    title = doc.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("QUYẾT ĐỊNH").bold = True
    subject = doc.add_paragraph("Về việc ")
    cut(subject, "{{ trich_yeu }}")
    for text in ["Căn cứ {{ can_cu_1 }};", "Căn cứ {{ can_cu_2 }};", "Xét đề nghị của {{ don_vi_de_nghi }},"]:
        doc.add_paragraph(text)
    first = doc.add_paragraph("Điều 1. Tặng ")
    cut(first, "{{ hinh_thuc }}")
    first.add_run(" cho {{ so_tap_the }} tập thể và {{ so_ca_nhan }} cá nhân có thành tích trong {{ phong_trao }} (danh sách kèm theo).")
    table = doc.add_table(rows=4, cols=6)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Thành tích", "Mức thưởng"]):
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[1].cells[0].text = "{%tr for n in nguoi %}"
    fields = ["{{ loop.index }}", "{{ n.ten }}", "{{ n.chuc_vu }}", "{{ n.don_vi }}", "{{ n.thanh_tich }}", "{{ n.muc }}"]
    for cell, text in zip(table.rows[2].cells, fields):
        cell.text = text
    table.rows[3].cells[0].text = "{%tr endfor %}"
    second = doc.add_paragraph("Điều 2. Mức thưởng thực hiện theo ")
    cut(second, "{{ quy_dinh }}")
    doc.add_paragraph("Điều 3. {{ noi_nhan_thi_hanh }} chịu trách nhiệm thi hành Quyết định này.")
    foot = doc.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Như Điều 3;\n- {{ noi_nhan }}."
    foot.cell(0, 1).text = "{{ quyen_han }}\n{{ chuc_vu_ky }}\n\n{{ nguoi_ky }}"
    doc.save(path)
    lighten(path)


def lighten(path):
    """Takes out what python-docx's own template carries and Word's does not."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    drop = [name for name in parts if "stylesWithEffects" in name or name.startswith(("customXml", "docProps/thumbnail"))]
    for name in drop:
        del parts[name]
    # Table styles that nobody uses are nine tenths of python-docx's styles.
    styles = parts["word/styles.xml"].decode()
    unused = r'<w:style [^>]*w:type="table"[^>]*w:styleId="(?!TableGrid|TableNormal)[^"]*".*?</w:style>'
    parts["word/styles.xml"] = re.sub(unused, "", styles, flags=re.S).encode()
    for name in ("word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels"):
        text = parts[name].decode()
        text = re.sub(r"<(Relationship|Override)[^>]*(stylesWithEffects|customXml|thumbnail)[^>]*/>", "", text)
        parts[name] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def data(path, count):
    rng = random.Random(2026)
    names = ["Nguyễn Thị Hạnh", "Trần Văn Bảo", "Lê Thị Mai", "Phạm Quốc Khánh", "Đỗ Thị Ngọc Ánh", "Vũ Minh Tâm"]
    units = ["Hội LHPN xã Đông Sơn", "Chi hội thôn 3 & 4", "Ban Tuyên giáo", "Hội LHPN phường <Tân An>", "Cơ quan tỉnh Hội"]
    deeds = ["hoàn thành xuất sắc nhiệm vụ", "phát triển hội viên", "xây dựng nông thôn mới", "giúp 12 hộ thoát nghèo"]
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            people = [
                {
                    "ten": f"{rng.choice(names)} {rng.randint(1, 99)}",
                    "chuc_vu": rng.choice(["Chủ tịch", "Phó Chủ tịch", "Ủy viên", "Hội viên"]),
                    "don_vi": rng.choice(units),
                    "thanh_tich": f"{rng.choice(deeds)} năm {rng.randint(2020, 2026)}",
                    "muc": f"{rng.randint(3, 30) * 100}.000 đồng",
                }
                for _ in range(60)
            ]
            record = {
                "so": number + 1,
                "ky_hieu": "BTV",
                "co_quan_cap_tren": "HỘI LHPN VIỆT NAM",
                "co_quan": f"HỘI LHPN TỈNH SỐ {number % 34 + 1}",
                "noi_ban_hanh": "Hà Nội",
                "ngay_ban_hanh": f"ngày {rng.randint(10, 28)} tháng {rng.randint(3, 12)} năm 2026",
                "trich_yeu": f"khen thưởng tổng kết phong trào thi đua đợt {number}",
                "can_cu_1": "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
                "can_cu_2": f"Kế hoạch số {rng.randint(1, 200)}/KH-BTV",
                "don_vi_de_nghi": "Ban Tổ chức",
                "hinh_thuc": "Bằng khen",
                "so_tap_the": rng.randint(1, 30),
                "so_ca_nhan": 60,
                "phong_trao": "phong trào thi đua yêu nước",
                "quy_dinh": "Quy chế thi đua, khen thưởng hiện hành",
                "noi_nhan_thi_hanh": "Văn phòng, các ban đơn vị và cá nhân có tên",
                "noi_nhan": "Lưu VT",
                "quyen_han": "TM. BAN THƯỜNG VỤ",
                "chuc_vu_ky": "CHỦ TỊCH",
                "nguoi_ky": rng.choice(names),
                "nguoi": people,
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    template(folder / "template.docx")
    data(folder / "data.jsonl", int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
