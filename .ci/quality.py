#!/usr/bin/env python3
"""Quality gate: scores `search extract` on the labelled pages and compares with the floors in floors.json.

    .ci/quality.py            exit 1 where a figure is more than epsilon below its floor
    .ci/quality.py --update   raise the floors to what is reached now; never lowers one (edit the file for that)

A set whose gold file is not the one that the floors were measured on is skipped, loudly.
"""
import argparse
import hashlib
import json
import math
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIGURES = {"F4": "body 4-gram F1", "snip": "snippet F1", "title_ex": "title exact", "date": "date, day exact", "auth_ex": "author set exact"}
AT_ONCE = 500  # files per run of the program, so that the command line stays short


def extract(program, folder, rows):
    """Predictions by id, as the scorer wants them."""
    ids = {}
    for row in rows:
        ids.setdefault(str((folder / row["html"]).resolve()), []).append(row["id"])
    files, found = list(ids), {}
    for at in range(0, len(files), AT_ONCE):
        run = subprocess.run([program, "extract", "--json", *files[at:at + AT_ONCE]], stdout=subprocess.PIPE, text=True)
        if run.returncode not in (0, 1):
            sys.exit(f"{program} extract: exit status {run.returncode}")
        for line in run.stdout.splitlines():
            page = json.loads(line)
            for identity in ids[page["path"]]:
                found[identity] = {"id": identity, "title": page["title"] or "", "date": page["published"],
                                   "authors": page["byline"], "text": page["body"]}
    return found


def measure(program, bench, name):
    from score import score

    folder = bench / name
    rows = [json.loads(line) for line in open(folder / "gold.jsonl", encoding="utf8") if line.strip()]
    figures, _ = score(str(folder), extract(program, folder, rows), boot=1)
    if "snip" in figures:
        figures["snip"] = figures["snip"]["F1"]
    return {key: figures[key] for key in FIGURES if key in figures}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(HERE.parent / "target/release/search"))
    parser.add_argument("--bench", type=Path, default=HERE.parent / "../shared/bench/extract")
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    sys.path.insert(0, str(args.bench / "rig"))
    sys.dont_write_bytecode = True
    kept = json.loads((HERE / "floors.json").read_text())
    below = []
    print(f"{'set':14} {'figure':18} {'reached':>8} {'floor':>8}")
    for name, entry in kept["sets"].items():
        gold = args.bench / name / "gold.jsonl"
        digest = hashlib.sha256(gold.read_bytes()).hexdigest() if gold.is_file() else None
        if digest is None or entry["gold"] not in ("", digest):
            print(f"!! {name} SKIPPED: {'no gold file' if digest is None else 'not the gold data of the floors'}")
            continue
        for key, reached in measure(args.program, args.bench, name).items():
            floor = entry["floors"].get(key, 0.0)
            low = reached < floor - kept["epsilon"]
            below += [f"{name} {key}"] if low else []
            print(f"{name:14} {FIGURES[key]:18} {reached:8.4f} {floor:8.4f}{'  BELOW' if low else ''}")
            if args.update:
                entry["floors"][key] = max(floor, math.floor(reached * 1000) / 1000)
        entry["gold"] = digest
    if below:
        sys.exit(f"below the floor: {', '.join(below)}")
    if args.update:
        (HERE / "floors.json").write_text(json.dumps(kept, indent=2) + "\n")


if __name__ == "__main__":
    main()
