#!/usr/bin/env python3
"""Fits the block model to labelled pages: data/blocks/README.md says on which and with what result.

    pip install numpy lightgbm
    data/blocks/fit.py --program target/release/search          cross-validate by site and print the figures
    data/blocks/fit.py --program target/release/search --write  then fit on all pages and write model.txt

The program itself writes the numbers (`search extract --explain --json`), so what is fitted is what is run.
"""
import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import lightgbm
import numpy as np

HERE = Path(__file__).resolve().parent
SETS = ["scrapinghub", "fundus", "andy", "wcxb_article", "trafeval"]
FOLDS = 5
TREES = 150
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 16, "min_data_in_leaf": 60, "lambda_l2": 5.0,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 255, "min_sum_hessian_in_leaf": 1e-4,
    "verbose": -1, "seed": 7, "num_threads": 1, "deterministic": True,
}
AT_ONCE = 100  # files per run of the program
MOST_WORDS = 60  # a block weighs as much as its words, up to this


class Page:
    """One labelled page: the numbers, texts and labels of its blocks."""

    def __init__(self, name, gold, row):
        self.set, self.gold, self.site = name, gold, site(gold["url"])
        blocks = row["blocks"]
        self.texts = [block["text"] for block in blocks]
        self.ruled = np.array([block["rule"] in ("keep", "lead") for block in blocks], bool)
        self.asked = np.array([block["asked"] for block in blocks], bool)
        self.x = np.array([block["numbers"] for block in blocks], np.int16)
        self.names = row["features"]
        self.words = [tokens(text) for text in self.texts]
        self.y, self.weight = labels(self)


def site(url):
    """The registrable domain, near enough to keep a site's pages in one fold."""
    parts = (urlsplit(url).hostname or url).split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3 if short else -2:])


def tokens(text):
    return [word.lower() for word in SCORE.toks(text, True)]


def labels(page):
    """Whether each block is text of the article, and what the answer weighs; 0 where it is not known."""
    count = len(page.texts)
    y, weight = np.zeros(count, np.float32), np.zeros(count, np.float32)
    if page.gold["text"] is None:
        for kind, value in (("with", 1.0), ("without", 0.0)):
            for snippet in page.gold.get(kind) or []:
                snippet = re.sub(r"\s+", " ", snippet)
                for at in (at for at, text in enumerate(page.texts) if snippet in text):
                    y[at], weight[at] = value, 1.0
        return y, weight * (0.5 / max(1.0, weight.sum()))
    gold = tokens(page.gold["text"])
    triples = set(zip(gold, gold[1:], gold[2:]))
    joined = f" {' '.join(gold)} "
    for at, words in enumerate(page.words):
        if len(words) >= 5:
            own = list(zip(words, words[1:], words[2:]))
            y[at] = sum(triple in triples for triple in own) > 0.6 * len(own)
        else:
            y[at] = bool(words) and f" {' '.join(words)} " in joined
        weight[at] = min(len(words), MOST_WORDS) + 1
    keep_one_of_equals(page, y, joined)
    total = sum(weight[at] for at in range(count) if y[at]) or weight.sum()
    return y, weight / max(60.0, min(total, 3000.0))


def keep_one_of_equals(page, y, joined):
    """A block that stands on the page more often than in the text is text only where it is nearest to the rest of it."""
    sure = [at for at in range(len(y)) if y[at] and len(page.words[at]) >= 15]
    middle = float(np.median(sure)) if sure else 0.0
    spread = float(np.percentile(np.abs(np.array(sure) - middle), 90)) if sure else 0.0
    places = {}
    for at in (at for at in range(len(y)) if y[at]):
        places.setdefault(" ".join(page.words[at]), []).append(at)
    for text, equal in places.items():
        most = joined.count(f" {text} ")
        short = len(text.split()) < 5
        for at in sorted(equal, key=lambda at: abs(at - middle))[most:]:
            y[at] = 0.0
        for at in equal:
            if short and sure and abs(at - middle) > spread + 15:
                y[at] = 0.0


def load(program, bench, name):
    folder = bench / name
    golds = {}
    for line in open(folder / "gold.jsonl", encoding="utf8"):
        gold = json.loads(line)
        golds.setdefault(str((folder / gold["html"]).resolve()), gold)
    files, pages = list(golds), []
    for at in range(0, len(files), AT_ONCE):
        command = [program, "extract", "--explain", "--json", *files[at:at + AT_ONCE]]
        for line in subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout.splitlines():
            row = json.loads(line)
            if row["blocks"]:
                pages.append(Page(name, golds[row["path"]], row))
    return pages


def fit(pages, trees=TREES):
    used = [(page, page.weight > 0) for page in pages]
    x = np.concatenate([page.x[use] for page, use in used])
    y = np.concatenate([page.y[use] for page, use in used])
    weight = np.concatenate([page.weight[use] for page, use in used])
    data = lightgbm.Dataset(x, y, weight=weight * (len(weight) / weight.sum()))
    return lightgbm.train(PARAMETERS, data, trees)


def folds(pages):
    """A fold for each page; the sites are dealt out by size, so that folds are of like size."""
    sizes = Counter(page.site for page in pages)
    load, fold = [0] * FOLDS, {}
    for name, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold[name] = min(range(FOLDS), key=lambda at: load[at])
        load[fold[name]] += size
    return [fold[page.site] for page in pages]


def figures(pages, kept):
    """F4 or snippet F1 of each set, for the blocks that `kept` keeps."""
    out = {}
    for name in sorted({page.set for page in pages}, key=SETS.index):
        rows, found = [], Counter()
        for page, keep in ((page, keep) for page, keep in zip(pages, kept) if page.set == name):
            text = "\n\n".join(text for text, use in zip(page.texts, keep) if use)
            if page.gold["text"] is None:
                text = re.sub(r"\s+", " ", text)
                for kind in ("with", "without"):
                    snippets = [re.sub(r"\s+", " ", snippet) for snippet in page.gold.get(kind) or []]
                    found[kind] += sum(snippet in text for snippet in snippets)
                    found[f"all {kind}"] += len(snippets)
                continue
            cjk = bool(SCORE.CJK.search(page.gold["text"][:2000]))
            rows.append(SCORE.tpfpfn(SCORE.toks(page.gold["text"], cjk), SCORE.toks(text, cjk)))
        if rows:
            out[name] = SCORE.agg4(rows)
        else:
            good, missed, bad = found["with"], found["all with"] - found["with"], found["without"]
            out[name] = (2 * good / (2 * good + bad + missed), good / (good + bad), good / (good + missed))
    return out


def show(title, result):
    print(f"{title:26}" + "  ".join(f"{name} {f:.4f} ({p:.3f} {r:.3f})" for name, (f, p, r) in result.items()), flush=True)


def tables(booster):
    """The trees as lines of integers: `feature threshold left right, ... | leaf ...`, leaves in thousandths."""
    lines = []
    for tree in booster.dump_model()["tree_info"]:
        nodes, leaves = [], []

        def walk(node):
            if "leaf_value" in node:
                leaves.append(round(node["leaf_value"] * 1000))
                return -len(leaves)
            at = len(nodes)
            nodes.append(None)
            threshold = max(-32768, min(32767, int(np.floor(node["threshold"]))))
            left, right = walk(node["left_child"]), walk(node["right_child"])
            nodes[at] = f"{node['split_feature']} {threshold} {left} {right}"
            return at

        walk(tree["tree_structure"])
        if nodes:
            lines.append(", ".join(nodes) + " | " + " ".join(map(str, leaves)))
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(HERE.parent.parent / "target/release/search"))
    parser.add_argument("--bench", type=Path, default=HERE.parent.parent / "../shared/bench/extract")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    load_scorer(args.bench)
    pages = [page for name in SETS for page in load(args.program, args.bench, name)]
    print(f"{len(pages)} pages of {len({page.site for page in pages})} sites, {sum(len(page.y) for page in pages)} blocks")
    show("rules", figures(pages, [page.ruled for page in pages]))
    show("labels", figures(pages, [page.y > 0 for page in pages]))
    fold, odds = folds(pages), [None] * len(pages)
    for out in range(FOLDS):
        booster = fit([page for page, at in zip(pages, fold) if at != out])
        for index, page in enumerate(pages):
            if fold[index] == out:
                odds[index] = booster.predict(page.x, raw_score=True)
    show("held-out sites", figures(pages, [(odds >= 0) & page.asked for page, odds in zip(pages, odds)]))
    if args.write:
        booster = fit(pages)
        kept = [(booster.predict(page.x, raw_score=True) >= 0) & page.asked for page in pages]
        show("fitted", figures(pages, kept))
        (HERE / "model.txt").write_text("\n".join([" ".join(pages[0].names), *tables(booster)]) + "\n")


def load_scorer(bench):
    global SCORE
    sys.path.insert(0, str(bench / "rig"))
    sys.dont_write_bytecode = True
    import score as SCORE


if __name__ == "__main__":
    main()
