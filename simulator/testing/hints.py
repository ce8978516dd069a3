"""How to have the kept authority trusted, system by system, and how to undo it."""

from __future__ import annotations

import shlex
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1

HINTS = """\
Whoever trusts it lets it sign for the vendors' hosts and this computer, and for nothing else: its name
constraints say so. Its key is beside it; keep that to yourself. For one shell or one command nothing needs to
be installed: eval "$(simulator env)" and `simulator exec`.

Debian, Ubuntu
  trust  sudo cp {ca} /usr/local/share/ca-certificates/simulator.crt && sudo update-ca-certificates
  undo   sudo rm /usr/local/share/ca-certificates/simulator.crt && sudo update-ca-certificates --fresh

Fedora, RHEL
  trust  sudo cp {ca} /etc/pki/ca-trust/source/anchors/simulator.pem && sudo update-ca-trust
  undo   sudo rm /etc/pki/ca-trust/source/anchors/simulator.pem && sudo update-ca-trust

Alpine (after apk add ca-certificates)
  trust  cp {ca} /usr/local/share/ca-certificates/simulator.crt && update-ca-certificates
  undo   rm /usr/local/share/ca-certificates/simulator.crt && update-ca-certificates

macOS
  trust  sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain {ca}
  undo   sudo security delete-certificate -t -Z {sha1} /Library/Keychains/System.keychain

Windows, for the current user
  trust  certutil -addstore -user Root {ca}
  undo   certutil -delstore -user Root {sha1}

Chrome on Linux (certutil is in libnss3-tools or nss-tools; for Firefox -d sql:PROFILE, the folder that
about:profiles names, or Settings > Privacy & Security > View Certificates > Authorities)
  trust  certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n simulator -i {ca}
  undo   certutil -d sql:$HOME/.pki/nssdb -D -n simulator

Java
  trust  keytool -importcert -noprompt -cacerts -storepass changeit -alias simulator -file {ca}
  undo   keytool -delete -cacerts -storepass changeit -alias simulator

Node
  trust  export NODE_EXTRA_CA_CERTS={ca}
  undo   unset NODE_EXTRA_CA_CERTS

Python, curl, Ruby, Go on Linux; they trust nothing else then
  trust  export SSL_CERT_FILE={ca} REQUESTS_CA_BUNDLE={ca} CURL_CA_BUNDLE={ca}
  undo   unset SSL_CERT_FILE REQUESTS_CA_BUNDLE CURL_CA_BUNDLE

PHP
  trust  php -d curl.cainfo={ca} -d openssl.cafile={ca} …
  undo   leave the options out

A Docker image from Debian, Ubuntu or Alpine with ca-certificates; ca.pem lies beside the Dockerfile
  trust  COPY ca.pem /usr/local/share/ca-certificates/simulator.crt
         RUN update-ca-certificates
  undo   take the two lines out and build it anew"""


def text(ca: Path) -> str:
    """For people; `ca` is the certificate's file."""
    certificate = x509.load_pem_x509_certificate(ca.read_bytes())
    sha1 = certificate.fingerprint(SHA1()).hex().upper()  # noqa: S303 - its name in the systems' own stores
    return HINTS.format(ca=shlex.quote(str(ca)), sha1=sha1)
