#!/usr/bin/env python3
"""Writes an archive of originals and copies, to measure how well stories are told.

    benches/stories/make.py FOLDER [--originals 1000] [--seed 1] [--copies 0,5,10,20,40]

Every page is made here, of words and sentence patterns that stand in this file. Of the originals four in ten are news of
their own, and six in ten are reports by template (weather, stocks, court, football, property, lottery) that differ from
each other in numbers, names and a few words only. Each original has one copy for each number in --copies: that many of
a hundred of its sentences (rounded, at least one where the number is not 0) are changed (a word replaced, left out or
put in, a number or a name replaced, or the whole sentence said otherwise), cut, or moved. Copies have a headline, a
site, a time and furniture of their own.

FOLDER/pages holds the pages and FOLDER/truth.tsv one line a page: path, number of the original, percent changed, kind.
benches/stories/score.py reads it.
"""
import argparse
import os
import random
from datetime import datetime, timedelta

CITIES = """Arden Bellport Calder Dunmore Eastwick Farrow Glenholm Harwick Iverton Jessop Kirkby Lowmoor Marlow Norfield
Oakhurst Penrith Quarley Redmere Stanwick Thornby Upcott Varley Westerby Yardley Zelton Ashcombe Brackley Coldwater
Drayton Elmstead""".split()
FIRST = """Anna Boris Clara David Elena Farid Grace Hugo Irina James Kamala Leon Maria Nigel Olga Peter Rosa Samir Tanya
Victor Wanda Yusuf Zoe Arthur Beatrix Cyril Dina Edwin Flora Gavin""".split()
LAST = """Abbott Barlow Castle Dobson Ellery Finch Garland Hobbs Ingram Jarvis Keller Lambert Mercer Norris Osborne Palmer
Quill Ramsey Sutton Tanner Underhill Vaughan Whitlock Yates Zimmer Aldous Bannister Crowe Denby Everett""".split()
FIRMS = """Acorn Mills;Birch Energy;Copper Line;Delta Freight;Evergreen Foods;Falcon Glass;Granite Bank;Harbor Steel;Indigo
Motors;Juniper Health;Keystone Paper;Lantern Media;Meridian Gas;Northern Rail;Orchard Retail;Pioneer Shipping""".replace("\n", " ").split(";")
NOUNS = """bridge school council factory harbour museum library railway hospital market stadium forest river road budget
strike election court bank church festival quarry airport dam theatre farm vineyard orchestra ferry tunnel reservoir
garden archive kitchen workshop warehouse playground cemetery lighthouse mill square fountain courthouse observatory
bakery shelter clinic depot pier terminal orchard""".split()
ADJS = """old new small large narrow wide rusty quiet crowded empty costly modest disputed popular hidden ruined modern
fragile sturdy remote central northern southern eastern western private public temporary historic flooded""".split()
VERBS = """opened closed repaired sold bought inspected painted abandoned restored extended surveyed demolished rented
defended criticised funded delayed finished planned visited cleaned measured flooded guarded""".split()
PEOPLE = """mayor engineer teacher farmer judge driver nurse painter surveyor historian shopkeeper captain gardener
musician librarian builder minister auditor plumber baker fisherman carpenter inspector student""".split()
WHEN = """on Monday;on Tuesday;on Wednesday;on Thursday;on Friday;last week;last month;in spring;in autumn;before dawn;after
the storm;during the holiday;at the weekend;in the first days of the year;after a long debate""".replace("\n", " ").split(";")
WHY = """because the money had run out;although nobody had asked for it;after months of letters;to the surprise of the
neighbours;in spite of the rain;without a word to the press;as the law demands;for the first time in decades;against the
advice of the experts;with the help of volunteers;under a new agreement;at the request of the residents;while the
inquiry goes on;to save what was left;before the deadline passed""".replace("\n", " ").split(";")
TAIL = """and nobody was hurt;and the work goes on;but questions remain;and a report will follow;but the cost is not
known;and the plans are on show;but many doubt it;and more may come;and the doors stay open;but time is short""".replace("\n", " ").split(";")


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def one(self, words):
        return self.r.choice(words)

    def name(self):
        return f"{self.one(FIRST)} {self.one(LAST)}"

    def number(self, low, high):
        return self.r.randint(low, high)

    def sentence(self):
        a, b, c = (self.one(ADJS) for _ in range(3))
        n, m, k = (self.one(NOUNS) for _ in range(3))
        p, q = self.one(PEOPLE), self.one(PEOPLE)
        v, w = self.one(VERBS), self.one(VERBS)
        forms = [
            lambda: f"The {a} {n} near the {m} was {v} {self.one(WHEN)} {self.one(WHY)}.",
            lambda: f"{self.name()}, a {p} from {self.one(CITIES)}, said the {b} {n} had been {v} {self.one(WHEN)}.",
            lambda: f"A {p} and a {q} {w} the {a} {k}, {self.one(TAIL)}.",
            lambda: f"About {self.number(12, 980)} people came to the {n} in {self.one(CITIES)}, where the {b} {m} was {v}.",
            lambda: f"The {n} cost {self.number(2, 95)} million, which is {self.number(2, 40)} percent more than the {c} {m}.",
            lambda: f"“We {w} the {a} {n} {self.one(WHEN)},” {self.name()} said, {self.one(TAIL)}.",
            lambda: f"In {self.number(1890, 2015)} the {a} {m} of {self.one(CITIES)} was {v} by a {p} {self.one(WHY)}.",
            lambda: f"Some say the {b} {n} should be {v}; others want a {c} {k} beside the {m}.",
            lambda: f"{self.one(WHY).capitalize()}, the {p} {w} a {a} {n} and the {q} {v} it again.",
        ]
        return self.one(forms)()

    def news(self):
        title = f"{self.one(ADJS).capitalize()} {self.one(NOUNS)} in {self.one(CITIES)} {self.one(VERBS)} {self.one(WHEN)}"
        return title, [self.sentence() for _ in range(self.number(8, 24))]

    def weather(self):
        city, sky = self.one(CITIES), self.one(["sunny", "cloudy", "rainy", "foggy", "windy"])
        wind = self.one(["north", "south", "east", "west"])
        return f"Weather in {city}: {sky}", [
            f"The weather in {city} will be {sky} tomorrow with a high of {self.number(-5, 35)} degrees.",
            f"The night will bring a low of {self.number(-15, 20)} degrees.",
            f"Wind from the {wind} will blow at {self.number(3, 70)} kilometres an hour.",
            "Residents are advised to check road conditions before they set out on longer journeys.",
            f"The chance of rain is {self.number(0, 100)} percent.",
            "The forecast is prepared twice a day from the readings of the national network of stations.",
            f"Sunrise in {city} is at {self.number(4, 8)}:{self.number(10, 59)} and sunset at {self.number(16, 21)}:{self.number(10, 59)}.",
            "Farmers should protect young plants on clear nights and keep animals under a roof during storms.",
            f"At this time last year {city} had {self.number(-5, 35)} degrees and {self.one(['sun', 'cloud', 'rain', 'snow'])}.",
            "The next forecast will be published in the evening.",
        ]

    def stocks(self):
        firm, up = self.one(FIRMS), self.one([True, False])
        way = "rose" if up else "fell"
        return f"{firm} shares {'rise' if up else 'fall'}", [
            f"Shares in {firm} {way} {self.number(1, 9)}.{self.number(0, 9)} percent on {self.one(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])}.",
            f"The stock closed at {self.number(4, 400)}.{self.number(10, 99)} after opening at {self.number(4, 400)}.{self.number(10, 99)}.",
            f"Volume reached {self.number(100, 9000)} thousand shares, against an average of {self.number(100, 9000)} thousand.",
            "Analysts follow the company closely because of its weight in the main index of the exchange.",
            f"{firm} has a market value of {self.number(1, 90)}.{self.number(0, 9)} billion.",
            f"The main index {self.one(['gained', 'lost'])} {self.number(0, 3)}.{self.number(0, 9)} percent to {self.number(2000, 9000)} points.",
            "Past results say nothing about future gains, and prices may fall as well as rise.",
            f"Over twelve months the stock has {self.one(['gained', 'lost'])} {self.number(2, 80)} percent.",
            "This report was made by a program from the data of the exchange and was not read by an editor.",
        ]

    def court(self):
        who, city, months = self.name(), self.one(CITIES), self.number(2, 60)
        what = self.one(["theft", "fraud", "burglary", "assault", "arson", "smuggling"])
        return f"{city} court: {months} months for {what}", [
            f"{who}, {self.number(18, 80)}, of {city}, was sentenced to {months} months for {what}.",
            f"Judge {self.name()} said the offence on {self.number(1, 28)} March was serious.",
            "The court heard that the defendant had shown regret and had worked with the police from the beginning.",
            f"The prosecutor, {self.name()}, had asked for {self.number(2, 90)} months.",
            "The defence asked for a lighter sentence and pointed to a difficult childhood and a clean record.",
            f"{who.split()[1]} must pay costs of {self.number(100, 9000)}.",
            "The sentence is not final and may be appealed within two weeks of the written judgment.",
            f"The case was heard at {city} District Court in room {self.number(1, 30)}.",
            "Reports from this court are published after every sitting day.",
        ]

    def football(self):
        home, away = self.r.sample(CITIES, 2)
        a, b = self.number(0, 5), self.number(0, 5)
        return f"{home} {a}, {away} {b}", [
            f"{home} and {away} ended {a}-{b} in front of {self.number(300, 40000)} people.",
            f"{self.name()} scored in minute {self.number(1, 90)} for {home}.",
            f"{self.name()} was booked in minute {self.number(1, 90)}.",
            "Both sides had their chances in the second half, and both goalkeepers had to work hard.",
            f"Coach {self.name()} made {self.number(1, 5)} changes to the team.",
            f"{away} are now in place {self.number(1, 20)} with {self.number(3, 80)} points.",
            "The table is published after the last match of the round.",
            f"The next match of {home} is against {self.one(CITIES)} on {self.number(1, 28)} April.",
        ]

    def property(self):
        city = self.one(CITIES)
        return f"House prices in {city}", [
            f"The average house in {city} sold for {self.number(90, 900)} thousand in the past quarter.",
            f"That is {self.number(1, 15)} percent {self.one(['more', 'less'])} than a year ago.",
            "The figures come from the land registry and count every sale that was entered in time.",
            f"In all {self.number(40, 4000)} houses changed hands, {self.number(40, 4000)} in the quarter before.",
            "Flats are counted apart, as are houses that were sold in parts or passed on within a family.",
            f"The dearest house, in {self.one(LAST)} Street, went for {self.number(1, 9)}.{self.number(1, 9)} million.",
            "The registry publishes its tables four times a year and corrects them once.",
            f"Agent {self.name()} expects prices to {self.one(['rise', 'fall', 'stay'])} in the coming months.",
        ]

    def lottery(self):
        numbers = sorted(self.r.sample(range(1, 50), 6))
        return f"Lottery: draw of {self.number(1, 28)} May", [
            f"The numbers are {', '.join(map(str, numbers))}.",
            f"The bonus number is {self.number(1, 49)} and the jackpot stands at {self.number(1, 60)} million.",
            "Prizes can be collected at every outlet within ninety days of the draw and never after that.",
            f"The last jackpot was won in {self.one(CITIES)}.",
            "Players must be of age, and those who feel that they play too much can call the help line at any hour.",
            f"There were {self.number(10, 900)} winners of the second class.",
            "All numbers are given without guarantee, and only the notice of the operator counts.",
        ]

    def changed(self, sentence):
        """The sentence said a little otherwise."""
        words = sentence.split()
        how = self.number(0, 4)
        at = self.number(0, len(words) - 1)
        if how == 0:
            words[at] = self.one(NOUNS + ADJS + VERBS)
        elif how == 1 and len(words) > 5:
            del words[at]
        elif how == 2:
            words.insert(at, self.one(ADJS))
        elif how == 3:
            facts = [i for i, w in enumerate(words) if i and (w[0].isdigit() or w[0].isupper())]
            if facts:
                at = self.one(facts)
                old = words[at].rstrip(".,")
                new = str(self.number(2, 99)) if old[0].isdigit() else self.one(LAST)
                words[at] = new + words[at][len(old):]
            else:
                words[at] = self.one(NOUNS)
        else:
            return self.sentence()
        return " ".join(words)

    def copy(self, sentences, percent):
        """Sentences of a copy with `percent` of them changed, cut or moved."""
        out = list(sentences)
        count = max(1, round(len(out) * percent / 100)) if percent else 0
        for at in sorted(self.r.sample(range(len(out)), min(count, len(out))), reverse=True):
            how = self.number(0, 2)
            if how == 0:
                out[at] = self.changed(out[at])
            elif how == 1 and len(out) > 3:
                del out[at]
            else:
                moved = out.pop(at)
                out.insert(self.number(0, len(out)), moved)
        return out

    def page(self, site, number, when, title, sentences, lang="en"):
        paragraphs, at = [], 0
        while at < len(sentences):
            step = self.number(1, 4)
            paragraphs.append(" ".join(sentences[at:at + step]))
            at += step
        others = "".join(f'<li><a href="/n/{self.number(1, 99999)}">{self.one(ADJS).capitalize()} {self.one(NOUNS)} in {self.one(CITIES)}</a></li>' for _ in range(6))
        body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        url = f"https://{site}/{when:%Y/%m/%d}/story-{number}"
        return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title} | {site}</title>
<link rel="canonical" href="{url}"><meta property="og:url" content="{url}"><meta property="og:title" content="{title}">
<meta property="og:type" content="article"><meta property="article:published_time" content="{when:%Y-%m-%dT%H:%M:00Z}"></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>{title}</h1>
{body}
</article><aside><h2>Read also</h2><ul>{others}</ul></aside></main>
<footer><p>© {site} {when:%Y}. All rights reserved. Terms of use. Privacy.</p></footer></body></html>
"""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder")
    options.add_argument("--originals", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--copies", default="0,5,10,20,40")
    options.add_argument("--news", type=float, default=0.4, help="share of originals that are no templates")
    options = options.parse_args()
    maker = Maker(options.seed)
    percents = [int(percent) for percent in options.copies.split(",") if percent]
    templates = [maker.weather, maker.stocks, maker.court, maker.football, maker.property, maker.lottery]
    sites = [f"{name.lower()}{tail}.example" for name in CITIES[:20] for tail in ("post", "times")]
    os.makedirs(options.folder, exist_ok=True)
    truth = open(os.path.join(options.folder, "truth.tsv"), "w")
    number = 0

    def write(title, sentences, when, original, percent, kind):
        nonlocal number
        number += 1
        site = maker.one(sites)
        path = f"{site}/{when:%Y}/{number}.html"
        place = os.path.join(options.folder, "pages", path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as out:
            out.write(maker.page(site, number, when, title, sentences))
        truth.write(f"{path}\t{original}\t{percent}\t{kind}\n")

    for original in range(options.originals):
        make = maker.news if maker.r.random() < options.news else maker.one(templates)
        title, sentences = make()
        when = datetime(2019, 1, 1) + timedelta(minutes=maker.number(0, 2_000_000))
        write(title, sentences, when, original, -1, make.__name__)
        for percent in percents:
            later = when + timedelta(minutes=maker.number(1, 600))
            headline = title if maker.number(0, 2) == 0 else f"{maker.one(CITIES)}: {maker.one(ADJS)} {maker.one(NOUNS)} {maker.one(VERBS)}"
            write(headline, maker.copy(sentences, percent), later, original, percent, make.__name__)
    truth.close()


if __name__ == "__main__":
    main()
