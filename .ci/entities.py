#!/usr/bin/env python3
"""Entities gate: scores `search annotate --jsonl` on the development sets of dates, names and places, and the joining of
name spellings, and compares with the floors under "entities" in floors.json.

    .ci/entities.py            exit 1 where a figure is more than epsilon below its floor
    .ci/entities.py --update   raise the floors to what is reached now; never lowers one (edit the file for that)

All figures are percentages. A set whose file is not the one that the floors were measured on is skipped, loudly.
Spellings are joined by the product itself: an index of small pages, one or two for each spelling, is asked for the other
spellings with `person:`, `place:` and as plain words.
"""
import argparse
import hashlib
import html
import itertools
import json
import math
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETS = {
    "dates/wikiwars-dev": "dates",
    "dates/gum-dates-open": "dates",
    "ner/uner-ewt-dev": "names",
    "ner/gmb-held": "names",
    "places/geovirus-dev": "places",
}
SCORERS = {
    "dates": ["score_dates.py", "--dates-only", "--range"],
    "names": ["score_ner.py", "--types", "PER,LOC,ORG"],
    "places": ["score_places.py"],
}
# One template a group of letters, so that the page is in a language in which the spelling may stand.
PERSON = {
    "turkic": "<p>Prezident {} çərşənbə axşamı şəhər evində çıxış edib. Saat altıda işıqlar yandırılıb, zal dolu olub.</p><p>Camaat bir saat "
    "gözləyib. Prezident {} onlara təşəkkür edib və arxa qapıdan çıxıb.</p>",
    "latin": "<p>President {} spoke in the town hall on Tuesday. The lamps were lit at six and the hall was full.</p><p>The people had waited for "
    "an hour. {} thanked them and left by the back door.</p>",
    "cyrillic": "<p>Президент {} выступил во вторник в ратуше. Лампы зажгли в шесть часов, и зал был полон.</p><p>Люди ждали целый "
    "час. Президент {} поблагодарил их и вышел через заднюю дверь.</p>",
}
PLACE = {
    "turkic": "<p>Gecə {} şəhərində qar yağıb, məktəb bağlı qalıb. Günorta yol yenidən açılıb.</p><p>Heç kim xəsarət almayıb. Bu, keçən "
    "qışdan bəri {} şəhərində yağan ilk qardır.</p>",
    "latin": "<p>Snow fell in {} during the night, and the school stayed closed. The road to the town was open again at noon.</p>"
    "<p>Nobody was hurt. It was the first snow in {} since the winter before.</p>",
    "cyrillic": "<p>Ночью в городе {} выпал снег, и школа осталась закрытой. К полудню дорогу снова открыли.</p>"
    "<p>Никто не пострадал. Это первый снег в городе {} с прошлой зимы.</p>",
}


def output(command, text=None):
    run = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                         encoding="utf8")
    if run.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: exit status {run.returncode}\n{run.stderr}")
    return run.stdout


def scored(program, bench, name, scratch):
    """What the scorer prints for a set."""
    gold, scorers = bench / f"{name}.jsonl", bench / "scorers"
    convert = [sys.executable, str(scorers / "from_annotate.py")]
    texts, found, predicted = (scratch / end for end in ("in.jsonl", "out.jsonl", "pred.jsonl"))
    texts.write_text(output([*convert, "--input", str(gold)]), encoding="utf8")
    found.write_text(output([program, "annotate", "--jsonl", str(texts)]), encoding="utf8")
    predicted.write_text(output([*convert, str(gold), str(found)]), encoding="utf8")
    scorer, *options = SCORERS[SETS[name]]
    return output([sys.executable, str(scorers / scorer), str(gold), str(predicted), *options])


def measure(program, bench, name, scratch):
    """The figures of a set, in percent."""
    printed = scored(program, bench, name, scratch)
    rows = {line.split()[0]: re.findall(r"(P|R|F1)\s+([\d.]+)", line) for line in printed.splitlines() if line.strip()}
    rows = {key: {figure: float(value) for figure, value in pairs} for key, pairs in rows.items() if pairs}
    match SETS[name]:
        case "dates":
            return {f"{key} F1": rows[key]["F1"] for key in ("strict", "relaxed", "value")}
        case "names":
            return {f"{key} F1": rows[key]["F1"] for key in ("PER", "LOC", "ORG")}
        case _:
            resolved, named = rows["resolved"], rows["named"]
            return {"resolved recall": resolved["R"], "named that are right": round(100 * resolved["P"] / named["P"], 1)}


def spellings(path):
    """Rows of names.tsv: kind, spellings."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf8").splitlines() if line and line[0] != "#"]
    return [(kind, [name for name in names if name.strip()]) for kind, *names in rows]


def joined(program, bench, scratch):
    """Share of the pairs of spellings that a search joins, and how many of the pairs that must stay apart it joins."""
    rows = spellings(bench / "names.tsv")
    pages, index = scratch / "pages", scratch / "index"
    pages.mkdir()
    stems, queries, wanted = {}, [], {}
    for kind, names in rows:
        for name in names:
            for what in ("person", "place") if kind == "apart" else (kind,):
                page(pages, stems, what, name)
        for a, b in itertools.permutations(names, 2):
            key = tuple(sorted((a, b)))
            wanted[key] = kind == "apart"
            for what in ("person", "place") if kind == "apart" else (kind,):
                queries.append((key, f'{what}:"{a}"', stems[what, b]))
                queries.append((key, f'"{a}"', stems[what, b]))
    output([program, "index", "--progress", "never", "--index", str(index), str(pages)])
    lines = "".join(f"{number}\t{query}\n" for number, (_, query, _) in enumerate(queries))
    asked = output([program, "batch", "--index", str(index), "--all", "-n", "0", "--json", "-"], lines)
    hits = {}
    for line in asked.splitlines():
        hit = json.loads(line)
        if "path" in hit:
            hits.setdefault(int(hit["query_id"]), set()).add(Path(hit["path"]).stem)
    # A pair is joined when a search for either spelling finds the other.
    met = {key: [] for key in wanted}
    for number, (key, query, stem) in enumerate(queries):
        if stem in hits.get(number, ()):
            met[key].append(f"{query} finds {stem}")
    same, apart = ([key for key in wanted if wanted[key] == apart] for apart in (False, True))
    figures = {"pairs joined": 100 * sum(bool(met[key]) for key in same) / len(same),
               "pairs kept apart": 100 * sum(not met[key] for key in apart) / len(apart)}
    wrong = [f"not joined: {', '.join(key)}" for key in same if not met[key]]
    wrong += [f"joined: {', '.join(key)}: {'; '.join(met[key])}" for key in apart if met[key]]
    return figures, wrong


def page(folder, stems, what, name):
    if (what, name) in stems:
        return
    stem = f"{what}-{len(stems):03}"
    stems[what, name] = stem
    script = "cyrillic" if re.search("[\u0400-\u04ff]", name) else "turkic" if re.search("[əğış]", name) else "latin"
    body = {"person": PERSON, "place": PLACE}[what][script].replace("{}", html.escape(name))
    lang = {"cyrillic": "ru", "turkic": "az", "latin": "en"}[script]
    text = f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{stem}</title><article><h1>{stem}</h1>{body}</article></html>'
    (folder / f"{stem}.html").write_text(text, encoding="utf8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(HERE.parent / "target/release/search"))
    parser.add_argument("--bench", type=Path, default=HERE.parent / "../shared/bench/entities")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="list the pairs of spellings that are not as they should be")
    args = parser.parse_args()
    sys.dont_write_bytecode = True
    kept = json.loads((HERE / "floors.json").read_text())
    entities, below = kept.setdefault("entities", {}), []
    print(f"{'set':20} {'figure':22} {'reached':>8} {'floor':>8}")
    for name in [*SETS, "names"]:
        gold = args.bench / (f"{name}.jsonl" if name in SETS else "names.tsv")
        digest = hashlib.sha256(gold.read_bytes()).hexdigest() if gold.is_file() else None
        entry = entities.setdefault(name, {"gold": "", "floors": {}})
        if digest is None or entry["gold"] not in ("", digest):
            print(f"!! {name} SKIPPED: {'no gold file' if digest is None else 'not the gold data of the floors'}")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            if name in SETS:
                figures = measure(args.program, args.bench, name, Path(scratch))
            else:
                figures, wrong = joined(args.program, args.bench, Path(scratch))
                print("".join(f"   {pair}\n" for pair in wrong if args.verbose), end="")
        for key, reached in figures.items():
            floor = entry["floors"].get(key, 0.0)
            low = reached < floor - 100 * kept["epsilon"]
            below += [f"{name} {key}"] if low else []
            print(f"{name:20} {key:22} {reached:8.1f} {floor:8.1f}{'  BELOW' if low else ''}")
            if args.update:
                entry["floors"][key] = max(floor, math.floor(reached * 10) / 10)
        entry["gold"] = digest
    if below:
        sys.exit(f"below the floor: {', '.join(below)}")
    if args.update:
        (HERE / "floors.json").write_text(json.dumps(kept, indent=2) + "\n")


main()
