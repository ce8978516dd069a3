"""Every guess about Footprints for Retail, named; correct one here, in one line, and the answers follow.

Sources: "page" is the vendor's API documentation, "Flutter" and "React Native" its client libraries,
"sites" web pages that load its script.
"""

from __future__ import annotations

from simulator.kernel.assumptions import Ledger

ALL = Ledger("footprints")
_guess, _reading = ALL.guess, ALL.reading

SILENT = "page: nothing is said"

# --- the wire ---------------------------------------------------------------------------

ERRORS = _reading(
    "errors",
    "refusals are {status: error, success: false, message, error}, 400, 401 or 404, worded as by Joi",
    "page: no error is shown; Flutter names Joi and reads `error`, React Native `message`, sites `status`",
    "other bodies, other texts",
)
TOKEN_ERRORS = _reading(
    "token-errors",
    "refusals that concern tokens are {code, error, error_description}",
    "page: the answer of /api/token looks like node-oauth2-server 2",
    "other bodies",
)
UNKNOWN_ROUTE = _reading("unknown-route", "an unknown path or method is 404 `Not found`", SILENT, "HTML")
JSON_BODIES = _reading(
    "json-bodies",
    "JSON is read wherever a form is",
    "page: Add prospect names JSON; Flutter and React Native send nothing else",
    "forms only, below /api and /jsapi",
)
OTHER_BODIES = _reading(
    "other-bodies",
    "a body that is neither form nor JSON is as if there were none",
    "Express, which the libraries' comments point to, reads no others",
    "415",
)
EMPTY_TEXTS = _reading(
    "empty-texts", "an empty text is as if it were not sent", "page: samples send userCountry=", "it is kept"
)
TRIMMED_NAMES = _reading(
    "trimmed-names",
    "blanks around the name of a field are cut off",
    "page: samples send comment%20=",
    "it is another field",
)
EMAIL_TWICE_ENCODED = _reading(
    "email-twice-encoded",
    "an e-mail address with %40 and no @ is decoded once more",
    "page: the Node samples of init encode it twice",
    "it is refused",
)
UNKNOWN_FIELDS = _reading("unknown-fields", "a field that is not listed is ignored", SILENT, "400")
CHECKS = _reading(
    "checks",
    "what the contract asks for is checked even where it is assumed: what must be there, forms, lengths",
    "page: values and ranges of some fields, without what happens to others; Flutter names Joi",
    "it is taken as it is",
)
STATUS_OF_SUCCESS = _reading("status-of-success", "every success is 200", SILENT, "201 where one is made")
BEARER = _reading(
    "bearer",
    "the token is also read from `Authorization: Bearer`",
    "RFC 6750; page: the query only",
    "401",
)

# --- tokens -----------------------------------------------------------------------------

TOKEN_PARAMETERS = _reading(
    "token-parameters",
    "what is asked of /api/token stands in the body, else in the query",
    "page: the table is headed Query Parameters, all samples send a body",
    "the body only",
)
SCOPES = _reading(
    "scopes",
    "each token has app_scope, a hostess's hostess_scope and her name too; no operation asks for a scope",
    "page: the sample answer; nothing is said of scopes",
    "operations that need hostess_scope",
)
TOKEN_LIFETIME = _guess(
    "token-lifetime",
    31_535_999,
    "an access token holds for so many seconds",
    "page: expires_in of the sample answer; that it is the same for each token is not said",
    "a lifetime for each grant",
)
PIN_WITH_KEY = _guess(
    "pin-with-key",
    "optional",
    "with client_credentials a PIN adds its hostess, and one that is nobody's is passed over",
    "page: all samples send one, the table has it for grant pin only",
    "it is refused (required)",
    "optional",
    "required",
)
REFRESH = _guess(
    "refresh",
    "once",
    "grant refresh_token gives its holder a new token; it serves once and never expires",
    "page: a refresh_token is given out, no grant for it is listed; RFC 6749, section 6",
    "no such grant (unknown)",
    "once",
    "unknown",
)

# --- leads ------------------------------------------------------------------------------

LEAD_WITHOUT_CONTACT = _guess(
    "lead-without-contact",
    "refused",
    "a new lead needs an e-mail address or a phone number",
    "page: both are the key of a profile in Get customers; Add Lead says of nothing that it must be sent",
    "it is taken, with a client of its own (taken)",
    "refused",
    "taken",
)
TIMEZONE = _reading(
    "timezone",
    "createdAt is in the zone of timezone, else in UTC; an unknown zone is refused",
    "page: Add Lead, timezone, without saying what it is for",
    "it is stored only",
)
FAMILY_DETAILS = _reading(
    "family-details",
    "userFamilyDetails is read as userFamilyDetalis is",
    "page: the second is a field of Add Lead, the first comes back from Get Leads",
    "only the misspelt one is read",
)
CATALOGUE_OF_PATH = _reading(
    "catalogue-of-path",
    "the offerCategoryId of the path counts more than that of the body",
    "page: the path in the Node sample of Add Lead",
    "the body counts more",
)
UNKNOWN_IDS = _reading(
    "unknown-ids",
    "ids that a lead refers to are stored as they are; what they name comes back as null where there is none",
    SILENT,
    "400 or 404",
)
PROSPECTS = _reading(
    "prospects",
    "a prospect is a lead with status prospect, of a client like any other",
    "page: prospect is a status of Update Lead; Add prospect answers an _id",
    "a list of its own",
)
CONTRACT_FIELDS = _guess(
    "contract-fields",
    "refused",
    "contract fields for a lead that neither is nor becomes a customer are refused",
    "page: Update Lead, 'only with status customer'",
    "they are passed over (ignored)",
    "refused",
    "ignored",
)
CONTRACT = _reading(
    "contract",
    "a lead has one contract, made by the first contract field that is sent and changed by the next ones",
    "page: contractId in the answer of Update Lead",
    "a contract for each change",
)
ASSIGNED_BEFORE = _reading(
    "assigned-before",
    "assignedBefore is 1 where the lead had a consultant before this change, else 0",
    "page: 1 in the samples, without a word on it",
    "how often it was assigned",
)
LOST_STATUS = _guess(
    "lost-status",
    "lost",
    "Update Lost Lead moves the lead to status lost",
    "page: the operation's name; its sample answer shows status lead",
    "the status stays (same)",
    "lost",
    "same",
)
LOSS_COMMENT = _reading(
    "loss-comment",
    "each loss puts a comment on the lead, an empty one where none is sent",
    "page: the answer has its id",
    "no comment, and no id",
)
NPS_AGAIN = _reading("nps-again", "a rating takes the place of the one before", SILENT, "all are kept")
LEADS_PAGE_SIZE = _guess(
    "leads-page-size",
    20,
    "a page of Get Leads has so many leads where no pageSize is sent, and as many as are asked for",
    SILENT,
    "another number, all leads, a maximum",
)
LEADS_ORDER = _reading("leads-order", "Get Leads has the newest first", SILENT, "the oldest first")
LEADS_DATES = _reading(
    "leads-dates",
    "startDate and endDate are days in UTC of createdAt, both included",
    "page: 'start date' for both",
    "other times of the lead, another zone, endDate left out",
)
LEADS_PAGING = _reading(
    "leads-paging",
    "Get Leads has the paging headers of List Catalogues",
    "page: it takes page and pageSize, and shows no headers",
    "none",
)
LEADS_APP_KEY = _reading(
    "leads-app-key",
    "appKey keeps the leads of that data source; without it those of all come back, whoever asks",
    "page: 'application key'",
    "the leads of the asking data source only",
)

LEAD_IS_OF_CLIENT = _reading(
    "lead-is-of-client",
    "each new lead finds or makes its client, gets a snapshot and enters the client's timeline",
    "page: the times in the answer of Get customers, milliseconds apart in this order",
    "a client is made when the lead becomes a customer",
)
SNAPSHOTS = _reading(
    "snapshots",
    "each change of a lead adds a snapshot to its history",
    "page: Get customers shows one in a lead's history",
    "changes of status only",
)
STATUS_TRANSITIONS = _reading(
    "status-transitions", "any status may follow any", "page: six values, no transitions", "a funnel"
)

# --- actions and documents --------------------------------------------------------------

ACTION_REFERENCES = _reading(
    "action-references",
    "an action is of a lead and of a type that exist; otherwise 404",
    SILENT,
    "ids are stored as they are",
)
ACTION_CHANGES = _reading(
    "action-changes", "Update Lead Action changes what is sent and keeps the rest", SILENT, "it replaces all"
)
ACTION_DATES = _reading(
    "action-dates", "the date of an action is in UTC", "page: a date without zone", "the account's zone"
)
ACTION_ORDER = _reading(
    "action-order", "actions of a lead are listed the newest first", SILENT, "the oldest first"
)
ACTIONS_OF_UNKNOWN_LEAD = _guess(
    "actions-of-unknown-lead",
    "refused",
    "Get Lead Actions of a lead that does not exist is 404; or the list is empty",
    SILENT,
    "an empty list",
    "refused",
    "empty",
)
ATTACHMENTS_OF_ACTIONS = _reading(
    "attachments-of-actions",
    "attachments of an action are the names of the files that were uploaded with its id",
    "page: leadActionId of Upload Lead Documents; the sample's list is empty",
    "ids, or objects",
)
UPLOADS = _reading(
    "uploads",
    "no file, more than five, one that is no PDF, an unknown type: 400, and nothing is stored",
    "page: at most 5 files, three types, one mimetype; no refusal is shown",
    "files that fit are stored, or other texts",
)
PDF_PARTS = _guess(
    "pdf-parts",
    "tolerant",
    "a part of no type, or application/octet-stream, is a PDF by its name or its beginning; or only by type",
    "page: application/pdf alone is allowed, but its samples for Ruby and PHP send application/octet-stream",
    "application/pdf only",
    "tolerant",
    "typed",
)
UPLOAD_PARTS = _reading(
    "upload-parts",
    "parts documents[] and documents[0] are as documents",
    "usual in PHP and in browsers; page: documents",
    "they are ignored",
)
DOCUMENT_NAMES = _reading(
    "document-names",
    "a file is known by its name without folders; a name that is there already is kept beside it",
    "page: the samples send whole paths, the answer shows names",
    "the path as sent; the later replaces the earlier",
)
DOCUMENT_REFERENCES = _reading(
    "document-references",
    "the lead, and the action if one is named, exist and belong together; otherwise 404",
    SILENT,
    "400; or the id is stored as it is",
)

# --- customers --------------------------------------------------------------------------

SAME_PERSON = _reading(
    "same-person",
    "e-mail addresses are compared without case, phone numbers by digits; where one is given, it decides",
    "page: e-mail and phone together are mandatory in Get customers",
    "exact texts; a client of its own for each pair",
)
GAPS_OF_CLIENTS = _reading(
    "gaps-of-clients", "a further lead fills what its client lacks, and changes nothing", SILENT, "it changes"
)
CUSTOMER_KEYS = _reading(
    "customer-keys",
    "a customer is found by e-mail with phone, else national id, else the caller's own id; nobody is 404",
    "page: the first two in Get customers, the third in Delete customer",
    "one of them decides even where it finds nobody; Update customer makes who is missing",
)
NATIONAL_ID = _reading(
    "national-id",
    "the national id is asked for as nationalId, and NationalId is read too",
    "page: Get customers says NationalId without a parameter, Update customer has nationalId",
    "another parameter",
)
CUSTOMER_SHAPE = _reading(
    "customer-shape",
    "what was never set is not shown, but for lists, which are empty; type is B2C; comments are ids; "
    "a lead shows all that was sent with it, and nps, reasonLost and contractId",
    "page: the answer of Get customers; a comment is an id in Update Lost Lead",
    "null or empty texts; comments with their text",
)
TIMELINE_CATALOGUE = _reading(
    "timeline-catalogue",
    "a timeline shows the catalogue as it is now, as old as its newest offer, its __v the number of its "
    "locations and offers",
    "page: the answer of Get customers",
    "as it was then; other numbers",
)
CUSTOMER_CHANGES = _reading(
    "customer-changes",
    "Update customer replaces each field that is sent, lists and customDetails whole, and keeps the rest",
    SILENT,
    "lists grow",
)
CUSTOMER_DELETION = _reading(
    "customer-deletion",
    "with a customer go leads, contracts, actions and documents; codes, visitors, devices stay without one, "
    "and nobody is recognised as them again, by address, push token or device",
    "page: Delete customer's data",
    "leads stay, or codes go too",
)

DELETION_BY_QUERY = _reading(
    "deletion-by-query",
    "where Delete customer has no body, the query may name the customer",
    "page: a body, which many clients do not send with DELETE",
    "it is refused",
)

# --- loyalty ----------------------------------------------------------------------------

LOYALTY_CAMPAIGNS_OF_USER = _guess(
    "loyalty-campaigns-of-user",
    "associated",
    "the campaign lists have those that name the token's user, or nobody; a token of nobody lists all",
    "page: 'associated to the authenticated user', without how; codes are reached whatever their campaign",
    "every campaign, whoever asks (all)",
    "associated",
    "all",
)
ACTIVE_CAMPAIGN = _guess(
    "active-campaign",
    "endDate",
    "a campaign is active from its startDate until its endDate, both included",
    "page: the names of the dates; a campaign's codes may expire before or after its end",
    "until its codes expire (expireCodesDate)",
    "endDate",
    "expireCodesDate",
)
CAMPAIGN_TOTAL = _guess(
    "campaign-total",
    "codes",
    "total is the number of codes that a campaign has given out",
    "page: 0 and 1 in the samples, without a word on it",
    "the number of its leads, by their offlineCampaignId (leads)",
    "codes",
    "leads",
)
CODES_BY_LEADS = _guess(
    "codes-by-leads",
    "no",
    "a lead that names a loyalty campaign gets no code; fixtures and the control API give codes",
    "page: codes are 'already allocated', by no operation; Add Lead has the id of a campaign",
    "its client gets a free code of the campaign, if that is active and they have none to redeem (yes)",
    "no",
    "yes",
)
CODE_CHECK = _guess(
    "code-check",
    "any",
    "Check Client Code finds a code in any state: one that is associated, else the last changed",
    "page: 'already allocated'; the sample answer has prize_status",
    "codes that are associated only (associated)",
    "any",
    "associated",
)
UNKNOWN_IN_LOYALTY = _reading(
    "unknown-in-loyalty",
    "an unknown client or campaign, or a code that is not the client's in it, is 404",
    "page: 'redeem code found' is the message of success",
    "400, or 200 with another message",
)
CODE_TARGET = _reading(
    "code-target",
    "Change Code Status redeems, unless a field `status` says blocked",
    "page: 'from allocated to redeemed/blocked', without a field that says which",
    "the server decides, see expired-codes",
)
EXPIRED_CODES = _guess(
    "expired-codes",
    "redeemed",
    "a code is redeemed after its campaign's expireCodesDate too",
    "page: nothing is said of what a code that expired becomes",
    "it becomes blocked where no status is sent (blocked); it is refused (refused)",
    "redeemed",
    "blocked",
    "refused",
)
FINAL_CODES = _reading(
    "final-codes",
    "a code that is redeemed or blocked stays so; another change is 400",
    "page: 'from allocated'",
    "success, without or with a change",
)
CODE_HOSTESS = _reading(
    "code-hostess",
    "the hostess of a code is the one whose token changed it last",
    "page: Code List shows a hostess, tokens have one too",
    "the one who gave it",
)
CODE_LIST = _reading(
    "code-list",
    "Code List has the last changed first, a search without case, totalResults of all pages, texts of a "
    "client empty where unknown, no codes of deleted clients",
    "page: one code on the only page shown, with an empty userAddress",
    "another order; the results of the page",
)
CODES_PAGE_SIZE = _guess("codes-page-size", 20, "codes on a page of Code List", SILENT, "10, 50")
PRIZE_HISTORY = _reading(
    "prize-history",
    "the history has the last changed first; the place is the code's, else the campaign's",
    "page: one code in the sample; blocked ones are left out by its text",
    "another order; where it was redeemed",
)

# --- lists and notifications ------------------------------------------------------------

LIST_PAGE_SIZE = _guess(
    "list-page-size",
    20,
    "catalogues, offers and SKUs on a page",
    "page: two on the only page shown",
    "10, 50",
)
LIST_PAGES = _reading(
    "list-pages",
    "X-Records counts all there are, in the order they were made; a page after the last is empty",
    "page: 2 records, 1 page",
    "the records of the page; another order; 404",
)
UNSET_IN_LISTS = _reading(
    "unset-in-lists",
    "what a listed thing does not have is left out",
    "page: all is set in the samples",
    "null",
)
PLACES = _reading(
    "places", "country_name and county_name are compared without case, as a whole", SILENT, "exact texts"
)
BUSINESS_USERS = _reading(
    "business-users",
    "hostesses are no business users",
    "page: the one shown is a consultant",
    "they are listed",
)
TEMPLATES = _reading(
    "templates", "a templateKey that the account does not have is 404", SILENT, "400, or success"
)
TEMPLATE_TEXTS = _reading(
    "template-texts",
    "a template names what was sent as {{firstName}}, {{lastName}} and {{email}}; what was not sent is empty",
    "page: nothing is said of templates, but the three are fields of Send Notifications",
    "other names",
)
PLUS_SIGNS = _reading(
    "plus-signs",
    "a blank within attachmentFileContent is a plus sign",
    "page: samples send base64 in a form without encoding it",
    "such a file is refused",
)

# --- web tracking -----------------------------------------------------------------------

APPKEY = _reading(
    "appkey",
    "a missing appkey is 400, an unknown one 401 `Invalid appkey`",
    "React Native tells a refused App Key from other failures, without status",
    "another status",
)

SAME_VISITOR = _reading(
    "same-visitor",
    "who visits is known by the e-mail address, or by the phone number where there is none; for each App Key "
    "a person is one visitor of the web and one of apps, and so is each unknown push token or device",
    "page: init takes an e-mail address; Flutter has a returning device's mid",
    "a new id each time",
)
UNKNOWN_ADDRESS = _guess(
    "unknown-address",
    "same",
    "whether an e-mail address that no client has gives the same pid (or mobileId) again, or a new one",
    "page: a pid for who is not known, without how long it lasts",
    "a new one each time",
    "same",
    "new",
)
LINKED_VISITORS = _reading(
    "linked-visitors",
    "what an unknown address did is the person's, from the first init after a client has it; its pid stays",
    "page: uid where the user is identified, pid where not; React Native and Flutter keep the id they have",
    "linked when the lead is made, or never",
)
UNKNOWN_VISITOR = _reading(
    "unknown-visitor",
    "an id that no init under this App Key gave, or not as this uType, is 400 `Invalid uid` or `Invalid mid`",
    SILENT,
    "it is taken",
)

DETAILS = _reading(
    "details",
    "aditionalData and additionalData are one; what belongs to another actionType is passed over",
    "page: aditionalData, with the actions that each part is for; Flutter and React Native: additionalData",
    "it is refused, or kept",
)
PAGE_FORMS = _reading(
    "page-forms",
    "ochn.prepopulate asks POST /jsapi/prepopulate for the client and its newest lead; ochn.register sends "
    "POST /jsapi/register, a lead as by Add Lead, of which leadActionTypeId, sdk and files are not kept",
    "sites call both with the fields of a lead and read status, message and data; no request was seen",
    "other paths; an action is added, too",
)
LIBRARY = _reading(
    "library",
    "omnichannel.js calls ochntrack() once it is there; ochn.init for who is tracked already asks nothing, "
    "ochn.send waits for init",
    "page: what pages declare; sites define ochntrack without calling it; the script itself is not public",
    "other texts; a new session at each init",
)

# --- mobile tracking --------------------------------------------------------------------

MOBILE_INIT_NEEDS = _guess(
    "mobile-init-needs",
    "email-or-push",
    "Mobile init needs an e-mail address or a push notification token, or both",
    "Flutter: a comment on the server's Joi schema, which its own example breaks; page: nothing is required",
    "a phone number will do too (or-phone); nothing is needed (nothing)",
    "email-or-push",
    "or-phone",
    "nothing",
)
MOBILE_ID = _reading(
    "mobile-id",
    "a mobileId is c and 64 hexadecimal digits for a client, p and as many for anybody else",
    "page: 64 digits in one sample, p before them in another; Flutter's tests have c",
    "64 digits alone",
)
RETURNING_DEVICE = _reading(
    "returning-device",
    "mid in Mobile init is the device's id so far, if it was given out under this App Key; deviceUuid tells "
    "devices apart too, unless it is `unknown`",
    "Flutter and React Native: mid in the types of their init, sent by neither; deviceUuid in technicalInfo",
    "an unknown mid is refused; the device has no part in it",
)
MOBILE_VARIABLES = _reading(
    "mobile-variables",
    "additionalData of Mobile init are custom variables, by name and value or as an object; those that are "
    "not declared, or lack either, are passed over",
    "Flutter: pairs of attributeName and attributeValue; page: what becomes of others in Add Lead",
    "all are kept",
)
MOBILE_ANSWERS = _reading(
    "mobile-answers",
    "Mobile init answers what the page shows and what Flutter reads: status, success, mobileId",
    "page: status and mobileId; Flutter insists on success",
    "the one or the other",
)
MOBILE_SENT = _guess(
    "mobile-sent",
    "by-body",
    "a send is answered {} after a form, {success, message} after JSON",
    "page: {} to a form; Flutter's tests: success and `Track saved`, to JSON",
    "always {} (empty), always the other (message)",
    "by-body",
    "empty",
    "message",
)
SENSORS_WITHOUT_SENSORS = _guess(
    "sensors-without-sensors",
    "read",
    "at /mobileapi/sensors, lat and lon without sensors are a position, and actionType with requestType is "
    "answered and not kept",
    "page: it prints that path for positions too, and its Ruby sample sends a visit there",
    "400, sensors are required (refused)",
    "read",
    "refused",
)

# --- ads and products -------------------------------------------------------------------

RUNNING_ADS = _reading(
    "running-ads",
    "an ad is sent from its publishDate until its expirationDate, and so are the products that it is for",
    "Flutter has both dates, and itself drops what has expired",
    "the server sends them all",
)
SCREENS = _reading(
    "screens",
    "an ad that names screens is sent for these only, one that names none for all",
    "Flutter sends the screenIdentifier of the screen that asks",
    "screens are for statistics",
)
SMART_LINKS = _guess(
    "smart-links",
    "counted",
    "linkUrl leads here, GET /mobileapi/link/{adId}, where the tap is counted, and on to the ad's own page",
    "Flutter: the server counts the click of a smart URL and forwards; its path is not known",
    "linkUrl is the ad's own page (direct)",
    "counted",
    "direct",
)
CONTENT_SEARCH = _reading(
    "content-search",
    "content delivery is kept as something done; its searchQuery narrows the recommended products",
    "Flutter has the member without a word on it",
    "it narrows all, or nothing",
)
PRODUCT_CONTEXT = _reading(
    "product-context",
    "additionalData of a request for products changes nothing",
    "Flutter passes on what its caller gives",
    "it narrows them",
)
SPONSORED_FORMS = _reading(
    "sponsored-forms",
    "-id gives ids only, -json all there is, -ad the first product that has an ad",
    "Flutter reads all three with the same model; their paths",
    "whole products each time",
)
PRODUCT_SEARCH = _reading(
    "product-search",
    "recommended are the products whose name, description or category has the text, in any case",
    "Flutter sends a searchQuery; what becomes of it is not known",
    "words, or products that go with those found",
)
NEAREST_LOCATION = _guess(
    "nearest-location",
    "lat-lon",
    "the proximity location is the one nearest to the last position; coords are latitude and longitude",
    "Flutter takes any object; page: coords of List Locations, 0 and 0 in the sample",
    "coords are longitude and latitude, as in GeoJSON (lon-lat)",
    "lat-lon",
    "lon-lat",
)
