"""Reads a folder of documents with Apache Spark: one `thidua worker` for each partition.

    python scale_out.py FOLDER OUTPUT [--thidua PROGRAM] [--master URL] [--partitions N]

FOLDER and OUTPUT have to be seen under the same path by every machine, and PROGRAM has to be there. Writes
OUTPUT/part-00000.jsonl and so on, which put together are what `thidua extract --format jsonl FOLDER` prints, and
OUTPUT/errors.jsonl, which names the files that could not be read. Ends with 3 where there are such files.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from pyspark.sql import SparkSession


def documents(folder):
    """The files below a folder in the order of `thidua extract`; what systems and office programs leave is passed over."""
    for entry in sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name)):
        clutter = entry.name.startswith((".", "~$")) or entry.name.lower() in ("thumbs.db", "desktop.ini")
        if clutter:
            continue
        if entry.is_dir():
            yield from documents(entry.path)
        else:
            yield entry.path


def lines(program, items):
    """The whole lines of one worker, which is fed and read at the same time: neither side waits on a full pipe."""
    with subprocess.Popen([program, "worker", "--jobs", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:

        def feed():
            try:
                with worker.stdin:
                    for item in items:
                        worker.stdin.write(json.dumps(item).encode() + b"\n")
            except BrokenPipeError:
                pass  # The worker has ended; what it has not answered, another one is asked.

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        # A worker that was killed may leave half a line: that item has no answer.
        yield from (line for line in worker.stdout if line.endswith(b"\n"))
        feeder.join()
    if worker.returncode > 0:
        raise RuntimeError(f"worker ended with {worker.returncode}")  # Spark tries the partition again.


def answers(program, items):
    """An answer for each item, in order. A worker that is killed (a machine that is out of memory kills) is replaced by
    one that begins with the first item without an answer; an item at which two of them ended is given up."""
    done = tries = 0
    while done < len(items):
        tries += 1
        for line in lines(program, items[done:]):
            yield line
            done += 1
            tries = 0
        if tries == 2:
            error = {"code": "internal", "message": "two workers ended at this file"}
            yield json.dumps({"id": items[done]["id"], "ok": False, "error": error}).encode() + b"\n"
            done += 1
            tries = 0


def process(program, output):
    """What a machine does with its partition: writes one part, gives back what could not be read."""

    def partition(index, items):
        items = list(items)
        target = Path(output) / f"part-{index:05}.jsonl"
        part = target.with_suffix(f".{os.getpid()}.tmp")
        errors = []
        count = 0
        with open(part, "wb") as out:
            for item, answer in zip(items, answers(program, items)):
                count += 1
                # The document's own bytes, not parsed and printed again.
                result = answer.removeprefix(b'{"id":%d,"ok":true,"result":' % item["id"])
                if len(result) == len(answer):
                    errors.append((item["name"], json.loads(answer)["error"]))
                else:
                    out.write(result.rstrip(b"\n").removesuffix(b"}") + b"\n")
        if count != len(items):
            raise RuntimeError(f"{count} answers to {len(items)} items")
        os.replace(part, target)  # A partition that runs twice writes the same bytes twice.
        return iter(errors)

    return partition


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("output", type=Path)
    parser.add_argument("--thidua", default="thidua", help="the program, as each machine finds it")
    parser.add_argument("--master", help="Spark's master; local[2] runs two workers here")
    parser.add_argument("--partitions", type=int, default=0, help="parts of the work; twice the cores by default")
    args = parser.parse_args()

    builder = SparkSession.builder.appName("thidua")
    spark = (builder.master(args.master) if args.master else builder).getOrCreate().sparkContext
    items = [
        {"id": number, "path": os.path.abspath(path), "name": path}
        for number, path in enumerate(documents(args.folder))
    ]
    if not items:
        print(f"no documents below {args.folder}", file=sys.stderr)
        return 4
    args.output.mkdir(parents=True, exist_ok=True)
    if any(args.output.iterdir()):
        print(f"{args.output} is not empty", file=sys.stderr)
        return 2
    partitions = min(len(items), args.partitions or 2 * spark.defaultParallelism)
    work = spark.parallelize(items, partitions)
    errors = work.mapPartitionsWithIndex(process(args.thidua, str(args.output.resolve()))).collect()
    spark.stop()
    for left_over in args.output.glob("part-*.tmp"):  # Of a partition that was tried again.
        left_over.unlink()
    with open(args.output / "errors.jsonl", "w", encoding="utf-8") as out:
        for name, error in errors:
            print(json.dumps({"name": name, **error}, ensure_ascii=False), file=out)
    print(f"{len(items) - len(errors)} of {len(items)} documents read, in {partitions} parts", file=sys.stderr)
    return 3 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
