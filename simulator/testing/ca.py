"""A certificate authority for one run. It is in nobody's trust store: who shall trust it is told its file."""

from __future__ import annotations

import contextlib
import re
import ssl
import warnings
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import certifi
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12Certificate,
    serialize_java_truststore,
)
from cryptography.utils import CryptographyDeprecationWarning

STORE_PASSWORD = "changeit"  # noqa: S105 - Java wants one; it keeps no secret


class Authority:
    """Makes certificates in any name. Its own key stays in memory."""

    def __init__(self) -> None:
        self._ca = trustme.CA(organization_name="Simulator", organization_unit_name="made for one run")
        self._contexts: dict[str, ssl.SSLContext] = {}

    def context(self, host: str) -> ssl.SSLContext:
        """What a server called `host` speaks TLS with."""
        if host not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._ca.issue_cert(host).configure_cert(context)
            self._contexts[host] = context
        return self._contexts[host]

    @property
    def pem(self) -> bytes:
        """Its certificate."""
        return self._ca.cert_pem.bytes()

    @cached_property
    def bundle(self) -> bytes:
        """Its certificate and what was trusted before: SSL_CERT_FILE's, the system's or certifi's."""
        before = ssl.get_default_verify_paths().cafile or certifi.where()
        return self.pem + b"\n" + Path(before).read_bytes()

    def java_store(self) -> bytes:
        """The bundle as a PKCS #12 trust store, which is what Java reads."""
        entries = [PKCS12Certificate(each, str(n).encode()) for n, each in enumerate(_read(self.bundle))]
        return serialize_java_truststore(entries, BestAvailableEncryption(STORE_PASSWORD.encode()))


def _read(bundle: bytes) -> Iterator[x509.Certificate]:
    """All but those that are not as they should be; some old roots are not, and nobody misses them here."""
    for pem in re.findall(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", bundle, re.DOTALL):
        with warnings.catch_warnings(), contextlib.suppress(ValueError, CryptographyDeprecationWarning):
            warnings.simplefilter("error", CryptographyDeprecationWarning)
            yield x509.load_pem_x509_certificate(pem)
