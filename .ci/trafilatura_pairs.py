#!/usr/bin/env python3
"""Our text beside trafilatura's, page by page: the same pages, the same scorer, a paired bootstrap over the pages.

    pip install 'trafilatura>=2.3,<2.4' lxml_html_clean
    .ci/trafilatura_pairs.py [--program PATH] [--rounds 10000]

For each set: the figure of both (4-gram F1; snippet F1 for trafeval), the difference, and the interval that holds
95 % of the differences when pages are drawn again with replacement. Above zero is a win, below a loss.
"""
import argparse
import gzip
import json
import os
import random
import sys
from multiprocessing import Pool
from pathlib import Path

from quality import HERE, extract

SETS = ["scrapinghub", "fundus", "andy", "wcxb_article", "trafeval"]
MODES = {"default": {}, "precision": {"favor_precision": True}}


def one(job):
    """trafilatura's text of one page."""
    import trafilatura

    identity, path, options = job
    with gzip.open(path, "rb") as file:
        page = file.read()
    try:
        return identity, trafilatura.extract(page, include_comments=False, **options) or ""
    except Exception as fault:  # the peer's own failure counts as an empty page
        print(f"{path}: {fault}", file=sys.stderr)
        return identity, ""


def peer(folder, rows, options):
    jobs = [(row["id"], str((folder / row["html"]).resolve()), options) for row in rows]
    with Pool(os.cpu_count()) as pool:
        return {identity: {"id": identity, "text": text} for identity, text in pool.imap_unordered(one, jobs, 8)}


def figure(rows):
    """The set's figure from its per-page rows: 4-gram F1 where there is a full text, else F1 of the snippets."""
    full = [row["t4"] for row in rows if "t4" in row]
    if full:
        from score import agg4

        return agg4(full)[0]
    kept = [row for row in rows if "w" in row]
    found = sum(row["w"][0] for row in kept)
    lost = sum(row["w"][1] for row in kept) - found
    foreign = sum(row["wo"][0] for row in kept)
    return 2 * found / (2 * found + foreign + lost) if found else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(HERE.parent / "target/release/search"))
    parser.add_argument("--bench", type=Path, default=HERE.parent / "../shared/bench/extract")
    parser.add_argument("--rounds", type=int, default=10000)
    args = parser.parse_args()
    sys.path.insert(0, str(args.bench / "rig"))
    sys.dont_write_bytecode = True
    from score import score

    print(f"{'set':14} {'pages':>5} {'ours':>6} {'mode':>10} {'theirs':>6} {'difference':>10}   95 % of the draws")
    for name in SETS:
        folder = args.bench / name
        rows = [json.loads(line) for line in open(folder / "gold.jsonl", encoding="utf8") if line.strip()]
        _, ours = score(str(folder), extract(args.program, folder, rows), boot=1)
        for mode, options in MODES.items():
            _, theirs = score(str(folder), peer(folder, rows, options), boot=1)
            draw, differences = random.Random(7), []
            for _ in range(args.rounds):
                picked = [draw.randrange(len(ours)) for _ in ours]
                differences.append(figure([ours[at] for at in picked]) - figure([theirs[at] for at in picked]))
            differences.sort()
            low, high = differences[int(.025 * args.rounds)], differences[int(.975 * args.rounds) - 1]
            verdict = "win" if low > 0 else "loss" if high < 0 else "not apart"
            print(f"{name:14} {len(ours):5} {figure(ours):6.3f} {mode:>10} {figure(theirs):6.3f} "
                  f"{figure(ours) - figure(theirs):+10.3f}   {low:+.3f} … {high:+.3f}  {verdict}", flush=True)


if __name__ == "__main__":
    main()
