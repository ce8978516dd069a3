"""A certificate authority that may sign for the vendors' hosts and this computer, and for nothing else.

RFC 5280 lets a CA's certificate say what it may sign (4.2.1.10), and clients hold it to that: whoever trusts
ours has not trusted it with their bank.
"""

from __future__ import annotations

import contextlib
import re
import ssl
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from secrets import token_hex

import trustme
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
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
LABEL = re.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?")
CONTEXTS = 256
"""How many servers' names are remembered with their certificates; `*.` of a vendor stands for any number."""


class Authority:
    """Signs by a certificate in between: Java holds no root to its constraints, but that one it does.

    Nobody has the root's key.
    """

    def __init__(self, certificate: bytes, signer: bytes) -> None:
        """`certificate` is what is trusted; `signer` a key, and its certificate where that is another.

        Both are PEM. Raises ValueError where they are not, or do not belong together.
        """
        self.pem, self.signer = certificate, signer
        root, key = _certificates(certificate)[:1], _key(signer)
        self._chain = [*_certificates(signer)[:1], *root]
        if not root:
            raise ValueError("there is no certificate")
        if key.public_key() != self._chain[0].public_key():
            raise ValueError("the key is another certificate's")
        _check_issued(self._chain[0], root[0])
        self._ca = trustme.CA.from_pem(self._chain[0].public_bytes(Encoding.PEM), signer)
        self.context = lru_cache(CONTEXTS)(self._context)

    @classmethod
    def made(cls, names: Iterable[str]) -> Authority:
        """A new one that may sign for this computer and `names`; `*.` stands for any label."""
        subtrees = [_subtree(name) for name in dict.fromkeys([*LOCAL, *names])]
        root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root = _signed(root_key, root_key.public_key(), _called("Simulator, for tests only"), subtrees, 1)
        signer = _signed(root_key, key.public_key(), root.subject, subtrees, 0)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return cls(root.public_bytes(Encoding.PEM), private + signer.public_bytes(Encoding.PEM))

    @property
    def expires(self) -> datetime:
        return min(each.not_valid_after_utc for each in self._chain)

    def may_sign(self, name: str) -> bool:
        """Whether clients would take it from this authority that a server is called so."""
        return all(_permits(each, name) for each in self._chain)

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
        now = system_now()
        until = min(now + SERVER_LIFE, self.expires)
        issued = self._ca.issue_cert(
            *names, organization_name="Simulator", not_before=now - SKEW, not_after=until
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        between = b"".join(each.public_bytes(Encoding.PEM) for each in self._chain[:-1])
        with trustme.Blob(issued.private_key_and_cert_chain_pem.bytes() + between).tempfile() as file:
            context.load_cert_chain(file)
        return context


def can_be_certified(name: str) -> bool:
    """Whether a certificate can say it: an address, or a host's name in plain letters (RFC 1123 2.1)."""
    try:
        ip_address(name)
    except ValueError:
        return all(LABEL.fullmatch(label) for label in name.split("."))
    return True


def names_of(vendors: Iterable[Vendor]) -> list[str]:
    """All hosts that vendors are reached at."""
    return [host for vendor in vendors for host in vendor.hosts]


def _certificates(pem: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError:
        return []


def _key(pem: bytes) -> ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey:
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError) as error:
        raise ValueError("there is no key without a password") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError("its key is neither RSA's nor of an elliptic curve")
    return key


def _check_issued(signer: x509.Certificate, root: x509.Certificate) -> None:
    try:
        signer.verify_directly_issued_by(root)
    except InvalidSignature as error:
        raise ValueError("the key is another authority's") from error


def _permits(certificate: x509.Certificate, name: str) -> bool:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.NameConstraints)
    except x509.ExtensionNotFound:
        return True
    wanted = _subtree(name)
    return any(_within(wanted, each) for each in extension.value.permitted_subtrees or ())


def _called(what: str) -> x509.Name:
    """Unlike any other's, so that one sees which of several is trusted."""
    words = {NameOID.ORGANIZATION_NAME: "Simulator", NameOID.COMMON_NAME: f"{what}, {token_hex(3)}"}
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in words.items()])


def _signed(
    root: ec.EllipticCurvePrivateKey,
    public: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    permitted: Iterable[x509.GeneralName],
    below: int,
) -> x509.Certificate:
    """The root's own certificate, or one by it; by its extended usage it signs for servers alone."""
    now = system_now()
    subject = issuer if public == root.public_key() else _called("Simulator, signs for it")
    return (
        x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number(), now - SKEW, now + LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=below), critical=True)
        .add_extension(_certificates_alone(), critical=True)
        .add_extension(x509.NameConstraints(permitted, excluded_subtrees=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
        .sign(root, SHA256())
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
