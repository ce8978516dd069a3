"""Guesses: web tracking."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import SILENT, guess, reading

APPKEY = reading(
    "appkey",
    "a missing appkey is 400, an unknown one 401 `Invalid appkey`",
    "React Native tells a refused App Key from other failures, without status",
    "another status",
)

SAME_VISITOR = reading(
    "same-visitor",
    "who visits is known by the e-mail address, or by the phone number where there is none; for each App Key "
    "a person is one visitor of the web and one of apps, and so is each unknown push token or device",
    "page: init takes an e-mail address; Flutter has a returning device's mid",
    "a new id each time",
)
UNKNOWN_ADDRESS = guess(
    "unknown-address",
    "same",
    "whether an e-mail address that no client has gives the same pid (or mobileId) again, or a new one",
    "page: a pid for who is not known, without how long it lasts",
    "a new one each time",
    "same",
    "new",
)
LINKED_VISITORS = reading(
    "linked-visitors",
    "what an unknown address did is the person's, from the first init after a client has it; its pid stays",
    "page: uid where the user is identified, pid where not; React Native and Flutter keep the id they have",
    "linked when the lead is made, or never",
)
UNKNOWN_VISITOR = reading(
    "unknown-visitor",
    "an id that no init under this App Key gave, or not as this uType, is 400 `Invalid uid` or `Invalid mid`",
    SILENT,
    "it is taken",
)

DETAILS = reading(
    "details",
    "aditionalData and additionalData are one; what belongs to another actionType is passed over",
    "page: aditionalData, with the actions that each part is for; Flutter and React Native: additionalData",
    "it is refused, or kept",
)
PAGE_FORMS = reading(
    "page-forms",
    "ochn.prepopulate asks POST /jsapi/prepopulate for the client and its newest lead; ochn.register sends "
    "POST /jsapi/register, a lead as by Add Lead, of which leadActionTypeId, sdk and files are not kept",
    "sites call both with the fields of a lead and read status, message and data; no request was seen",
    "other paths; an action is added, too",
)
LIBRARY = reading(
    "library",
    "omnichannel.js calls ochntrack() once it is there; ochn.init for who is tracked already asks nothing, "
    "ochn.send waits for init",
    "page: what pages declare; sites define ochntrack without calling it; the script itself is not public",
    "other texts; a new session at each init",
)
