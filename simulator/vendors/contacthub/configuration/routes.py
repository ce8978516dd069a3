"""…/configuration: the workspace itself, its events, its products, its customers' properties."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub.configuration import catalogue, service, settings
from simulator.vendors.contacthub.wire import answer, body, caller, query, whole, world

routes = Routes()
BASE = "/hub/v1/workspaces/<workspace_id>/configuration"
EVENT = f"{BASE}/events/<event_type>"
ADDED_TO_EVENT = f"{EVENT}/properties/extended"
ADDED_TO_PRODUCT = f"{BASE}/products/properties/extended"
ADDED_TO_CUSTOMER = f"{BASE}/properties/extended"


def _inline() -> bool:
    return bool(query().get("resolveReferences", False))


def _may_index() -> bool:
    return "CLAB_OPERATOR" in caller().roles


@routes.get(BASE, "getWorkspaceConfiguration")
def get_workspace_configuration(workspace_id: str) -> Response:
    return answer(settings.configuration(world(), workspace_id))


@routes.put(BASE, "updateWorkspaceConfiguration")
def update_workspace_configuration(workspace_id: str) -> Response:
    return answer(settings.configure(world(), workspace_id, body()))


@routes.get(f"{BASE}/throttling", "getWorkspaceThrottling")
def get_workspace_throttling(workspace_id: str) -> Response:
    return answer(settings.throttling(world(), workspace_id))


@routes.put(f"{BASE}/throttling", "updateWorkspaceThrottling")
def update_workspace_throttling(workspace_id: str) -> Response:
    return answer(settings.throttle(world(), workspace_id, body()["maxRequestsPerMinute"]))


@routes.get(f"{BASE}/events", "listEventConfigurations")
def list_event_configurations(workspace_id: str) -> Response:
    inline = _inline()
    return answer(
        whole(
            list(catalogue.EVENT_TYPES),
            lambda kind: settings.event(world(), workspace_id, kind, inline=inline),
        )
    )


@routes.get(EVENT, "getEventConfiguration")
def get_event_configuration(workspace_id: str, event_type: str) -> Response:
    return answer(settings.event(world(), workspace_id, event_type, inline=_inline()))


@routes.put(EVENT, "updateEventConfiguration")
def update_event_configuration(workspace_id: str, event_type: str) -> Response:
    inline = _inline()
    settings.change_event(world(), workspace_id, event_type, body())
    return answer(settings.event(world(), workspace_id, event_type, inline=inline))


@routes.put(f"{EVENT}/enabled", "updateEventState")
def update_event_state(workspace_id: str, event_type: str) -> Response:
    on = body()["value"]
    settings.switch_event(world(), workspace_id, event_type, on)
    return answer({"value": service.event_enabled(world(), workspace_id, event_type)})


@routes.get(f"{EVENT}/properties", "getEventProperties")
def get_event_properties(workspace_id: str, event_type: str) -> Response:
    return answer(settings.event_schema(world(), workspace_id, event_type, inline=_inline()))


@routes.get(ADDED_TO_EVENT, "getEventExtendedProperties")
def get_event_extended_properties(workspace_id: str, event_type: str) -> Response:
    kind = settings.event_type(world(), event_type)
    return answer(service.extended_event(world(), workspace_id, kind))


@routes.put(ADDED_TO_EVENT, "updateEventExtendedProperties")
def update_event_extended_properties(workspace_id: str, event_type: str) -> Response:
    made = settings.define_event(world(), workspace_id, event_type, body(), may_index=_may_index())
    return answer(made)


@routes.get(ADDED_TO_PRODUCT, "getProductExtendedProperties")
def get_product_extended_properties(workspace_id: str) -> Response:
    return answer(service.extended_product(world(), workspace_id))


@routes.put(ADDED_TO_PRODUCT, "updateProductExtendedProperties")
def update_product_extended_properties(workspace_id: str) -> Response:
    made = settings.define(world(), workspace_id, "productExtended", body(), may_index=_may_index())
    return answer(made)


@routes.get(ADDED_TO_CUSTOMER, "getCustomerExtendedProperties")
def get_customer_extended_properties(workspace_id: str) -> Response:
    return answer(service.extended_customer(world(), workspace_id))


@routes.put(ADDED_TO_CUSTOMER, "updateCustomerExtendedProperties")
def update_customer_extended_properties(workspace_id: str) -> Response:
    made = settings.define(world(), workspace_id, "customerExtended", body(), may_index=_may_index())
    return answer(made)


@routes.get(f"{BASE}/products/update-policy", "getProductsUpdatePolicy")
def get_products_update_policy(workspace_id: str) -> Response:
    return answer(settings.products_policy(world(), workspace_id))


@routes.put(f"{BASE}/products/update-policy", "updateProductsUpdatePolicy")
def update_products_update_policy(workspace_id: str) -> Response:
    return answer(settings.set_products_policy(world(), workspace_id, body()["eventTypes"]))


@routes.get(f"{BASE}/plan/models/<plan_model>", "getPlanModel")
def get_plan_model(workspace_id: str, plan_model: str) -> Response:
    return answer(settings.plan_model(world(), workspace_id, plan_model))


@routes.put(f"{BASE}/events-consent-policy", "updateWorkspaceEventsConsentPolicy")
def update_workspace_events_consent_policy(workspace_id: str) -> Response:
    return answer(settings.set_consent_policy(world(), workspace_id, body()))


@routes.get(f"{BASE}/events-payload-size", "getWorkspaceEventsPayloadSize")
def get_workspace_events_payload_size(workspace_id: str) -> Response:
    return answer(settings.payload_sizes(world(), workspace_id))


@routes.put(f"{BASE}/events-payload-size", "updateWorkspaceEventsPayloadSize")
def update_workspace_events_payload_size(workspace_id: str) -> Response:
    return answer(settings.set_payload_sizes(world(), workspace_id, body()))


@routes.get(f"{BASE}/properties", "getCustomerProperties")
def get_customer_properties(workspace_id: str) -> Response:
    return answer(settings.customer_schema(world(), workspace_id, inline=_inline()))


@routes.get(f"{BASE}/properties/base", "getCustomerBaseProperties")
def get_customer_base_properties(workspace_id: str) -> Response:
    return answer({"elements": settings.base_properties(world(), workspace_id)})


@routes.put(f"{BASE}/properties/base/<name>", "updateCustomerBaseProperty")
def update_customer_base_property(workspace_id: str, name: str) -> Response:
    on = body().get("enabled", settings.base_property_is_on(world(), workspace_id, name))
    return answer(settings.switch_base_property(world(), workspace_id, name, on))


@routes.put(f"{BASE}/properties/base/<base_property>/enabled", "updateCustomerBasePropertyState")
def update_customer_base_property_state(workspace_id: str, base_property: str) -> Response:
    on = body()["value"]
    return answer(
        {"value": settings.switch_base_property(world(), workspace_id, base_property, on)["enabled"]}
    )
