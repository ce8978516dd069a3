"""The authority itself: what it may sign, and that clients of each language hold it to that.

What is asked of them stands in `ASK`: a TLS connection to a name, with this CA trusted and no other.
Seen to fail: without name constraints all clients speak with `bank.example.com`, and with them in the root's
certificate alone Java does.
"""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from simulator.kernel.vendor import discover
from simulator.testing.ca import LIFE, Authority, names_of
from tests.process import PATIENCE

VENDORS = tuple(discover().values())
ASK = {
    "ask.py": """
import socket, ssl, sys
name, port, ca = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
context.verify_flags |= ssl.VERIFY_X509_STRICT  # by default from 3.13 on
with context.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=name) as spoken:
    print(spoken.recv(9).decode())
""",
    "ask.mjs": """
import tls from "node:tls"; import fs from "node:fs";
const [name, port, ca] = process.argv.slice(2);
tls.connect({ host: "127.0.0.1", port, servername: name, ca: fs.readFileSync(ca) })
  .on("data", function (heard) { console.log(heard.toString()); this.end(); });
""",
    "ask.php": """<?php
[, $name, $port, $ca] = $argv;
$context = stream_context_create(["ssl" => ["cafile" => $ca, "peer_name" => $name]]);
$spoken = stream_socket_client("tls://127.0.0.1:$port", $code, $why, 60, STREAM_CLIENT_CONNECT, $context);
echo $spoken ? fread($spoken, 9) : exit(1);
""",
    "ask.rb": """
require "socket"; require "openssl"
name, port, ca = ARGV
context = OpenSSL::SSL::SSLContext.new
context.set_params(ca_file: ca, verify_mode: OpenSSL::SSL::VERIFY_PEER, verify_hostname: true)
spoken = OpenSSL::SSL::SSLSocket.new(TCPSocket.new("127.0.0.1", port), context)
spoken.hostname = name
spoken.connect
puts spoken.readpartial(9)
""",
    "ask.sh": """
exec openssl s_client -quiet -verify_return_error -verify_hostname "$1" -servername "$1" \\
    -connect "127.0.0.1:$2" -CAfile "$3" -no-CApath -no-CAstore < /dev/null
""",
    "ask.go": """
package main
import ("crypto/tls"; "crypto/x509"; "fmt"; "os")
func main() {
	pem, _ := os.ReadFile(os.Args[3])
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(pem)
	config := &tls.Config{ServerName: os.Args[1], RootCAs: pool}
	spoken, err := tls.Dial("tcp", "127.0.0.1:"+os.Args[2], config)
	if err != nil { panic(err) }
	heard := make([]byte, 9)
	n, _ := spoken.Read(heard)
	fmt.Println(string(heard[:n]))
}
""",
    "Ask.java": """
import java.io.FileInputStream;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.*;
public class Ask {
  public static void main(String[] said) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var ca = CertificateFactory.getInstance("X.509").generateCertificate(new FileInputStream(said[2]));
    store.setCertificateEntry("ca", ca);
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    Socket plain = new Socket("127.0.0.1", Integer.parseInt(said[1]));
    var spoken = (SSLSocket) context.getSocketFactory().createSocket(plain, said[0], plain.getPort(), true);
    SSLParameters parameters = spoken.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    spoken.setSSLParameters(parameters);
    System.out.println(new String(spoken.getInputStream().readNBytes(5)));
  }
}
""",
}
RUN = {
    "ask.py": [sys.executable],
    "ask.mjs": ["node"],
    "ask.php": ["php"],
    "ask.rb": ["ruby"],
    "ask.sh": ["sh"],
    "ask.go": ["go", "run"],
    "Ask.java": ["java"],
}
NEEDS = {"ask.sh": "openssl", "Ask.java": "javac"}
SLOW = {"ask.go", "Ask.java"}


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.made([*names_of(VENDORS), "sim.example", "10.1.2.3"])


def extension(pem: bytes, kind: type[x509.ExtensionType]) -> x509.Extension[x509.ExtensionType]:
    return x509.load_pem_x509_certificate(pem).extensions.get_extension_for_class(kind)


@pytest.mark.parametrize("which", ["pem", "signer"])
def test_it_may_sign_for_vendors_and_this_computer_and_no_more(which: str, authority: Authority) -> None:
    """Said by both certificates."""
    pem = getattr(authority, which)
    found = extension(pem, x509.NameConstraints)
    assert found.critical
    assert isinstance(found.value, x509.NameConstraints)
    names = {each.value for each in found.value.permitted_subtrees or []}
    hosts = {name.removeprefix("*.") for name in names_of(VENDORS)}
    networks = {ip_network(each) for each in ("127.0.0.0/8", "::1/128", "10.1.2.3/32")}
    assert names == hosts | {"localhost", "sim.example"} | networks


def test_it_may_make_no_other_authority_and_sign_nothing_but_servers(authority: Authority) -> None:
    """The root has no key any more; the one below it may sign servers' certificates alone."""
    for pem, below in ((authority.pem, 1), (authority.signer, 0)):
        assert extension(pem, x509.BasicConstraints).value == x509.BasicConstraints(True, path_length=below)
        usage = extension(pem, x509.ExtendedKeyUsage).value
        assert usage == x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])


def test_it_lives_for_years_and_a_servers_certificate_for_one(authority: Authority) -> None:
    whole = x509.load_pem_x509_certificate(authority.pem)
    assert whole.not_valid_after_utc - whole.not_valid_before_utc > LIFE
    with served(authority.context("localhost")) as port:
        context = authority.client()
        with context.wrap_socket(
            socket.create_connection(("127.0.0.1", port)), server_hostname="localhost"
        ) as spoken:
            der = spoken.getpeercert(binary_form=True)
    assert der is not None
    leaf = x509.load_der_x509_certificate(der)
    assert (leaf.not_valid_after_utc - leaf.not_valid_before_utc).days <= 398


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("api.infact.no", True),
        ("x.api.infact.no", True),
        ("a.b.altcraft.com", True),
        ("localhost", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("sim.example", True),
        ("10.1.2.3", True),
        ("infact.no", False),
        ("xaltcraft.com", False),
        ("10.1.2.4", False),
        ("::2", False),
        ("com", False),
    ],
)
def test_what_it_says_it_may_sign(authority: Authority, name: str, may: bool) -> None:
    assert authority.may_sign(name) is may


def test_an_authority_without_constraints_may_sign_anything() -> None:
    """Such as a user's own, put there by hand."""
    theirs = trustme.CA()
    assert Authority(theirs.cert_pem.bytes(), theirs.private_key_pem.bytes()).may_sign("bank.example.com")


@contextmanager
def served(context: ssl.SSLContext) -> Iterator[int]:
    """Says "hello" over TLS to whoever comes; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                try:
                    client.settimeout(PATIENCE)
                    with client, context.wrap_socket(client, server_side=True) as spoken:
                        spoken.sendall(b"hello")
                except OSError:
                    pass

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            serving.join()


def here() -> list[object]:
    return [
        pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else [])
        for name in RUN
        if shutil.which(NEEDS.get(name, RUN[name][0]))
    ]


@pytest.mark.parametrize("program", here())
def test_clients_take_it_for_a_vendor_and_for_nobody_else(
    program: str, authority: Authority, tmp_path: Path
) -> None:
    (tmp_path / program).write_text(ASK[program])
    (tmp_path / "ca.pem").write_bytes(authority.pem)

    def heard(name: str) -> bool:
        with served(authority.context(name)) as port:
            done = subprocess.run(
                [*RUN[program], program, name, str(port), "ca.pem"],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=2 * PATIENCE,
                check=False,
            )
        return "hello" in done.stdout

    names = ["api.infact.no", "a.b.footprints-ai.com", "bank.example.com"]
    assert [name for name in names if heard(name)] == names[:2]
