"""A certificate authority that may sign for the vendors' hosts and this computer, and for nothing else.

RFC 5280 lets a CA's certificate say what it may sign (4.2.1.10), and clients hold it to that: whoever trusts
ours has not trusted it with their bank.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from simulator.kernel.clock import system_now
from simulator.kernel.vendor import Vendor

LOCAL = ("localhost", "127.0.0.1", "::1")
"""The names of this computer, which every authority may sign for."""
LIFE = timedelta(days=5 * 365)
SERVER_LIFE = timedelta(days=397)
"""Apple's systems take certificates of servers for 825 days at most (support.apple.com/103769)."""
SKEW = timedelta(days=1)
"""How far behind a client's clock may be."""
CONTEXTS = 256
"""How many servers' names are remembered with their certificates; `*.` of a vendor stands for any number."""


class Authority:
    """Makes certificates. Raises ValueError where `certificate` and `key` are no PEM, or no pair."""

    def __init__(self, certificate: bytes, key: bytes) -> None:
        self.pem = certificate
        self.key = key
        self._ca = trustme.CA.from_pem(certificate, key)
        self._certificate = x509.load_pem_x509_certificate(certificate)
        if load_pem_private_key(key, None).public_key() != self._certificate.public_key():
            raise ValueError("the key is another certificate's")
        self.context = lru_cache(CONTEXTS)(self._context)

    @classmethod
    def made(cls, names: Iterable[str]) -> Authority:
        """A new one that may sign for this computer and `names`; `*.` stands for any label."""
        key = ec.generate_private_key(ec.SECP256R1())
        text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return cls(_signed(key, names).public_bytes(Encoding.PEM), text)

    @property
    def expired(self) -> bool:
        return self._certificate.not_valid_after_utc <= system_now()

    def may_sign(self, name: str) -> bool:
        """Whether clients would take it from this authority that a server is called so."""
        try:
            extension = self._certificate.extensions.get_extension_for_class(x509.NameConstraints)
        except x509.ExtensionNotFound:
            return True
        wanted = _subtree(name)
        return any(_within(wanted, each) for each in extension.value.permitted_subtrees or ())

    def server(self, own: Iterable[str], vendors: Sequence[Vendor]) -> ssl.SSLContext:
        """What speaks TLS in a vendor's name to whoever asks for it, else as this computer and as `own`."""
        context = self._context(*LOCAL, *own)

        def choose(connection: ssl.SSLSocket | ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
            if name and any(vendor.serves_host(name.lower()) for vendor in vendors):
                # a name that is none gets our own certificate, which its client then refuses
                with contextlib.suppress(ValueError):
                    connection.context = self.context(name.lower())

        context.sni_callback = choose
        return context

    def client(self) -> ssl.SSLContext:
        """What trusts this authority, and no other."""
        return ssl.create_default_context(cadata=self.pem.decode())

    def _context(self, *names: str) -> ssl.SSLContext:
        """What a server called by these names speaks TLS with."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        now = system_now()
        until = min(now + SERVER_LIFE, self._certificate.not_valid_after_utc)
        issued = self._ca.issue_cert(
            *names, organization_name="Simulator", not_before=now - SKEW, not_after=until
        )
        issued.configure_cert(context)
        return context


def names_of(vendors: Iterable[Vendor]) -> list[str]:
    """All hosts that vendors are reached at."""
    return [host for vendor in vendors for host in vendor.hosts]


def _signed(key: ec.EllipticCurvePrivateKey, names: Iterable[str]) -> x509.Certificate:
    """Its own certificate. It signs servers' certificates alone, which is said by its extended usage."""
    public, now = key.public_key(), system_now()
    who = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Simulator"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Simulator, for tests only, {now:%Y-%m-%d %H:%M}"),
        ]
    )
    builder = x509.CertificateBuilder(who, who, public, x509.random_serial_number(), now - SKEW, now + LIFE)
    subject = x509.SubjectKeyIdentifier.from_public_key(public)
    subtrees = [_subtree(name) for name in dict.fromkeys([*LOCAL, *names])]
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_certificates_alone(), critical=True)
        .add_extension(
            x509.NameConstraints(permitted_subtrees=subtrees, excluded_subtrees=None), critical=True
        )
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(subject, critical=False)
        .sign(key, SHA256())
    )


def _certificates_alone() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )


def _subtree(name: str) -> x509.DNSName | x509.IPAddress:
    """A name as a constraint has it: with all names below it."""
    try:
        address = ip_address(name)
    except ValueError:
        return x509.DNSName(name.removeprefix("*."))
    if address.is_loopback and address.version == 4:
        return x509.IPAddress(ip_network("127.0.0.0/8"))
    return x509.IPAddress(ip_network(address))


def _within(wanted: x509.GeneralName, permitted: x509.GeneralName) -> bool:
    if isinstance(wanted, x509.DNSName) and isinstance(permitted, x509.DNSName):
        return wanted.value == permitted.value or wanted.value.endswith(f".{permitted.value}")
    inner, outer = wanted.value, permitted.value
    if isinstance(inner, IPv4Network) and isinstance(outer, IPv4Network):
        return inner.subnet_of(outer)
    return isinstance(inner, IPv6Network) and isinstance(outer, IPv6Network) and inner.subnet_of(outer)
