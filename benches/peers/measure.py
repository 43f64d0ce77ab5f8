"""Measures bulk filling beside the peers, in one run, and prints ratios.

    python3 benches/peers/measure.py [DOCUMENTS]

Peers come from their registries into a temporary folder: docxtpl (PyPI), docxtemplater (npm), docxtpl-rs (crates.io).
Each engine fills the same template with the same data in one process on one core; the clock runs over rendering and
writing, after 20 documents that do not count.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

DOCXTPL = """
import json, sys, time
from docxtpl import DocxTemplate
template, data, out = sys.argv[1:]
records = [json.loads(line) for line in open(data, encoding="utf-8")]
def fill(record):
    document = DocxTemplate(template)
    document.render(record, autoescape=True)
    document.save(out + "/x.docx")
for record in records[:20]:
    fill(record)
start = time.perf_counter()
for record in records:
    fill(record)
print(len(records) / (time.perf_counter() - start))
"""

DOCXTEMPLATER = """
const fs = require("fs"), PizZip = require("pizzip"), Docxtemplater = require("docxtemplater");
const [template, data, out] = process.argv.slice(2);
const bytes = fs.readFileSync(template);
const records = fs.readFileSync(data, "utf8").trim().split("\\n").map(JSON.parse);
function fill(record) {
  record.nguoi.forEach((person, index) => { person.stt = index + 1; });
  const document = new Docxtemplater(new PizZip(bytes), { linebreaks: true, delimiters: { start: "{{", end: "}}" } });
  document.render(record);
  fs.writeFileSync(out + "/x.docx", document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" }));
}
records.slice(0, 20).forEach(fill);
const start = process.hrtime.bigint();
records.forEach(fill);
console.log(records.length / (Number(process.hrtime.bigint() - start) / 1e9));
"""

DOCXTPL_RS = """
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let lines = std::fs::read_to_string(&args[2]).unwrap();
    let records: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let out = format!("{}/x.docx", args[3]);
    let template = docxtpl_rs::DocxTemplate::open(&args[1]).unwrap();
    let options = docxtpl_rs::RenderOptions::compat();
    let fill = |record: &serde_json::Value| template.render(record, &options).unwrap().save(&out).unwrap();
    records.iter().take(20).for_each(fill);
    let start = Instant::now();
    records.iter().for_each(fill);
    println!("{}", records.len() as f64 / start.elapsed().as_secs_f64());
}
"""


def run(command, **options):
    return subprocess.run(command, check=True, text=True, capture_output=True, **options).stdout


def pinned(command):
    return ["taskset", "-c", "0", *command] if shutil.which("taskset") else command


def docxtemplater_template(source, target):
    """The same template in docxtemplater's words: a loop around the row."""
    import zipfile

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = content.decode()
                rows = re.findall(r"<w:tr(?: [^>]*)?>.*?</w:tr>", text, re.S)
                for row in rows:
                    if "{%tr" in row:
                        text = text.replace(row, "", 1)
                text = text.replace("{{ loop.index }}", "{{#nguoi}}{{stt}}").replace("{{ n.muc }}", "{{muc}}{{/nguoi}}")
                text = re.sub(r"\{\{ n\.(\w+) \}\}", r"{{\1}}", text)
                text = re.sub(r"\{\{ (\w+) \}\}", r"{{\1}}", text)
                content = text.encode()
            elif name.endswith(".xml"):
                content = re.sub(rb"\{\{ (\w+) \}\}", rb"{{\1}}", content)
            new.writestr(name, content)


def main():
    count = sys.argv[1] if len(sys.argv) > 1 else "1000"
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        folder = Path(folder)
        out = folder / "out"
        out.mkdir()
        venv.create(folder / "venv", with_pip=True)
        python = str(folder / "venv/bin/python")
        run([python, "-m", "pip", "install", "-q", "docxtpl"])
        run([python, str(HERE / "make.py"), str(folder), count])
        template, data = str(folder / "template.docx"), str(folder / "data.jsonl")
        speeds = {}

        bench = run(pinned(["cargo", "bench", "--bench", "template", "--", template, data]), cwd=ROOT)
        print(bench)
        speeds["thidua"] = float(re.search(r"one thread: (\d+)", bench).group(1))

        (folder / "tpl.py").write_text(DOCXTPL)
        speeds["docxtpl"] = float(run(pinned([python, str(folder / "tpl.py"), template, data, str(out)])))

        if shutil.which("npm"):
            run(["npm", "install", "--silent", "docxtemplater", "pizzip"], cwd=folder)
            docxtemplater_template(template, folder / "dt.docx")
            (folder / "dt.js").write_text(DOCXTEMPLATER)
            command = ["node", str(folder / "dt.js"), str(folder / "dt.docx"), data, str(out)]
            speeds["docxtemplater"] = float(run(pinned(command), cwd=folder))

        crate = folder / "rs"
        (crate / "src").mkdir(parents=True)
        (crate / "src/main.rs").write_text(DOCXTPL_RS)
        manifest = '[package]\nname = "rs"\nversion = "0.0.0"\nedition = "2024"\n[dependencies]\ndocxtpl-rs = "1.3"\nserde_json = "1"\n'
        (crate / "Cargo.toml").write_text(manifest)
        try:
            run(["cargo", "build", "--release"], cwd=crate)
            speeds["docxtpl-rs"] = float(run(pinned([str(crate / "target/release/rs"), template, data, str(out)])))
        except subprocess.CalledProcessError as error:
            print("docxtpl-rs:", error.stderr[-2000:])

        for name, speed in speeds.items():
            print(f"{name:14} {speed:8.1f} documents a second, thidua is {speeds['thidua'] / speed:6.1f} times as fast")


if __name__ == "__main__":
    main()
