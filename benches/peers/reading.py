"""Measures reading of 500 Word documents beside the peers, in one run on one core, and prints ratios to the floor.

    python3 benches/peers/reading.py

The floor is what anybody pays who inflates the main part and walks its XML. Peers come from PyPI into a temporary folder:
python-docx, docx2txt, office-oxide, kreuzberg; one that cannot be installed is left out. Each gets all text, tables in
their order, in one process; the least disturbed of its turns counts.
"""

import os
import re
import shutil
import subprocess
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TURNS = 3

PEERS = {
    "python-docx": """
import docx
def read(path):
    def table(table):
        return [cell.text for row in table.rows for cell in row.cells]
    lines = []
    for item in docx.Document(path).iter_inner_content():
        lines += table(item) if hasattr(item, "rows") else [item.text]
    return "\\n".join(lines)
""",
    "docx2txt": """
import docx2txt
read = docx2txt.process
""",
    "office-oxide": """
import office_oxide
read = office_oxide.extract_text
""",
    "kreuzberg": """
import kreuzberg
def read(path):
    return kreuzberg.extract_file_sync(path).content
""",
}

CLOCK = """
import sys, time
files = sys.argv[1:]
assert all(len(read(path)) > 100 for path in files[:20])
best = float("inf")
for _ in range(TURNS):
    start = time.perf_counter()
    for path in files:
        read(path)
    best = min(best, time.perf_counter() - start)
print(best)
"""


def run(command, **options):
    return subprocess.run(command, check=True, text=True, capture_output=True, **options).stdout


def pinned(command):
    return ["taskset", "-c", "0", *command] if shutil.which("taskset") else command


def declare(path):
    """Puts in the content types that python-docx insists on."""
    head = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{head}"/></Types>'
    )
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["[Content_Types].xml"] = types.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def seconds(text):
    number, unit = re.search(r"floor ([\d.]+)(ms|s)", text).groups()
    return float(number) / (1000 if unit == "ms" else 1)


def main():
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        folder = Path(folder)
        documents = folder / "documents"
        documents.mkdir()
        bench = ["cargo", "bench", "--quiet", "--bench", "reading", "--"]
        run([*bench, "--make", str(documents)], cwd=ROOT)
        files = sorted(str(path) for path in documents.iterdir())
        for path in files:
            declare(path)
        measured = run(pinned([*bench, *files]), cwd=ROOT)
        print(measured.strip())
        floor = seconds(measured)
        for name, read in PEERS.items():
            place = folder / name
            venv.create(place, with_pip=True)
            python = str(place / "bin/python")
            try:
                run([python, "-m", "pip", "install", "--quiet", name])
                script = place / "peer.py"
                script.write_text(f"TURNS = {TURNS}\n{read}{CLOCK}")
                took = float(run(pinned([python, str(script), *files])))
                print(f"{name}: {took:.2f}s, {took / floor:.1f}×")
            except subprocess.CalledProcessError as error:
                print(f"{name}: left out: {error.stderr.strip().splitlines()[-1]}")


if __name__ == "__main__":
    main()
