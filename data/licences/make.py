#!/usr/bin/env python3
"""Writes licences.txt: which crates and data `search` is made of, under which licences, and the texts of these.

    python3 data/licences/make.py           writes data/licences/licences.txt
    python3 data/licences/make.py --check   says whether it is up to date; status 1 where it is not

Read are Cargo.lock, through `cargo metadata`, and the licence files of each crate's package.
"""
import collections, json, os, pathlib, re, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE / "licences.txt"
PLATFORM = "x86_64-unknown-linux-gnu"
FILES = re.compile(r"^(licen[cs]e|copying|copyright|notice|unlicense)", re.I)
# The standard text is printed once; what crates ship of it differs in blanks and in the appendix alone.
APACHE = "Apache License"
NOTES = {
    "MPL-2.0": "Unchanged source code of the parts under the Mozilla Public License 2.0 is at the addresses given.",
}


def linked():
    """Packages that are linked into the program, by name and version."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", PLATFORM]
    data = json.loads(subprocess.run(command, cwd=HERE.parent.parent, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    root = data["resolve"]["root"]
    seen, todo = {root}, [root]
    while todo:
        for dep in nodes[todo.pop()]["deps"]:
            normal = any(kind["kind"] is None for kind in dep["dep_kinds"])
            macro = any("proc-macro" in target["kind"] for target in packages[dep["pkg"]]["targets"])
            # Macros run in the compiler; nothing of theirs is in the program.
            if normal and not macro and dep["pkg"] not in seen:
                seen.add(dep["pkg"])
                todo.append(dep["pkg"])
    seen.discard(root)
    return sorted((packages[id] for id in seen), key=lambda package: (package["name"], package["version"]))


def texts(package):
    """Texts of the licence files that the package ships, those of a choice that is not taken left out."""
    folder = pathlib.Path(package["manifest_path"]).parent
    files = sorted(path for path in folder.iterdir() if path.is_file() and FILES.match(path.name))
    for path in files:
        text = "\n".join(line.rstrip() for line in path.read_text("utf-8", "replace").strip().splitlines())
        yield APACHE if APACHE in text[:300] and "Version 2.0" in text[:400] else text, text


def render():
    packages = linked()
    by_licence = collections.defaultdict(list)
    by_text = collections.defaultdict(list)
    apache = None
    for package in packages:
        licence = (package["license"] or "see its text").replace("/", " OR ").replace("  ", " ")
        by_licence[licence].append(package)
        for key, text in texts(package):
            if key == APACHE:
                apache = min(apache or text, text, key=len)
            by_text[key].append(f"{package['name']} {package['version']}")
    root = HERE.parent.parent
    out = [(root / "LICENSE").read_text("utf-8").strip(), ""]
    out += ["It is made of the crates and data below, which have licences of their own.", "", "CRATES", ""]
    for licence, members in sorted(by_licence.items()):
        out.append(licence)
        out += [f"    {note}" for key, note in NOTES.items() if key in licence]
        out += [f"    {p['name']} {p['version']}  {p['repository'] or ''}".rstrip() for p in members]
        out.append("")
    bare = [f"{p['name']} {p['version']}" for p in packages if not any(texts(p))]
    if bare:
        out += ["Packages that ship no text of their licence: the standard text of its name applies.",
                *("    " + line for line in wrap(", ".join(bare), 76)), ""]
    out += ["DATA", "", (HERE / "data.txt").read_text("utf-8").strip(), "", "TEXTS"]
    for key, names in sorted(by_text.items(), key=lambda item: item[1]):
        out += ["", "-" * 80, *wrap(", ".join(sorted(set(names)))), "", apache if key == APACHE else key]
    return "\n".join(out) + "\n"


def wrap(line, width=80):
    import textwrap
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)


def main():
    text = render()
    if "--check" not in sys.argv:
        OUT.write_text(text, "utf-8")
        print(f"{OUT.name}: {len(text)} characters")
    elif not OUT.exists() or OUT.read_text("utf-8") != text:
        sys.exit("data/licences/licences.txt is not that of Cargo.lock: run python3 data/licences/make.py")


main()
