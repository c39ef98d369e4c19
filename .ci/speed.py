#!/usr/bin/env python3
"""Speed gate: runs the bench on labelled pages and compares each stage's time, as a multiple of a bare parse of the
same pages in the same run, with the ceilings in floors.json.

    .ci/speed.py            exit 1 where a ratio is above its ceiling in all of three runs

Ratios of times that were taken in turns hardly depend on the machine, but a busy machine can spoil a run: the best of
up to three counts.
"""
import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
STEP = 6  # every sixth page of the sets: about 50 MB of HTML
TRIES = 3


def pages(bench, folder):
    """Unpacks a sample of the labelled pages, spread over all sets."""
    for number, packed in enumerate(sorted(bench.glob("*/*.html.gz"))[::STEP]):
        (folder / f"{number:05}.html").write_bytes(gzip.decompress(packed.read_bytes()))


def measure(folder):
    """Multiples of the bare parse by stage, as the bench prints them."""
    settings = {"SEARCH_BENCH_PAGES": str(folder), "SEARCH_BENCH_ROUNDS": "3"}
    run = subprocess.run(["cargo", "bench", "--locked", "--bench", "stages"], cwd=HERE.parent, env=os.environ | settings,
                         stdout=subprocess.PIPE, text=True, check=True)
    print(run.stdout, end="", flush=True)
    rows = re.findall(r"^(\S.*?)\s+[\d.]+\s+[\d.]+\s+([\d.]+)$", run.stdout, re.M)
    return {name: float(ratio) for name, ratio in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=HERE.parent / "../shared/bench/extract")
    args = parser.parse_args()
    ceilings = json.loads((HERE / "floors.json").read_text())["speed"]
    best = {}
    with tempfile.TemporaryDirectory() as folder:
        pages(args.bench, Path(folder))
        for _ in range(TRIES):
            for name, ratio in measure(folder).items():
                best[name] = min(ratio, best.get(name, ratio))
            above = [name for name, ceiling in ceilings.items() if best.get(name, float("inf")) > ceiling]
            if not above:
                break
    for name, ceiling in ceilings.items():
        print(f"{name:22} {best.get(name, float('nan')):8.2f} x parse, at most {ceiling}{'  ABOVE' if name in above else ''}")
    if above:
        sys.exit(f"slower than the ceiling: {', '.join(above)}")


main()
