"""The fields that every profile has: their titles in the panel and types (altcraft.system-field-titles)."""

from __future__ import annotations

from typing import Any

Field = dict[str, Any]


def system(name: str, title: str, type: str = "unicode", dictionary: str | None = None) -> Field:
    """A field of the platform itself, in the shape of the account's own (state.py)."""
    return {"name": name, "title": title, "type": type, "required": False, "dictionary": dictionary}


SYSTEM = (
    system("email", "Email"),
    system("phones", "Phones", "tags"),
    system("_status", "Status", "int"),
    system("_fname", "First name"),
    system("_lname", "Last name"),
    system("_sex", "Gender", "int"),
    system("_bdate", "Date of birth", "date"),
    system("_city", "City"),
    system("_region", "Region"),
    system("_country", "Country"),
    system("_postal_code", "Postal code"),
    system("_tz", "Time zone", dictionary="tz"),
    system("_ip", "IP address"),
    system("_os", "Operating system", dictionary="oses"),
    system("_browser", "Browser"),
    system("_vendor", "Lead source"),
    system("_regdate", "Registration date", "date"),
    system("_regip", "Registration IP address"),
    system("_regcity", "Registration city"),
    system("_regcountry", "Registration country"),
    system("_regurl", "Registration URL"),
)
