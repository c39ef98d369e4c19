#!/usr/bin/env python3
"""Gate for names in an archive of many languages: what holds the name that was typed comes first, and little else is found.

    .ci/names_typed.py            exit 1 where a figure misses its bound

The labelled pages of two sets in 35 languages are made one index. Names are words of four letters and more: the last
word of a person that a hit names, or a place of one word, held by 1 to 20 articles; the first 150 in the order of the
MD5 of the folded word. An article bears a name where its headline or text holds the word, capitals and accents apart.
"""
import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETS = ["fundus", "htmldate", "trafeval"]
NAMES = 150
MOST_BEARERS = 20
# Of the first places, as many as there are bearers, those that bear the name.
FIRST = 0.98
# Articles found, beside those that bear the name, at the 90th percentile. Other spellings and forms are among them.
RATIO = 2.0
LETTERS = str.maketrans({"ə": "e", "ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ё": "е"})


def fold(text):
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(LETTERS)
    return "".join(c for c in plain if not unicodedata.combining(c))


def words(text):
    return set(re.findall(r"[^\W_]+", re.sub(r"[’']\w{1,3}\b", " ", fold(text))))


def lines(*command):
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"{' '.join(command[:2])}: exit status {run.returncode}: {run.stderr.strip()}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def bearers(program, hits):
    """Articles by the folded words that they hold."""
    files = {str(Path(hit["root"]) / hit["path"]): hit["id"] for hit in hits}
    held = defaultdict(set)
    for page in lines(program, "--no-config", "extract", "--json", *files):
        for word in words(f"{page['title'] or ''} {page['body']}"):
            held[word].add(files[page["path"]])
    return held


def drawn(hits, held):
    found = {}
    for hit in hits:
        people = [name.split()[-1] for name in hit["people"] if name.split()]
        for name in people + [place["name"] for place in hit["places"] if " " not in place["name"]]:
            if len(name) > 3 and name.isalpha() and not name[0].islower():
                found.setdefault(fold(name), name)
    known = [key for key in found if 1 <= len(held.get(key, ())) <= MOST_BEARERS]
    return [found[key] for key in sorted(known, key=lambda key: hashlib.md5(key.encode()).hexdigest())[:NAMES]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(HERE.parent / "target/release/search"))
    parser.add_argument("--bench", type=Path, default=HERE.parent / "../shared/bench/extract")
    parser.add_argument("--worst", action="store_true", help="print the names of which most else is found")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ask = [args.program, "--no-config", "query", "--index", folder, "--json", "--no-group", "--all", "-n", "0"]
        # The pages alone: the labels lie beside them, and a file of texts is read as articles too.
        pages = [str(page) for name in SETS for page in sorted((args.bench / name).resolve().glob("*.html.gz"))]
        subprocess.run([args.program, "--no-config", "index", "--index", folder, *pages], capture_output=True, check=False)
        hits = lines(*ask, "--snippets", "0", "*")
        held = bearers(args.program, hits)
        rows = []
        for name in drawn(hits, held):
            found, bear = [hit["id"] for hit in lines(*ask, "--snippets", "0", "-e", name)], held[fold(name)]
            first = sum(identity in bear for identity in found[: len(bear)]) / len(bear)
            rows.append((len(found) / len(bear), first, name))
    rows.sort()
    if not rows:
        sys.exit("no names were found")
    first, ratio = sum(row[1] for row in rows) / len(rows), rows[len(rows) * 9 // 10][0]
    print(f"{len(rows)} names: typed form in the first places {first:.3f} (at least {FIRST}), "
          f"found for each that bears the name {ratio:.2f} at the 90th percentile (at most {RATIO})")
    for row in reversed(rows[-20:] if args.worst else []):
        print(f"  {row[2]}: {row[0]:.1f} found for each, {row[1]:.2f} of the first places")
    if first < FIRST or ratio > RATIO:
        sys.exit("names in many languages: below the bound")


if __name__ == "__main__":
    main()
