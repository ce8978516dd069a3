"""The customer itself, what sources said about it, and the customers that it is made of."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.customers import origins, service
from simulator.vendors.contacthub.wire import answer, body, caller, page, query, world

routes = Routes()
CUSTOMERS = "/hub/v1/workspaces/<workspace_id>/customers"
CUSTOMER = f"{CUSTOMERS}/<customer_id>"


@routes.post(CUSTOMERS, "createCustomer")
def create_customer(workspace_id: str) -> Response:
    asked = query()
    made = service.create(world(), caller(), workspace_id, body(), session_id=asked.get("sessionId"))
    return answer(made, 201)


@routes.get(CUSTOMER, "getCustomer")
def get_customer(workspace_id: str, customer_id: str) -> Response:
    document = service.read(world(), caller(), workspace_id, customer_id)
    return answer(service.viewer(world(), workspace_id)(document))


@routes.patch(CUSTOMER, "patchCustomer")
def patch_customer(workspace_id: str, customer_id: str) -> Response:
    return _changed(workspace_id, customer_id, whole=False)


@routes.put(CUSTOMER, "updateCustomer")
def update_customer(workspace_id: str, customer_id: str) -> Response:
    return _changed(workspace_id, customer_id, whole=True)


def _changed(workspace_id: str, customer_id: str, *, whole: bool) -> Response:
    asked = query()
    return answer(
        service.change(
            world(),
            caller(),
            workspace_id,
            customer_id,
            body(),
            whole=whole,
            strict=asked.get("mode") == "STRICT",
            session_id=asked.get("sessionId"),
        )
    )


@routes.delete(CUSTOMER, "deleteCustomer")
def delete_customer(workspace_id: str, customer_id: str) -> Response:
    service.remove(world(), caller(), workspace_id, customer_id)
    return answer({})


@routes.get(f"{CUSTOMER}/entry-customers", "listEntryCustomers")
def list_entry_customers(workspace_id: str, customer_id: str) -> Response:
    asked = query()
    reader = caller()
    document = service.read(world(), reader, workspace_id, customer_id)
    entries = [service.find(world(), workspace_id, key) for key in document.get("entries", ())]
    entries = [entry for entry in entries if reader.may(entry["node"], "R")]
    return answer(page(entries, asked["page"], asked["size"], service.viewer(world(), workspace_id)))


@routes.get(f"{CUSTOMER}/sources", "listCustomerSources")
def list_customer_sources(workspace_id: str, customer_id: str) -> Response:
    world().assume(rules.CUSTOMER_SOURCES)
    document = service.read(world(), caller(), workspace_id, customer_id)
    return answer({"elements": origins.listed(document, service.members_viewer(world(), workspace_id))})


@routes.get(f"{CUSTOMER}/sources/<source_id>", "getCustomerSource")
def get_customer_source(workspace_id: str, customer_id: str, source_id: str) -> Response:
    world().assume(rules.CUSTOMER_SOURCES)
    document = service.read(world(), caller(), workspace_id, customer_id)
    return answer(origins.one(document, source_id, service.members_viewer(world(), workspace_id)))
