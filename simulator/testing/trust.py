"""The files by which clients in each language are told to trust an authority."""

from __future__ import annotations

import contextlib
import re
import ssl
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12Certificate,
    serialize_java_truststore,
)
from cryptography.utils import CryptographyDeprecationWarning

from simulator.testing.kept import write

STORE_PASSWORD = "changeit"  # noqa: S105 - Java wants one; it keeps no secret


@dataclass(frozen=True)
class Trust:
    """An authority's files in a folder: its certificate, the bundle with it, and both for Java and PHP."""

    folder: Path

    def write(self, pem: bytes) -> None:
        """All of them, for the authority with this certificate. Raises OSError."""
        self.php.mkdir(parents=True, exist_ok=True)
        bundle = pem + b"\n" + self._before().read_bytes()
        write(self.ca, pem)
        write(self.bundle, bundle)
        write(self.java, _java_store(bundle))
        ini = f'curl.cainfo = "{self.bundle}"\nopenssl.cafile = "{self.bundle}"\n'
        write(self.php / "simulator.ini", ini.encode())

    def _before(self) -> Path:
        """What is trusted without us: SSL_CERT_FILE's bundle, the system's or certifi's."""
        paths = ssl.get_default_verify_paths()
        found = [Path(each) for each in (paths.cafile, paths.openssl_cafile) if each]
        others = [each for each in found if each.is_file() and each != self.bundle]
        return others[0] if others else Path(certifi.where())

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    @property
    def bundle(self) -> Path:
        return self.folder / "bundle.pem"

    @property
    def java(self) -> Path:
        return self.folder / "trust.p12"

    @property
    def php(self) -> Path:
        return self.folder / "php"


def _java_store(bundle: bytes) -> bytes:
    """The bundle as a PKCS #12 trust store, which is what Java reads."""
    entries = [PKCS12Certificate(each, str(n).encode()) for n, each in enumerate(_read(bundle))]
    return serialize_java_truststore(entries, BestAvailableEncryption(STORE_PASSWORD.encode()))


def _read(bundle: bytes) -> Iterator[x509.Certificate]:
    """All but those that are not as they should be; some old roots are not, and nobody misses them here."""
    for pem in re.findall(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", bundle, re.DOTALL):
        with warnings.catch_warnings(), contextlib.suppress(ValueError, CryptographyDeprecationWarning):
            warnings.simplefilter("error", CryptographyDeprecationWarning)
            yield x509.load_pem_x509_certificate(pem)
