"""…/send-sources, and the send source of a node."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub.send_sources import service
from simulator.vendors.contacthub.wire import answer, caller, query, world

routes = Routes()
WORKSPACE = "/hub/v1/workspaces/<workspace_id>"
GROUP = "/hub/v1/send-sources/groups/<group_pk>"
USER_DB = f"{WORKSPACE}/send-sources/<subscriber_source_id>"


@routes.get("/hub/v1/send-sources", "listSendSourceConfigurations")
def list_send_source_configurations() -> Response:
    return answer({"elements": service.seen_by(world(), caller())})


@routes.get(GROUP, "listSendSourceConfigurationsByCustomerGroup")
def list_send_source_configurations_by_customer_group(group_pk: str) -> Response:
    return answer({"elements": service.of_group(world(), caller(), group_pk)})


@routes.get(f"{GROUP}/user-dbs/<userdb_id>", "getSendSourceConfigurationByUserDb")
def get_send_source_configuration_by_user_db(group_pk: str, userdb_id: str) -> Response:
    return answer(service.of_user_db(world(), caller(), group_pk, userdb_id))


@routes.get(f"{WORKSPACE}/nodes/<node_id>/send-source", "getNodeSendSourceConfiguration")
def get_node_send_source_configuration(workspace_id: str, node_id: str) -> Response:
    return answer(service.of_node(world(), workspace_id, node_id))


@routes.get(f"{USER_DB}/subscriptions", "getSendSourceSubscriptions")
def get_send_source_subscriptions(workspace_id: str, subscriber_source_id: str) -> Response:
    group = query().get("groupPk")
    return answer({"elements": service.subscriptions(world(), workspace_id, subscriber_source_id, group)})


@routes.get(f"{USER_DB}/fields", "getSendSourceSubscriberFields")
def get_send_source_subscriber_fields(workspace_id: str, subscriber_source_id: str) -> Response:
    group = query().get("groupPk")
    return answer({"elements": service.fields(world(), workspace_id, subscriber_source_id, group)})
