"""Guesses: query."""

from __future__ import annotations

from simulator.vendors.infact.assumptions.ledger import ASPNET, SILENT, reading

PREDICATES = reading(
    "predicates",
    "predicates beyond Equals and In, their names and values",
    "datasource page: only these two survive, and MaxValue proves a range",
    "other names",
)
USE_OR = reading(
    "use-or",
    "UseOr joins an element to what stands before it, left to right; one that says nothing is passed over",
    "datasource page: the flag exists on elements without children",
    "it joins the element's children",
)
NULL_ROWS = reading(
    "null-rows",
    "a null fails every comparison but IsNull, Equals null and the negative ones",
    SILENT,
    "SQL's three-valued logic",
)
TEXT_CASE = reading(
    "text-case",
    "Equals and In mind case; Contains, StartsWith and EndsWith do not",
    SILENT,
    "the database's collation decides",
)
RELATED_PATHS = reading(
    "related-paths",
    "an operation on `relation.property` asks for any related row; a filter on a relation, for one in all",
    "datasource page: `__tags.tag`, and objects that relate by id columns",
    "another syntax",
)
ORDER_NULLS = reading(
    "order-nulls", "nulls come last in Order; without Order rows come by id", SILENT, "first"
)
GROUP_BY = reading("group-by", "GroupBy keeps the first row of each combination", SILENT, "it aggregates")
COUNT_LIMIT = reading(
    "count-limit",
    "Count is the most rows taken; 0 is no limit",
    "datasource page: the sample value is 0",
    "it is informative",
)
IS_DICTIONARY = reading(
    "is-dictionary", "IsDictionary changes nothing for sending", SILENT, "distinct values only"
)
SELF_JOIN = reading(
    "self-join",
    "SelfJoin keeps rows for which another row of the object has each Child equal to their Parent",
    "datasource page: parent, child and a comparison",
    "another meaning",
)
QUERY_DEPTH = reading("query-depth", "a query nested more than 64 deep is 400", ASPNET, "no limit")
QUERY_TIME = reading(
    "query-time", "a query is evaluated when the campaign is sent", SILENT, "when it is created"
)
