"""Guesses: loyalty."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import SILENT, guess, reading

LOYALTY_CAMPAIGNS_OF_USER = guess(
    "loyalty-campaigns-of-user",
    "associated",
    "the campaign lists have those that name the token's user, or nobody; a token of nobody lists all",
    "page: 'associated to the authenticated user', without how; codes are reached whatever their campaign",
    "every campaign, whoever asks (all)",
    "associated",
    "all",
)
ACTIVE_CAMPAIGN = guess(
    "active-campaign",
    "endDate",
    "a campaign is active from its startDate until its endDate, both included",
    "page: the names of the dates; a campaign's codes may expire before or after its end",
    "until its codes expire (expireCodesDate)",
    "endDate",
    "expireCodesDate",
)
CAMPAIGN_TOTAL = guess(
    "campaign-total",
    "codes",
    "total is the number of codes that a campaign has given out",
    "page: 0 and 1 in the samples, without a word on it",
    "the number of its leads, by their offlineCampaignId (leads)",
    "codes",
    "leads",
)
CODES_BY_LEADS = guess(
    "codes-by-leads",
    "no",
    "a lead that names a loyalty campaign gets no code; fixtures and the control API give codes",
    "page: codes are 'already allocated', by no operation; Add Lead has the id of a campaign",
    "its client gets a free code of the campaign, if that is active and they have none to redeem (yes)",
    "no",
    "yes",
)
CODE_CHECK = guess(
    "code-check",
    "any",
    "Check Client Code finds a code in any state: one that is associated, else the last changed",
    "page: 'already allocated'; the sample answer has prize_status",
    "codes that are associated only (associated)",
    "any",
    "associated",
)
UNKNOWN_IN_LOYALTY = reading(
    "unknown-in-loyalty",
    "an unknown client or campaign, or a code that is not the client's in it, is 404",
    "page: 'redeem code found' is the message of success",
    "400, or 200 with another message",
)
CODE_TARGET = reading(
    "code-target",
    "Change Code Status redeems, unless a field `status` says blocked",
    "page: 'from allocated to redeemed/blocked', without a field that says which",
    "the server decides, see expired-codes",
)
EXPIRED_CODES = guess(
    "expired-codes",
    "redeemed",
    "a code is redeemed after its campaign's expireCodesDate too",
    "page: nothing is said of what a code that expired becomes",
    "it becomes blocked where no status is sent (blocked); it is refused (refused)",
    "redeemed",
    "blocked",
    "refused",
)
FINAL_CODES = reading(
    "final-codes",
    "a code that is redeemed or blocked stays so; another change is 400",
    "page: 'from allocated'",
    "success, without or with a change",
)
CODE_HOSTESS = reading(
    "code-hostess",
    "the hostess of a code is the one whose token changed it last",
    "page: Code List shows a hostess, tokens have one too",
    "the one who gave it",
)
CODE_LIST = reading(
    "code-list",
    "Code List has the last changed first, a search without case, totalResults of all pages, texts of a "
    "client empty where unknown, no codes of deleted clients",
    "page: one code on the only page shown, with an empty userAddress",
    "another order; the results of the page",
)
CODES_PAGE_SIZE = guess("codes-page-size", 20, "codes on a page of Code List", SILENT, "10, 50")
PRIZE_HISTORY = reading(
    "prize-history",
    "the history has the last changed first; the place is the code's, else the campaign's",
    "page: one code in the sample; blocked ones are left out by its text",
    "another order; where it was redeemed",
)
