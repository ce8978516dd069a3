"""Make fixtures/footprints/demo.yaml, a year of shopping centres: `python -m scripts.make_footprints_demo`.

What an invented group of Romanian shopping centres has set up is written by hand, in
footprints_demo_setup.yaml. The year after that is played (footprints_year.py): each lead, change, action
and visit is a call of the API, in a world of its own whose clock stands where the call is made; timelines
and histories are what the calls left. The same code and the same Faker give the same file, byte for byte,
on any day; a test holds the file to that. With `-` as argument the document goes to standard output
instead.
"""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import yaml
from faker import Faker

from scripts.footprints_year import FIRST_DAY, LAST_DAY, Fields, Year
from simulator.kernel.clock import to_milliseconds
from simulator.vendors.footprints import dates, fixture
from simulator.vendors.footprints.state import CLIENTS, CODES, COLLECTIONS

HERE = Path(__file__).parent
SETUP = HERE / "footprints_demo_setup.yaml"
TARGET = HERE.parent / "fixtures" / "footprints" / "demo.yaml"
PEOPLE, SECOND_LEADS, MAILS, CODES_IN_CLUB, CODES_INSTANT = 220, 45, 20, 240, 80
WEB_VISITORS, APP_USERS = 60, 45

HEADER = """\
# Galeriile Exemplu, an invented group of four Romanian shopping centres, and what a year of calls left
# behind. Made by scripts/make_footprints_demo.py; change that, not this. Names come from Faker and belong to
# nobody, e-mail addresses end in example.com, .net or .org, and phone numbers begin with +40000.
"""


# --- what is set up by the hundred --------------------------------------------------------------


def codes(draw: Random, campaigns: list[Fields]) -> Iterator[Fields]:
    """The codes of the loyalty campaigns, all of them free."""
    loyalty = [found for found in campaigns if found["type"] == "drive_loyalty"]
    number = 0
    for campaign, many in zip(loyalty, (CODES_IN_CLUB, CODES_INSTANT), strict=True):
        prizes = campaign["fields"]["loyaltySettings"]["loyaltyPrizeTypes"]
        for drawn in sorted(draw.sample(range(32**8), many)):
            number += 1
            prize = draw.choices(prizes, [prize["totalCodes"] for prize in prizes])[0]
            yield {
                "id": f"5b00000000000000000e{number:04d}",
                "code": written(drawn),
                "campaign": campaign["id"],
                "prize": {"name": prize["name"], "pointsValue": prize["pointsValue"]},
                "changedAt": campaign["createdAt"],
            }


def written(drawn: int) -> str:
    """A number as eight letters and digits that are not mistaken for others."""
    return "".join("ABCDEFGHJKLMNPQRSTUVWXYZ23456789"[drawn >> shift & 31] for shift in range(35, -1, -5))


# --- people and their leads ---------------------------------------------------------------------

CITIES = {"Cluj-Napoca": "Cluj", "Iași": "Iași", "Timișoara": "Timiș", "Constanța": "Constanța"}
LIVES = (
    (("prospect",), 12),
    (("lead",), 26),
    (("lead", "sale_lead"), 18),
    (("lead", "sale_lead", "opportunity"), 14),
    (("lead", "sale_lead", "opportunity", "customer"), 20),
    (("lead", "lost"), 8),
    (("lead", "sale_lead", "lost"), 8),
)
"""Which statuses a lead goes through, and how many of a hundred do."""
REASONS = ("price_too_high", "wrong_time", "competition", "need", "lost_momentum", "other")
SAID = ("Revine la anul.", "Prețul este prea mare.", "A ales alt centru.", "")


def person(year: Year, number: int) -> Fields:
    """What is known of somebody who does not exist."""
    draw, people = year.draw, year.people
    sex = draw.choice(("female", "male"))
    first = people.first_name_female() if sex == "female" else people.first_name_male()
    last = people.last_name()
    city = draw.choice(list(CITIES))
    ending = draw.choice(("com", "net", "org"))
    known: Fields = {
        "userFirstName": first,
        "userLastName": last,
        "userEmail": f"{plain(first)}.{plain(last)}.{number}@example.{ending}",
        "userPhone": f"+40000{100_000 + number}",
        "userSex": sex,
        "userCity": city,
        "userCounty": CITIES[city],
        "userCountry": "Romania",
        "userBirthday": (date(1945, 1, 1) + timedelta(days=draw.randrange(60 * 365))).isoformat(),
        "userExternalId": f"GAL-{number:05d}",
        "agreeTandc": True,
        "agreePrivacy": True,
        "agreeToCollect": draw.random() < 0.8,
        "agreedTargetedMessages": draw.random() < 0.5,
        "isAdult": True,
    }
    if draw.random() < 0.4:
        kids = draw.randint(0, 3)
        known |= {"hasKids": kids > 0, "noOfKids": kids}
    return known


def plain(name: str) -> str:
    """A name as it stands in an address: without marks, blanks and capitals."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "".join(letter for letter in letters.lower() if letter.isalnum())


def lead(year: Year, known: Fields, begin: datetime) -> None:
    """A lead that comes at `begin` and goes through one of LIVES."""
    draw = year.draw
    statuses = draw.choices([life for life, _ in LIVES], [often for _, often in LIVES])[0]
    offer = draw.choice(year.setup["offers"])
    assigned = draw.random() < 0.8
    fields = known | {
        "offerCategoryId": offer["offerCategoryId"],
        "offerId": offer["id"],
        "locationId": year.one("locations"),
        "channelId": year.one("channels"),
        "tags": draw.sample(["club", "firmă", "recomandat", "newsletter"], draw.randint(0, 2)),
        "marketingChannels": [
            {"channel": channel, "type": "owner", "agreed": draw.random() < 0.7}
            for channel in ("email", "sms")
        ],
        **({"consultantId": draw.choice(year.setup["people"][:2])["id"]} if assigned else {}),
        **(
            {"offlineCampaignId": draw.choice(year.setup["campaigns"][:2])["id"]}
            if draw.random() < 0.2
            else {}
        ),
        **({"favouriteShop": draw.choice(("Librărie", "Cafenea", "Sport"))} if draw.random() < 0.2 else {}),
    }
    made: list[str] = []

    def come() -> None:
        if statuses == ("prospect",):
            company = {"companyName": year.people.company(), "potentialScore": str(draw.randint(10, 95))}
            names = ("userFirstName", "userLastName", "userEmail", "userPhone", "userCountry")
            answer = year.api("POST", "/prospect", {name: known[name] for name in names} | company)
        else:
            answer = year.api("POST", "/lead", fields)
        made.append(answer["_id"])

    year.later(begin, come)
    at = begin
    for status in statuses[1:]:
        at = year.after(at, 25)
        year.later(at, partial(advance, year, made, status, offer))
    follow_up(year, made, begin, statuses)


def advance(year: Year, made: list[str], status: str, offer: Fields) -> None:
    """What is sent when a lead reaches a status."""
    draw, (lead_id,) = year.draw, made
    if status == "lost":
        loss = {"reasonLost": draw.choice(REASONS), "comment": draw.choice(SAID)}
        year.api("PUT", f"/lead/{lead_id}/leadLost", loss)
        return
    change: Fields = {"status": status}
    skus = [sku for sku in year.setup["skus"] if sku["offerId"] == offer["id"]]
    if skus and status in ("opportunity", "customer"):
        sku = draw.choice(skus)
        change |= {"skuId": sku["id"], "skuExternalId": sku["externalId"]}
    if status == "customer":
        with year.world.entered():
            today = dates.now(year.world)[:10]
        change |= {
            "contractNumber": f"GE-{today[:4]}-{draw.randint(1000, 9999)}",
            "contractValue": draw.randint(5, 400) * 100,
            "contractDate": today,
            "contractDescription": offer["name"],
        }
    year.api("PUT", f"/lead/{lead_id}", change)


def follow_up(year: Year, made: list[str], begin: datetime, statuses: tuple[str, ...]) -> None:
    """What is noted about a lead, what it says of the business, and the contract's file."""
    draw = year.draw
    for _ in range(draw.choice((0, 0, 1, 1, 2))):
        year.later(year.after(begin, 40), lambda: act(year, made[0]))
    if draw.random() < 0.25:
        rating = {"nps": draw.choice((3, 6, 7, 8, 9, 9, 10, 10)), "comment": "Mulțumesc!"}
        year.later(year.after(begin, 60), lambda: year.api("PUT", f"/lead/{made[0]}/nps", rating))
    if "customer" in statuses and draw.random() < 0.5:
        year.later(year.after(begin, 90), lambda: upload(year, made[0]))


def act(year: Year, lead_id: str) -> None:
    with year.world.entered():
        due = year.world.clock.now() + timedelta(days=year.draw.randint(0, 9))
    kind = year.draw.choice(year.setup["action_types"])
    about = year.draw.choice(("prima discuție", "detalii ale ofertei", "contract"))
    year.api(
        "POST",
        "/lead/action",
        {
            "leadId": lead_id,
            "leadActionTypeId": kind["id"],
            "actionDetail": f"{kind['name']}: {about}",
            "date": f"{due:%Y-%m-%d} {year.draw.randint(9, 17):02d}:00:00",
        },
    )


def upload(year: Year, lead_id: str) -> None:
    file = (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), f"contract-{lead_id[-4:]}.pdf", "application/pdf")
    year.api("PUT", f"/lead/{lead_id}/contracts", json=None, data={"documents": file})


# --- codes and visits ---------------------------------------------------------------------------


def give_codes(year: Year, everybody: list[Fields]) -> None:
    """Codes are given to clients by the vendor's own product, so here by hand; the rest are calls."""
    for campaign, first, last in (
        ("5b0000000000000000000701", FIRST_DAY + timedelta(days=20), LAST_DAY),
        ("5b0000000000000000000702", datetime(2023, 9, 2, tzinfo=UTC), datetime(2023, 11, 28, tzinfo=UTC)),
    ):
        for code in [code for code in year.setup["codes"] if code["campaign"] == campaign]:
            known = year.draw.choice(everybody)
            given = year.after(first, (last - first).days)
            if year.draw.random() < 0.6:
                year.later(given, partial(give, year, code, known))


def give(year: Year, code: Fields, known: Fields) -> None:
    """A code becomes a client's, if the person is one by now; later it may be redeemed, seldom blocked."""
    campaign = next(found for found in year.setup["campaigns"] if found["id"] == code["campaign"])
    with year.world.entered(), year.world.store.transaction():
        client = year.world.store.table(CLIENTS).first("userExternalId", known["userExternalId"])
        now = year.world.clock.now()
        if client is None:
            return
        stored = year.world.store.table(CODES)[code["id"]]
        associated = {"status": "associated", "client": client["id"], "location": campaign["locationId"]}
        year.world.store.table(CODES).put(stored | associated | {"changedAt": to_milliseconds(now)})
    use = {
        "userEmail": known["userEmail"],
        "userPhone": known["userPhone"],
        "campaignInternalId": campaign["internalId"],
        "code": code["code"],
    }
    chance = year.draw.random()
    if chance < 0.55:
        change = use | ({"status": "blocked"} if chance < 0.08 else {})
        year.later(
            year.after(now, 30),
            lambda: year.api("POST", "/loyaltyCode/change", change, token="demo-token-of-hostess"),
        )


def write_mails(year: Year, everybody: list[Fields]) -> None:
    for known in year.draw.sample(everybody, MAILS):
        names = {"firstName": known["userFirstName"], "lastName": known["userLastName"]}
        mail = {"templateKey": "demo1welcome1", "email": known["userEmail"]} | names
        year.later(year.some_time(), partial(year.api, "POST", "/notifications/send", mail))


def visit_pages(year: Year, everybody: list[Fields]) -> None:
    """Visits of the site: of people who may be clients by then, and of people who say nothing."""
    draw = year.draw
    for known in draw.sample(everybody, WEB_VISITORS):
        visit = {"email": known["userEmail"]} if draw.random() < 0.6 else {}
        browser = {"browserType": draw.choice(("Chrome", "Firefox", "Safari")), "screenSize": "1920x1080"}
        year.later(year.some_time(), partial(browse, year, visit | {"technicalInfo": browser}))


def browse(year: Year, visit: Fields) -> None:
    session = year.tracked("/jsapi/init", visit)
    uid = session.get("uid") or session["pid"]
    sent = {"uid": uid, "uType": "c" if "uid" in session else "p", "requestType": "action"}
    for _ in range(year.draw.randint(1, 3)):
        year.tracked("/jsapi/send", sent | act_of_visitor(year.draw))


def act_of_visitor(draw: Random) -> Fields:
    shops = draw.sample(["Librăria Exemplu", "Cafeneaua Model", "Sport Probă", "Jucării Exemplu"], 2)
    return draw.choice(
        (
            {"actionType": "visit", "additionalData": {"tenants": shops, "interests": ["reduceri"]}},
            {"actionType": "visit", "additionalData": {"brands": shops[:1]}},
            {
                "actionType": "sale",
                "additionalData": {"receipts": [{"name": shops[0], "value": draw.randint(20, 900)}]},
            },
            {"actionType": "feedback", "additionalData": {"rating": draw.randint(6, 10)}},
        )
    )


def use_app(year: Year, everybody: list[Fields]) -> None:
    """Users of the app: what they do in it, and where they are when they do."""
    for number, known in enumerate(year.draw.sample(everybody, APP_USERS), 1):
        device = {"deviceOs": year.draw.choice(("Android", "iOS")), "deviceType": "PHONE"}
        start: Fields = {"pushNotificationToken": f"demo-push-{number:04d}", "technicalInfo": device}
        if year.draw.random() < 0.7:
            start["userEmail"] = known["userEmail"]
        year.later(year.some_time(), partial(open_app, year, start))


def open_app(year: Year, start: Fields) -> None:
    mid = {"mid": year.tracked("/mobileapi/init", start)["mobileId"]}
    year.tracked("/mobileapi/send", mid | {"requestType": "action"} | act_of_visitor(year.draw))
    latitude, longitude = year.draw.choice(year.setup["locations"])["coords"]
    aside = year.draw.randint(-20, 20) / 1000
    near = {"lat": round(latitude + aside, 3), "lon": round(longitude + aside, 3), "accuracy": 12}
    year.tracked("/mobileapi/geo", mid | near)


# --- the file -----------------------------------------------------------------------------------


def document() -> dict[str, list[Fields]]:
    """The fixture: what is stored after the year, without what a fixture may leave out."""
    people = Faker("ro_RO")
    people.seed_instance("galerii")
    setup = yaml.safe_load(SETUP.read_text(encoding="utf-8"))
    setup["codes"] = list(codes(people.random, setup["campaigns"]))
    year = Year(people, setup)
    everybody = [person(year, number) for number in range(1, PEOPLE + 1)]
    for known in everybody:
        lead(year, known, year.some_time())
    for known in year.draw.sample(everybody, SECOND_LEADS):
        lead(year, known, year.some_time())
    give_codes(year, everybody)
    write_mails(year, everybody)
    visit_pages(year, everybody)
    use_app(year, everybody)
    year.play()
    with year.world.entered():
        kept = {
            collection.name.partition("/")[2]: list(year.world.store.table(collection).scan())
            for collection in COLLECTIONS
        }
    for done in kept["tracked"]:
        del done["id"]
    return {name: [short(name, found) for found in rows] for name, rows in kept.items() if rows}


def short(collection: str, stored: Fields) -> Fields:
    """A stored document without the members that a fixture may leave out."""
    usual = fixture.DEFAULTS.get(collection, {})
    same = fixture.SAME.get(collection, {})
    for snapshot in stored["history"] if collection == "leads" else []:
        if snapshot["fields"] == stored["fields"]:
            del snapshot["fields"]
    return {
        name: value
        for name, value in stored.items()
        if not (name in usual and usual[name] == value) and not (name in same and stored[same[name]] == value)
    }


def text() -> str:
    """The file: a line for each document."""
    parts = [HEADER]
    for name, rows in document().items():
        parts.append(f"{name}:\n")
        parts += [f"- {json.dumps(row, ensure_ascii=False)}\n" for row in rows]
    return "".join(parts)


if __name__ == "__main__":
    if sys.argv[1:] == ["-"]:
        sys.stdout.buffer.write(text().encode())
    else:
        TARGET.write_text(text(), encoding="utf-8")
