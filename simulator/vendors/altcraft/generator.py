"""Made-up profiles, by the thousand: `simulator generate altcraft`.

    streams(counts, seed)   the profiles, one at a time, as `data` of an import takes them
    kinds                   the names of their fields, for CSV; lists and objects are JSON in a cell
    envelope                what stands around them in a JSON document, which is a body for
                            /api/v1.1/profiles/import_batch; its token goes into the header Authorization

They go to database 5 and subscribe to resource 1, which the fixtures `docs` and `demo` have. CRM_ID is
GEN-000001 and on, phone numbers begin with +7000. Names come from Faker's Russian lists and belong to
nobody; e-mail addresses end in example.com, .net or .org. The same count and seed give the same profiles on
every machine with the same Faker; fewer are the beginning of more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from faker import Faker

DATABASE, RESOURCE = 5, 1
kinds: dict[str, tuple[str, ...]] = {
    "profiles": (
        "email",
        "phones",
        "_fname",
        "_lname",
        "_sex",
        "_bdate",
        "_city",
        "_region",
        "_country",
        "_postal_code",
        "_tz",
        "_regdate",
        "CRM_ID",
        "bonus",
        "interests",
        "subscriptions",
    )
}
envelope: tuple[bytes, ...] = (f'{{"db_id":{DATABASE},"matching":"email","data":['.encode(), b"]}")

FIRST_NUMBER = 100_000
"""The first phone number is +70000100000: those below belong to fixtures and examples."""
MOST = 1_000_000
DOMAINS = ("example.com", "example.net", "example.org")
PROVIDERS = ("android-firebase", "ios-firebase", "android-huawei", "android-rustore")
INTERESTS = ("сад", "рассада", "розы", "инструмент", "полив", "теплицы", "цветы дома", "травы")
Place = tuple[str, str, str, str, int]
PLACES: tuple[Place, ...] = (
    ("Москва", "Москва", "101000", "Europe/Moscow", 24),
    ("Санкт-Петербург", "Санкт-Петербург", "190000", "Europe/Moscow", 14),
    ("Казань", "Республика Татарстан", "420000", "Europe/Moscow", 7),
    ("Нижний Новгород", "Нижегородская область", "603000", "Europe/Moscow", 6),
    ("Самара", "Самарская область", "443000", "Europe/Samara", 6),
    ("Екатеринбург", "Свердловская область", "620000", "Asia/Yekaterinburg", 8),
    ("Пермь", "Пермский край", "614000", "Asia/Yekaterinburg", 4),
    ("Новосибирск", "Новосибирская область", "630000", "Asia/Novosibirsk", 8),
    ("Томск", "Томская область", "634000", "Asia/Tomsk", 3),
    ("Краснодар", "Краснодарский край", "350000", "Europe/Moscow", 6),
    ("Тверь", "Тверская область", "170000", "Europe/Moscow", 3),
    ("Владивосток", "Приморский край", "690000", "Asia/Vladivostok", 3),
)
"""City, region, postal code, time zone, and how often it occurs."""
LATIN = str.maketrans("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", "ъь") | str.maketrans(
    {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
)
"""How names are written in addresses."""


def streams(counts: Mapping[str, int], seed: int) -> dict[str, Iterator[dict[str, Any]]]:
    """`profiles`. Raises ValueError where there are not so many phone numbers."""
    count = counts.get("profiles", 0)
    if count > MOST:
        raise ValueError(
            f"{count} profiles: from 0 to {MOST} can be made, each with a phone number of its own"
        )
    return {"profiles": _profiles(count, seed)}


def _profiles(count: int, seed: int) -> Iterator[dict[str, Any]]:
    people = Faker("ru_RU")
    people.seed_instance(f"altcraft/profiles/{seed}")
    for number in range(1, count + 1):
        made = profile(people, number, phone(FIRST_NUMBER + number - 1))
        yield made | {"subscriptions": list(subscriptions(people.random, made))}


def phone(number: int) -> str:
    """A number of a network that there is not."""
    return f"+7000{number:07d}"


def profile(people: Faker, number: int, phone: str, prefix: str = "GEN") -> dict[str, Any]:
    """One person with this phone number, the rest drawn from `people`; without subscriptions."""
    draw = people.random
    woman = draw.random() < 0.55
    first = people.first_name_female() if woman else people.first_name_male()
    last = people.last_name_female() if woman else people.last_name_male()
    city, region, code, zone, _ = draw.choices(PLACES, [place[4] for place in PLACES])[0]
    born = (1945 + draw.randint(0, 30) + draw.randint(0, 30), draw.randint(1, 12), draw.randint(1, 28))
    return {
        "email": f"{_mailbox(first)}.{_mailbox(last)}.{number}@{draw.choice(DOMAINS)}",
        "phones": [phone],
        "_fname": first,
        "_lname": last,
        "_sex": "female" if woman else "male",
        "_bdate": "{:04d}-{:02d}-{:02d}".format(*born),
        "_city": city,
        "_region": region,
        "_country": "RU",
        "_postal_code": code,
        "_tz": zone,
        "_regdate": f"{draw.randint(2020, 2023)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
        "CRM_ID": f"{prefix}-{number:06d}",
        "bonus": draw.randint(0, 60) * 50,
        "interests": draw.sample(INTERESTS, draw.randint(0, 3)),
    }


def subscriptions(draw: Random, made: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """To e-mail always, to the other channels of the resource now and then."""
    yield {"resource_id": RESOURCE, "channel": "email", "email": made["email"]}
    if draw.random() < 0.7:
        yield {"resource_id": RESOURCE, "channel": "sms", "phone": made["phones"][0]}
    if draw.random() < 0.3:
        yield {
            "resource_id": RESOURCE,
            "channel": "push",
            "provider": draw.choice(PROVIDERS),
            "subscription_id": f"push-{draw.getrandbits(64):016x}",
        }


def _mailbox(name: str) -> str:
    return "".join(sign for sign in name.lower().translate(LATIN) if sign.isascii() and sign.isalnum())
