"""The fields that subscriptions to a channel of a resource have, those of the system first."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document

Field = dict[str, Any]


def _system(name: str, title: str, type: str = "unicode", dictionary: str | None = None) -> Field:
    return {"name": name, "title": title, "type": type, "required": False, "dictionary": dictionary}


# guide, Get resource fields; its list is longer than what could be read of it
SYSTEM = (
    _system("_device_type", "Device type", dictionary="devices"),
    _system("_device_model", "Device model"),
    _system("_device_name", "Device name"),
    _system("_os", "Operating system", dictionary="oses"),
    _system("_os_ver", "Operating system version", "version"),
    _system("_os_tz", "Time zone", dictionary="tz"),
    _system("_os_language", "Language", dictionary="languages"),
    _system("_ad_track", "Advertising tracking", "bool"),
    _system("_ad_id", "Advertising id"),
    _system("_app_id", "Application id"),
    _system("_app_iid", "Application installation id"),
    _system("_app_ver", "Application version", "version"),
    _system("_browser_name", "Browser"),
)


def custom(resource: Document, channel: str) -> list[Field]:
    """The fields that the account gave to subscriptions on that channel."""
    found: list[Field] = resource["fields"].get(channel, [])
    return found


def field(resource: Document, channel: str, name: str) -> Field | None:
    """The field of that name in the API, if there is one."""
    return next((one for one in (*SYSTEM, *custom(resource, channel)) if one["name"] == name), None)
