"""Guesses: vocabularies and public documents."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import reading

MODEL_TEXTS = reading(
    "model-texts",
    "labels, descriptions and categories of merge policies, providers and contexts; there are no logos; the "
    "providers are those that can be created",
    "reference: samples",
    "the vendor's own",
)
API_DOCUMENT = reading(
    "api-document",
    "docs/swagger.yml is the simulator's own contract, OpenAPI 3.1, as application/yaml",
    "the beginning of the vendor's file: OpenAPI 3.0.3, one operation",
    "the vendor's own document",
)
DOCUMENTS = reading(
    "documents",
    "the public JSON schemas: their content is the contract's",
    "schemas: their addresses and the content of 2019",
    "other schemas",
)
