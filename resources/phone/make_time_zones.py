#!/usr/bin/python3
"""Writes time_zones.tsv: which time zones a number's first digits allow.

The mapping is libphonenumber's, taken from its Python port (Debian: python3-phonenumbers, Apache-2.0), whose C++
library has none. Run from anywhere; the table lands beside this script:

    resources/phone/make_time_zones.py
"""
import pathlib

import phonenumbers
from phonenumbers.tzdata import TIMEZONE_DATA

HERE = pathlib.Path(__file__).resolve().parent
ZONEINFO = pathlib.Path("/usr/share/zoneinfo")

# Area codes of the North American Numbering Plan that came into use, or were assigned, after the library's data of
# 2022. Each lies over the area of an older one, so it has the same zones (NANPA and CNA relief plans).
OVERLAYS = {
    "227": "240", "235": "573", "257": "604", "274": "920", "324": "904", "329": "845", "350": "209", "353": "608",
    "354": "450", "363": "516", "369": "707", "382": "519", "428": "506", "436": "440", "457": "318", "471": "662",
    "472": "910", "483": "334", "557": "314", "621": "713", "624": "716", "645": "305", "679": "313", "683": "705",
    "686": "804", "728": "561", "729": "423", "730": "618", "738": "213", "748": "970", "821": "864",
    "835": "610", "837": "530", "861": "309", "879": "709", "942": "416", "975": "816", "983": "303",
}

# Older overlays of area codes with several zones, for which the library names one only.
LIKEWISE = {"236": "250", "364": "270", "367": "418", "448": "850", "458": "541", "672": "250", "778": "250",
            "930": "812"}

# Where the library's answer is no list of possible zones.
INSTEAD = {
    # An area code nobody here knows yet: an overlay on the mainland, as all new ones are. The library answers with
    # all 42 zones from Guam to Newfoundland, in which no hour of the day is one to send in.
    "1": ("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    # Australian mobile numbers belong to no place; the library answers Sydney.
    "614": ("Australia/Adelaide", "Australia/Brisbane", "Australia/Darwin", "Australia/Perth", "Australia/Sydney"),
    # Queensland, which has no summer time, with the north of New South Wales, which has; the library says Sydney.
    "617": ("Australia/Brisbane", "Australia/Sydney"),
}

# Codes of +1 that belong to no place: toll-free, personal, government, premium and Canadian non-geographic ones.
NOWHERE = ("500 521 522 523 524 525 526 527 528 529 532 533 535 538 542 543 544 545 546 547 549 550 552 553 554 556 "
           "558 566 569 577 578 588 589 600 622 633 644 655 677 688 700 710 800 822 833 844 855 866 877 888 900").split()

HEAD = """\
# Which time zones a number may be in: zones, a tab, and the first digits of E.164 numbers without the plus. The
# longest prefix that fits counts; "-" is nowhere. Made by make_time_zones.py; do not edit.
#
# The mapping is that of libphonenumber {version}, Copyright (C) 2011-2022 The Libphonenumber Authors, licensed
# under the Apache License, Version 2.0 (http://www.apache.org/licenses/LICENSE-2.0). Changed: prefixes that say
# what a shorter one says are left out, zones have their present names, area codes newer than the data have the
# zones of the area they lie over, exchanges not listed have all zones of their area code, and +1, +61 4
# and +61 7 have the zones the script names.
"""


def present_names():
    """Old zone names and those of today, both of tzdata; some systems no longer know the old ones."""
    current = {line.split("\t")[2].strip() for line in (ZONEINFO / "zone.tab").open() if not line.startswith("#")}
    links = {}
    for line in (ZONEINFO / "tzdata.zi").open():
        if line.startswith("L "):
            _, target, name = line.split()
            links[name] = target
    names = {}
    for name in {zone for zones in TIMEZONE_DATA.values() for zone in zones}:
        present = name
        while present not in current and present in links:
            present = links[present]
        names[name] = present
    return names


def wanted():
    names = present_names()
    zones = {prefix: tuple(sorted({names[zone] for zone in listed})) for prefix, listed in TIMEZONE_DATA.items()}
    for code, over in OVERLAYS.items():
        if any(prefix.startswith("1" + code) for prefix in zones):
            raise SystemExit(f"the library knows {code} by now: take it out of OVERLAYS")
        zones["1" + code] = tuple(sorted({zone for prefix, listed in zones.items()
                                          if prefix.startswith("1" + over) for zone in listed}))
        if not zones["1" + code]:
            raise SystemExit(f"nothing known of {over}")
    # The library guesses one zone for exchanges it does not list in an area code that has several.
    for code in {prefix[:4] for prefix in zones if prefix.startswith("1") and len(prefix) >= 4}:
        zones[code] = tuple(sorted({zone for prefix, listed in zones.items()
                                     if prefix.startswith(code) for zone in listed}))
    for code, over in LIKEWISE.items():
        zones["1" + code] = tuple(sorted({*zones["1" + code], *zones["1" + over]}))
    zones.update({prefix: tuple(sorted(listed)) for prefix, listed in INSTEAD.items()})
    zones.update({"1" + code: ("-",) for code in NOWHERE})
    return zones


def shortest(zones):
    """Without prefixes whose next shorter one says the same."""
    kept = {}
    for prefix in sorted(zones, key=len):
        above = next((kept[prefix[:n]] for n in range(len(prefix) - 1, 0, -1) if prefix[:n] in kept), None)
        if above != zones[prefix]:
            kept[prefix] = zones[prefix]
    return kept


def main():
    lines = {}
    for prefix, zones in sorted(shortest(wanted()).items()):
        lines.setdefault(zones, []).append(prefix)
    with (HERE / "time_zones.tsv").open("w") as out:
        out.write(HEAD.format(version=phonenumbers.__version__))
        for zones, prefixes in sorted(lines.items()):
            out.write(",".join(zones) + "\t" + " ".join(prefixes) + "\n")


if __name__ == "__main__":
    main()
