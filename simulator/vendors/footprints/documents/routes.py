"""PUT /api/lead/{leadId}/{documentType}.

The router prefers words to variables: PUT …/lead/{id}/nps, …/leadLost and …/lead/action/{id} never come here.
"""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.footprints.documents import parts, service
from simulator.vendors.footprints.wire import answer, world

routes = Routes()


@routes.put("/api/lead/<lead_id>/<document_type>", "uploadLeadDocuments")
def upload_lead_documents(lead_id: str, document_type: str) -> Response:
    names = service.upload(world(), lead_id, document_type, parts.files(), parts.text("leadActionId"))
    return answer({"status": "ok", "uploaded_files": names})
