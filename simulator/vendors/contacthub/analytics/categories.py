"""Groups of event types; the vendor's own are not known."""

from __future__ import annotations

from collections.abc import Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "web": (
        "abandonedSession",
        "changedSetting",
        "clickedLink",
        "formCompiled",
        "loggedIn",
        "loggedOut",
        "searched",
        "viewedPage",
    ),
    "product": (
        "addedCompare",
        "addedWishlist",
        "removedCompare",
        "removedWishlist",
        "reviewedProduct",
        "viewedProduct",
        "viewedProductCategory",
    ),
    "order": ("abandonedCart", "addedProduct", "completedOrder", "orderShipped", "removedProduct"),
    "campaign": (
        "campaignBlacklisted",
        "campaignBounced",
        "campaignLinkClicked",
        "campaignMarkedSpam",
        "campaignOpened",
        "campaignOptinRequested",
        "campaignSent",
        "campaignSubscribed",
        "campaignUnsubscribed",
    ),
    "ticket": ("closedTicket", "openedTicket", "repliedTicket"),
    "reward": ("addedReward", "grantedCoupon", "removedReward"),
    "attendance": (
        "eventConfirmed",
        "eventDeclined",
        "eventEligible",
        "eventInvited",
        "eventNoShow",
        "eventNotInvited",
        "eventParticipated",
        "eventRegistered",
    ),
    "service": ("serviceSubscribed", "serviceUnsubscribed"),
}
OTHER = "other"
CATEGORY = {kind: name for name, kinds in GROUPS.items() for kind in kinds}


def category(event_type: str) -> str:
    return CATEGORY.get(event_type, OTHER)
