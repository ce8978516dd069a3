"""openapi.json, and a page to try this API and the vendors' on: Swagger UI, fetched from nowhere else."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import orjson
from flask import Response, request, send_from_directory

from simulator.control.problems import Problem
from simulator.control.wire import answer, app, gateway
from simulator.kernel.routes import Routes

routes = Routes()
FILES = ("swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "favicon-32x32.png")
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Simulator: try the APIs</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/swagger-ui-standalone-preset.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
START = """\
window.ui = SwaggerUIBundle({
  urls: %s,
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: "StandaloneLayout"
});
"""


@routes.get("/openapi.json", "getOpenapi")
def get_openapi() -> Response:
    return answer(app().contract.document | {"servers": [{"url": request.script_root}]})


@routes.get("/docs", "getDocs")
def get_docs() -> Response:
    return Response(
        PAGE, headers={"Content-Security-Policy": POLICY}, content_type="text/html; charset=utf-8"
    )


@routes.get("/docs/<file>", "getDocsFile")
def get_docs_file(file: str) -> Response:
    if file == "start.js":
        return Response(START % orjson.dumps(_choices()).decode(), content_type="text/javascript")
    if file not in FILES:
        raise Problem(404, f"the page has no {file}")
    return send_from_directory(_dist(), file)


def _choices() -> list[dict[str, str]]:
    root = request.script_root
    vendors = [
        {"name": vendor.title, "url": f"{root}/vendors/{name}/openapi.json"}
        for name, vendor in gateway().vendors.items()
    ]
    return [{"name": "Control", "url": f"{root}/openapi.json"}, *vendors]


def _dist() -> Path:
    """The files of Swagger UI, without running the package that carries them."""
    spec = find_spec("flask_swagger_ui")
    if spec is None or not spec.submodule_search_locations:
        raise Problem(500, "flask-swagger-ui is not installed")
    return Path(spec.submodule_search_locations[0]) / "dist"
