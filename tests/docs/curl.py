"""As much of curl as the documents' examples use, for machines that have none."""

from __future__ import annotations

import argparse
import base64
import sys
import urllib.error
import urllib.request
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser()
    for flags in (["-s"], ["--fail-with-body"]):
        parser.add_argument(*flags, action="store_true")
    for flag in ("-u", "-X", "-d", "-o", "-D"):
        parser.add_argument(flag)
    parser.add_argument("-H", action="append", default=[])
    parser.add_argument("url")
    given = parser.parse_args()
    headers = dict(header.split(": ", 1) for header in given.H)
    if given.u:
        headers["Authorization"] = "Basic " + base64.b64encode(given.u.encode()).decode()
    body = given.d.encode() if given.d is not None else None
    request = urllib.request.Request(
        given.url, body, headers, method=given.X or ("GET" if body is None else "POST")
    )
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        if given.D == "-":
            sys.stdout.write(f"HTTP/1.1 {answer.status}\n{answer.headers}")
            sys.stdout.flush()
        content = answer.read()
        if given.o:
            Path(given.o).write_bytes(content)
        else:
            sys.stdout.buffer.write(content)
        return 22 if answer.status >= 400 and given.fail_with_body else 0


if __name__ == "__main__":
    sys.exit(main())
