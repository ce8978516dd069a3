"""A colleague's fake of a few of Infact's operations, kept to the contract or not; run as a program.

python -m tests.checking.fakes {right|wrong} PORT_FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

LOGIN, TOKEN = "some-login", "some-token"
CREDENTIALS = f'[infact]\nusername = "{LOGIN}"\npassword = "open sesame"\ndatasource_id = 265\n'
OBJECTS = [{"Key": "members", "Value": "object265"}]


def fake(key: str) -> Flask:
    """Names of objects come as `key`; the contract says `Key`."""
    app = Flask(__name__)

    @app.get("/v1/Account/token")
    def token() -> Response:
        login = request.authorization
        if login is None or login.type != "basic" or login.username != LOGIN:
            return refused("Basic")
        return jsonify(Token=TOKEN, TokenType="Bearer", ExpiresIn=3600, Expires="2030-01-01T00:00:00Z")

    @app.get("/v1/datasources/<datasource>/objects")
    def objects(datasource: str) -> Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return refused("Bearer")
        if datasource != "265":
            return unknown(datasource)
        return jsonify([{key if name == "Key" else name: text for name, text in OBJECTS[0].items()}])

    return app


def unknown(datasource: str) -> Response:
    """400 for what is no number, else 404, in the framework's shape."""
    status, errors = (
        (404, {}) if datasource.lstrip("-").isdecimal() else (400, {"datasourceId": ["no number"]})
    )
    problem = {"type": "about:blank", "title": "no", "status": status, "traceId": "00-0-0-00"}
    answer = jsonify(problem | ({"errors": errors} if errors else {}))
    answer.status_code, answer.content_type = status, "application/problem+json"
    return answer


def refused(scheme: str) -> Response:
    answer = Response(status=401)
    answer.headers["WWW-Authenticate"] = scheme
    return answer


if __name__ == "__main__":
    server = make_server("127.0.0.1", 0, fake({"right": "Key", "wrong": "Nme"}[sys.argv[1]]))
    Path(sys.argv[2]).write_text(str(server.server_port))
    server.serve_forever()
