#!/usr/bin/env python3
"""Scores the stories of an index of an archive that benches/stories/make.py wrote.

    search index FOLDER/pages --index FOLDER/index
    search query --index FOLDER/index --json -n 0 --snippets 0 --copies '*' | benches/stories/score.py FOLDER/truth.tsv

Recall: of the pairs made from one original with at most 20 percent changed each, those in one story; the same over
pairs of two copies alone. Precision: of all pairs in one story, those made from one original, without pairs that have a
copy with more than 20 percent changed. -v lists wrong pairs.
"""
import collections
import itertools
import json
import sys


def main():
    truth = {}
    for line in open(sys.argv[1]):
        path, original, percent, kind = line.rstrip("\n").split("\t")
        truth[path] = (int(original), int(percent), kind)
    story = {}
    for line in sys.stdin:
        hit = json.loads(line)
        story[hit["path"]] = hit["id"]
        for copy in (hit["story"] or {}).get("copies", []):
            story[copy["path"]] = hit["id"]
    lost = [path for path in truth if path not in story]
    print(f"pages {len(truth)}, not listed {len(lost)}, stories {len(set(story.values()))}")
    by_original = collections.defaultdict(list)
    for path in truth:
        by_original[truth[path][0]].append(path)
    counts = collections.Counter()
    for paths in by_original.values():
        for one, other in itertools.combinations(paths, 2):
            percents = (truth[one][1], truth[other][1])
            if max(percents) > 20:
                name = "40"
            elif min(percents) < 0:
                name = "original-copy"
            else:
                name = "copy-copy"
            same = story.get(one) is not None and story.get(one) == story.get(other)
            kind = "news" if truth[one][2] == "news" else "template"
            for key in (name, f"{name} {kind}"):
                counts[key, same] += 1
    def recall(*names):
        hit, miss = (sum(counts[name, same] for name in names) for same in (True, False))
        return f"{hit}/{hit + miss} = {hit / max(1, hit + miss):.4f}"
    print("recall, at most 20 % changed  ", recall("original-copy", "copy-copy"))
    for name in ("original-copy", "copy-copy", "40"):
        print(f"  {name:14}", recall(name), " news", recall(f"{name} news"), " templates", recall(f"{name} template"))
    groups = collections.defaultdict(list)
    for path, group in story.items():
        if path in truth and truth[path][1] <= 20:
            groups[group].append(path)
    right = wrong = 0
    for paths in groups.values():
        for one, other in itertools.combinations(paths, 2):
            if truth[one][0] == truth[other][0]:
                right += 1
            else:
                wrong += 1
                if "-v" in sys.argv:
                    print("wrong:", one, truth[one], other, truth[other])
    print(f"precision {right}/{right + wrong} = {right / max(1, right + wrong):.4f}")


if __name__ == "__main__":
    main()
