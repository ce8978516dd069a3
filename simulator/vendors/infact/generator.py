"""Made-up members for datasource 265, by the thousand: `simulator generate infact`.

    rows(count, seed)   the rows, one at a time, as import and insert take them
    columns             their names in order, for CSV
    kinds, streams      the same, under the name of their option
    envelope            what stands before and after the rows, parted by commas, in a JSON document
                        that can be posted to /v1/datasources/265/objects/members/data/import/json

A row has the documented properties but createdDate, which the server fills in, so that it fits
the `members` of the fixtures `docs` and `demo`. Ids begin at 100001 and phone numbers at
+4740001000, out of the way of both. Names come from Faker's Norwegian lists and belong to nobody;
e-mail addresses end in example.com, .net or .org. The same count and seed give the same rows on
every machine with the same Faker, and fewer rows are the beginning of more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from faker import Faker

columns: tuple[str, ...] = (
    "id",
    "firstname",
    "lastname",
    "dateOfBirth",
    "gender",
    "phone",
    "email",
    "address",
    "zip",
    "city",
)
kinds = {"rows": columns}
envelope: tuple[bytes, bytes] = (b'{"Items":[', b'],"MergeKey":"id","Tags":["generated"]}')

FIRST_ID = 100_001
MOBILE_BLOCKS = (40, 41, 45, 46, 47, 48)
"""First two digits of Norwegian mobile numbers, a million numbers each."""
RESERVED = 1_000
"""So many numbers at the beginning belong to fixtures and examples."""
MOST = len(MOBILE_BLOCKS) * 1_000_000 - RESERVED

PLACES: dict[str, tuple[int, tuple[int, ...]]] = {
    "Oslo": (24, (155, 170, 182, 258, 355, 461, 556, 657, 855, 1182)),
    "Bergen": (11, (5003, 5011, 5015, 5031, 5055, 5058)),
    "Trondheim": (8, (7010, 7014, 7030, 7041, 7052)),
    "Stavanger": (6, (4005, 4010, 4014, 4021)),
    "Drammen": (4, (3015, 3044)),
    "Kristiansand S": (4, (4608, 4616, 4630)),
    "Tromsø": (4, (9008, 9010, 9019)),
    "Fredrikstad": (3, (1605, 1607, 1614)),
    "Tønsberg": (3, (3110, 3112, 3117)),
    "Ålesund": (3, (6002, 6004)),
    "Bodø": (3, (8003, 8006)),
    "Lillehammer": (3, (2609, 2615)),
    "Sandvika": (2, (1337, 1338)),
    "Asker": (2, (1383, 1384)),
    "Hamar": (2, (2315, 2317)),
    "Haugesund": (2, (5523, 5525)),
    "Skien": (2, (3715, 3717)),
    "Arendal": (2, (4836, 4838)),
    "Molde": (2, (6412, 6413)),
    "Gjøvik": (2, (2815, 2819)),
    "Narvik": (1, (8514, 8517)),
    "Alta": (1, (9510, 9513)),
    "Voss": (1, (5700, 5704)),
    "Jar": (1, (1358,)),
}
"""Cities, how often one occurs, and some of its postcodes (0155 is 155: `zip` is an Integer)."""

STREETS = (
    "Bjørkeveien",
    "Elveveien",
    "Fjellveien",
    "Granveien",
    "Havnegata",
    "Kirkegata",
    "Lyngveien",
    "Parkveien",
    "Skogveien",
    "Skolegata",
    "Solbakken",
    "Storgata",
    "Strandveien",
    "Åsveien",
)
DOMAINS = ("example.com", "example.net", "example.org")

_CITIES = tuple(PLACES)
_WEIGHTS = tuple(weight for weight, _ in PLACES.values())
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", " ": "-"})


def rows(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """`count` members. Raises ValueError where there are not so many phone numbers."""
    if not 0 <= count <= MOST:
        raise ValueError(f"{count} rows: from 0 to {MOST} can be made, each with a phone number of its own")
    people = Faker("no_NO")
    people.seed_instance(f"infact/members/{seed}")
    return (member(people, FIRST_ID + number, mobile(RESERVED + number)) for number in range(count))


def streams(counts: Mapping[str, int], seed: int) -> dict[str, Iterator[dict[str, Any]]]:
    """The rows, as the only kind there is."""
    return {"rows": rows(counts["rows"], seed)}


def mobile(number: int) -> str:
    """The mobile number that stands at `number` in the row of all of them."""
    block, rest = divmod(number, 1_000_000)
    return f"+47{MOBILE_BLOCKS[block]}{rest:06d}"


def member(people: Faker, id: int, phone: str) -> dict[str, Any]:
    """One member with this id and number, the rest drawn from `people`."""
    draw = people.random
    gender = draw.choice("FM")
    first = people.first_name_female() if gender == "F" else people.first_name_male()
    last = people.last_name()
    city = draw.choices(_CITIES, _WEIGHTS)[0]
    born = (1940 + draw.randint(0, 33) + draw.randint(0, 33), draw.randint(1, 12), draw.randint(1, 28))
    return {
        "id": id,
        "firstname": first,
        "lastname": last,
        "dateOfBirth": "{:04d}-{:02d}-{:02d}".format(*born),
        "gender": gender,
        "phone": phone,
        "email": f"{_mailbox(first)}.{_mailbox(last)}.{id}@{draw.choice(DOMAINS)}",
        "address": f"{draw.choice(STREETS)} {draw.randint(1, 120)}",
        "zip": draw.choice(PLACES[city][1]),
        "city": city,
    }


def _mailbox(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    return plain.encode("ascii", "ignore").decode()
