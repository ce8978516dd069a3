"""The fields that every profile has: their titles in the panel and types (altcraft.system-field-titles)."""

from __future__ import annotations

from typing import Any

Field = dict[str, Any]


def _system(name: str, title: str, type: str = "unicode", dictionary: str | None = None) -> Field:
    return {"name": name, "title": title, "type": type, "required": False, "dictionary": dictionary}


SYSTEM = (
    _system("email", "Email"),
    _system("phones", "Phones", "tags"),
    _system("_status", "Status", "int"),
    _system("_fname", "First name"),
    _system("_lname", "Last name"),
    _system("_sex", "Gender", "int"),
    _system("_bdate", "Date of birth", "date"),
    _system("_city", "City"),
    _system("_region", "Region"),
    _system("_country", "Country"),
    _system("_postal_code", "Postal code"),
    _system("_tz", "Time zone", dictionary="tz"),
    _system("_ip", "IP address"),
    _system("_os", "Operating system", dictionary="oses"),
    _system("_browser", "Browser"),
    _system("_vendor", "Lead source"),
    _system("_regdate", "Registration date", "date"),
    _system("_regip", "Registration IP address"),
    _system("_regcity", "Registration city"),
    _system("_regcountry", "Registration country"),
    _system("_regurl", "Registration URL"),
)
