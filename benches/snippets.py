#!/usr/bin/env python3
"""Does the first snippet show a sentence with all words of the query, wherever the article has one?

    benches/snippets.py SEARCH INDEX QUERIES.tsv [PAIRS [SEED]]

SEARCH is the program, a line of QUERIES.tsv is ID<TAB>QUERY of plain words. Draws PAIRS (200) query and hit pairs from the
best ten hits of each query, reads each article as the program stores it, and cuts it into pieces at every full stop
before a capital: what stands in one piece stands in one sentence. Exit status 1 where a first snippet lacks a word.
"""
import json
import random
import re
import subprocess
import sys

# No word of a query here need stand in an article.
COMMON = set("a an and are as at be by for from has in is it its of on or that the this to was were will with".split())


def run(*args, **more):
    done = subprocess.run(args, capture_output=True, text=True, **more)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return done.stdout


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def lacks(query, text):
    """Words of the query that stand in no form in the text: forms of one word begin alike."""
    found = words(text)
    return [w for w in query if not any(f == w or (len(w) > 3 and f[:4] == w[:4]) for f in found)]


def main():
    search, index, queries = sys.argv[1:4]
    pairs, seed = (list(map(int, sys.argv[4:])) + [200, 7][len(sys.argv) - 4:])[:2]
    asked = dict(line.rstrip("\n").split("\t", 1) for line in open(queries))
    hits = run(search, "batch", "--index", index, "--json", "--all", "-n", "10", "-", input="".join(
        f"{number}\t{text}\n" for number, text in asked.items()))
    drawn = [hit for hit in map(json.loads, hits.splitlines())]
    random.Random(seed).shuffle(drawn)
    full, bad = 0, []
    for hit in drawn[:pairs]:
        query = [word for word in words(asked[hit["query_id"]]) if word not in COMMON]
        body = json.loads(run(search, "show", "--index", index, "--json", hit["id"]))["body"]
        pieces = re.split(r"\n\n|(?<=[.!?])\s+(?=[A-Z\"“])", body)
        if any(set(query) <= set(words(piece)) for piece in pieces):
            full += 1
            first = hit["snippets"][0]["text"] if hit["snippets"] else ""
            if lacks(query, first):
                bad.append((hit["query_id"], query, hit["id"], first))
    for case in bad:
        print(*case, sep="\t")
    print(f"{min(pairs, len(drawn))} pairs, {full} with a sentence that holds all words, {full - len(bad)} of them shown first")
    sys.exit(bool(bad))


main()
