"""Guesses: mobile tracking."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import guess, reading

MOBILE_INIT_NEEDS = guess(
    "mobile-init-needs",
    "email-or-push",
    "Mobile init needs an e-mail address or a push notification token, or both",
    "Flutter: a comment on the server's Joi schema, which its own example breaks; page: nothing is required",
    "a phone number will do too (or-phone); nothing is needed (nothing)",
    "email-or-push",
    "or-phone",
    "nothing",
)
MOBILE_ID = reading(
    "mobile-id",
    "a mobileId is c and 64 hexadecimal digits for a client, p and as many for anybody else",
    "page: 64 digits in one sample, p before them in another; Flutter's tests have c",
    "64 digits alone",
)
RETURNING_DEVICE = reading(
    "returning-device",
    "mid in Mobile init is the device's id so far, if it was given out under this App Key; deviceUuid tells "
    "devices apart too, unless it is `unknown`",
    "Flutter and React Native: mid in the types of their init, sent by neither; deviceUuid in technicalInfo",
    "an unknown mid is refused; the device has no part in it",
)
MOBILE_VARIABLES = reading(
    "mobile-variables",
    "additionalData of Mobile init are custom variables, by name and value or as an object; those that are "
    "not declared, or lack either, are passed over",
    "Flutter: pairs of attributeName and attributeValue; page: what becomes of others in Add Lead",
    "all are kept",
)
MOBILE_ANSWERS = reading(
    "mobile-answers",
    "Mobile init answers what the page shows and what Flutter reads: status, success, mobileId",
    "page: status and mobileId; Flutter insists on success",
    "the one or the other",
)
MOBILE_SENT = guess(
    "mobile-sent",
    "by-body",
    "a send is answered {} after a form, {success, message} after JSON",
    "page: {} to a form; Flutter's tests: success and `Track saved`, to JSON",
    "always {} (empty), always the other (message)",
    "by-body",
    "empty",
    "message",
)
SENSORS_WITHOUT_SENSORS = guess(
    "sensors-without-sensors",
    "read",
    "at /mobileapi/sensors, lat and lon without sensors are a position, and actionType with requestType is "
    "answered and not kept",
    "page: it prints that path for positions too, and its Ruby sample sends a visit there",
    "400, sensors are required (refused)",
    "read",
    "refused",
)
