"""What the platform itself defines: event types, base properties, records of the analysis product.

Labels and descriptions are ours; the vendor's are not known.
"""

from __future__ import annotations

EVENT_TYPES: dict[str, tuple[str, str]] = {
    "abandonedCart": ("Abandoned cart", "The customer left a cart without buying."),
    "abandonedSession": ("Abandoned session", "The customer left after looking at products."),
    "addedCompare": ("Added to comparison", "The customer put a product among those to compare."),
    "addedProduct": ("Added to cart", "The customer put a product into the cart."),
    "addedReward": ("Added reward", "The customer was given a reward."),
    "addedWishlist": ("Added to wish list", "The customer put a product on the wish list."),
    "campaignBlacklisted": ("Campaign blacklisted", "The customer's address is on a blacklist."),
    "campaignBounced": ("Campaign bounced", "A message could not be delivered."),
    "campaignLinkClicked": ("Campaign link clicked", "The customer followed a link of a message."),
    "campaignMarkedSpam": ("Campaign marked as spam", "The customer took a message for spam."),
    "campaignOpened": ("Campaign opened", "The customer opened a message."),
    "campaignOptinRequested": ("Opt-in requested", "The customer was asked to confirm a subscription."),
    "campaignSent": ("Campaign sent", "A message was sent to the customer."),
    "campaignSubscribed": ("Campaign subscribed", "The customer subscribed to a list."),
    "campaignUnsubscribed": ("Campaign unsubscribed", "The customer left a list."),
    "changedSetting": ("Changed setting", "The customer changed a setting."),
    "clickedLink": ("Clicked link", "The customer followed a link."),
    "closedTicket": ("Closed ticket", "A request for help was closed."),
    "completedOrder": ("Completed order", "The customer bought something."),
    "eventConfirmed": ("Event confirmed", "The customer will come to an event."),
    "eventDeclined": ("Event declined", "The customer will not come to an event."),
    "eventEligible": ("Event eligible", "The customer may be invited to an event."),
    "eventInvited": ("Event invited", "The customer was invited to an event."),
    "eventNoShow": ("Event missed", "The customer did not come to an event."),
    "eventNotInvited": ("Event not invited", "The customer was not invited to an event."),
    "eventParticipated": ("Event visited", "The customer came to an event."),
    "eventRegistered": ("Event registered", "The customer signed up for an event."),
    "formCompiled": ("Form filled in", "The customer filled in a form."),
    "genericActiveEvent": ("Generic active event", "The customer did something."),
    "genericPassiveEvent": ("Generic passive event", "Something happened to the customer."),
    "grantedCoupon": ("Granted coupon", "The customer was given a coupon."),
    "loggedIn": ("Logged in", "The customer logged in."),
    "loggedOut": ("Logged out", "The customer logged out."),
    "openedTicket": ("Opened ticket", "The customer asked for help."),
    "orderShipped": ("Order shipped", "An order was sent to the customer."),
    "removedCompare": ("Removed from comparison", "The customer no longer compares a product."),
    "removedProduct": ("Removed from cart", "The customer took a product out of the cart."),
    "removedReward": ("Removed reward", "A reward was taken from the customer."),
    "removedWishlist": ("Removed from wish list", "The customer took a product off the wish list."),
    "repliedTicket": ("Replied ticket", "A request for help was answered."),
    "reviewedProduct": ("Reviewed product", "The customer reviewed a product."),
    "searched": ("Searched", "The customer searched for something."),
    "serviceSubscribed": ("Service subscribed", "The customer subscribed to a service."),
    "serviceUnsubscribed": ("Service unsubscribed", "The customer gave a service up."),
    "surveyCompiled": ("Survey filled in", "The customer answered a survey."),
    "viewedPage": ("Viewed page", "The customer looked at a page."),
    "viewedProduct": ("Viewed product", "The customer looked at a product."),
    "viewedProductCategory": ("Viewed product category", "The customer looked at a category of products."),
}
"""Type → label, description."""

PASSIVE = frozenset(
    {
        "addedReward",
        "campaignBlacklisted",
        "campaignBounced",
        "campaignOptinRequested",
        "campaignSent",
        "eventEligible",
        "eventInvited",
        "eventNotInvited",
        "genericPassiveEvent",
        "grantedCoupon",
        "orderShipped",
        "removedReward",
        "repliedTicket",
    }
)
"""Types of what the customer received; all others are what the customer did."""

BASE_PROPERTIES: dict[str, str] = {
    "address": "Address",
    "address.city": "City",
    "address.country": "Country",
    "address.geo": "Place on the map",
    "address.geo.lat": "Latitude",
    "address.geo.lon": "Longitude",
    "address.province": "Province",
    "address.street": "Street",
    "address.zip": "Postal code",
    "address.region": "Region",
    "contacts": "Contacts",
    "contacts.email": "E-mail address",
    "contacts.fax": "Fax number",
    "contacts.mobileDevices": "Mobile devices",
    "contacts.mobilePhone": "Mobile phone number",
    "contacts.otherContacts": "Other contacts",
    "contacts.phone": "Phone number",
    "credential": "Credentials",
    "credential.password": "Password",
    "credential.username": "User name",
    "dob": "Date of birth",
    "educations": "Educations",
    "firstName": "First name",
    "gender": "Gender",
    "jobs": "Jobs",
    "lastName": "Last name",
    "likes": "Likes",
    "locale": "Locale",
    "middleName": "Middle name",
    "pictureUrl": "Picture",
    "prefix": "Prefix",
    "socialProfile": "Social profiles",
    "socialProfile.facebook": "Facebook",
    "socialProfile.google": "Google",
    "socialProfile.instagram": "Instagram",
    "socialProfile.linkedin": "LinkedIn",
    "socialProfile.qzone": "Qzone",
    "socialProfile.twitter": "Twitter",
    "subscriptions": "Subscriptions",
    "timezone": "Time zone",
    "title": "Title",
}
"""Name without the leading `base.` → description."""

PLAN_MODELS: dict[str, tuple[str, ...]] = {
    "ABANDONED_CART": ("abandonedCart",),
    "ATTENDANCE_EVENT": (
        "eventConfirmed",
        "eventDeclined",
        "eventEligible",
        "eventInvited",
        "eventNoShow",
        "eventNotInvited",
        "eventParticipated",
        "eventRegistered",
    ),
    "COUPON": ("grantedCoupon",),
    "ORDER": ("completedOrder",),
    "ORDER_LINE": ("completedOrder",),
    "PRODUCT_INTERACTION": (
        "addedCompare",
        "addedProduct",
        "addedWishlist",
        "removedCompare",
        "removedProduct",
        "removedWishlist",
        "reviewedProduct",
        "viewedProduct",
    ),
    "SERVICE_SUBSCRIBED": ("serviceSubscribed",),
    "SERVICE_UNSUBSCRIBED": ("serviceUnsubscribed",),
    "WEB_BROWSING_EVENT": ("clickedLink", "searched", "viewedPage", "viewedProductCategory"),
}
"""Kind of record of the analysis product → the event types it is made from."""

WITH_PRODUCTS = frozenset({"ABANDONED_CART", "ORDER", "ORDER_LINE", "PRODUCT_INTERACTION"})
"""Records that take properties of products too."""

PLAN_FIELDS = tuple(f"custom_string_{number}" for number in range(1, 6))


def mode(kind: str) -> str:
    """ACTIVE or PASSIVE, by event type."""
    return "PASSIVE" if kind in PASSIVE else "ACTIVE"
