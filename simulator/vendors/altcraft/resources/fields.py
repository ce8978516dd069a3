"""The fields that subscriptions to a channel of a resource have, those of the system first."""

from __future__ import annotations

from simulator.kernel.store import Document
from simulator.vendors.altcraft.databases.fields import Field, system

# guide, Get resource fields; its list is longer than what could be read of it
SYSTEM = (
    system("_device_type", "Device type", dictionary="devices"),
    system("_device_model", "Device model"),
    system("_device_name", "Device name"),
    system("_os", "Operating system", dictionary="oses"),
    system("_os_ver", "Operating system version", "version"),
    system("_os_tz", "Time zone", dictionary="tz"),
    system("_os_language", "Language", dictionary="languages"),
    system("_ad_track", "Advertising tracking", "bool"),
    system("_ad_id", "Advertising id"),
    system("_app_id", "Application id"),
    system("_app_iid", "Application installation id"),
    system("_app_ver", "Application version", "version"),
    system("_browser_name", "Browser"),
)


def custom(resource: Document, channel: str) -> list[Field]:
    """The fields that the account gave to subscriptions on that channel."""
    found: list[Field] = resource["fields"].get(channel, [])
    return found


def field(resource: Document, channel: str, name: str) -> Field | None:
    """The field of that name in the API, if there is one."""
    return next((one for one in (*SYSTEM, *custom(resource, channel)) if one["name"] == name), None)
