#!/usr/bin/env python3
"""dump.py TRAIN.jsonl... > words.tsv: what is known of single words as parts of names, from public sources.

Needs the PyPI packages names, Faker and stopwordsiso; README.md has the command and the licences. Each row is a word and the
letters of what it is: G given name, S surname, C common word of some language, P alone it mostly names a person,
M and F a given name of men or women
only, O alone it mostly names an organisation, D an adjective or noun of a nationality, religion or event.
"""
import collections
import glob
import importlib.util
import json
import os
import re
import sys

flags = collections.defaultdict(set)
sexes = collections.defaultdict(set)
letters = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def put(word, flag):
    for part in re.split(r"[-'’ ]", word):
        if len(part) >= 2 and letters.fullmatch(part):
            flags[part].add(flag)


def census():
    """Names of the 1990 census of the United States, commonest first; rare ones are left out."""
    folder = os.path.dirname(importlib.util.find_spec("names").origin)
    for file, flag, least in (("dist.male.first", "G", 0.006), ("dist.female.first", "G", 0.006), ("dist.all.last", "S", 0.002)):
        for line in open(f"{folder}/{file}"):
            name, share = line.split()[:2]
            if float(share) >= least:
                put(name.capitalize(), flag)
                if flag == "G":
                    sexes[name.lower()].add("M" if ".male" in file else "F")


def faker():
    """Names of many countries, in their own scripts."""
    folder = os.path.dirname(importlib.util.find_spec("faker.providers.person").origin)
    for path in sorted(glob.glob(f"{folder}/*/__init__.py")):
        module = importlib.import_module("faker.providers.person." + path.split("/")[-2])
        for key, value in sorted(vars(module.Provider).items()):
            flag = "G" if key.startswith("first_name") else "S" if key.startswith("last_name") else None
            if flag and isinstance(value, (list, tuple, set, dict)):
                for name in value:
                    if isinstance(name, str) and (name[:1] != name[:1].lower() or not name[:1].isascii()):
                        put(name, flag)


def stopwords():
    """Function words of many languages."""
    folder = os.path.dirname(importlib.util.find_spec("stopwordsiso").origin)
    for words in json.load(open(f"{folder}/stopwords-iso.json", encoding="utf8")).values():
        for word in words:
            if letters.fullmatch(word):
                flags[word].add("C")


def evidence(paths):
    """How annotated text uses its words."""
    lower, upper = collections.Counter(), collections.Counter()
    alone, first, last = collections.Counter(), collections.Counter(), collections.Counter()
    for path in paths:
        for line in open(path, encoding="utf8"):
            row = json.loads(line)
            for word in letters.findall(row["text"]):
                (lower if word.islower() else upper)[word.lower()] += 1
            for entity in row["entities"]:
                parts = entity["text"].split()
                kind = {"PER": "P", "ORG": "O", "LOC": "L", "MISC": "D"}.get(entity["type"])
                parts = [p for p in parts if letters.fullmatch(p) and p[:1].isupper()]
                if kind and len(parts) == 1:
                    alone[parts[0].lower(), kind] += 1
                elif kind == "P" and len(parts) > 1:
                    first[parts[0].lower()] += 1
                    last[parts[-1].lower()] += 1
    for word, count in lower.items():
        if count >= 3:
            flags[word].add("C")
    for word, count in upper.items():
        for kind in "POD":
            if alone[word, kind] >= 3 and alone[word, kind] >= 0.7 * (count - first[word] - last[word]):
                flags[word].add(kind)
        if first[word] >= 2 and first[word] >= 0.3 * count:
            flags[word].add("G")
        if last[word] >= 2 and last[word] >= 0.3 * count:
            flags[word].add("S")


def little():
    """Function words of English that no name begins with, though a census has them as names."""
    for word in LITTLE.split():
        for form in (word, word.capitalize()):
            flags[form] -= set("GSP")


LITTLE = """the a an and or but in on at of for from to with by as is it he she they we you this that these those his her their
our its my your who what when where why how not no yes all any some more most also just only new old first last two one after
before since until while if then there here per so such both many few much was were be been are am has have had do did does"""

census()
faker()
stopwords()
evidence(sys.argv[1:])
little()
for word, found in sexes.items():
    if len(found) == 1:
        flags[word] |= found
merged = collections.defaultdict(set)
for word, found in flags.items():
    merged[word.lower()] |= found
print("# made by dump.py; see README.md")
for word in sorted(merged):
    print(word + "\t" + "".join(sorted(merged[word])))
