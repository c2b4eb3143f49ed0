"""A real nginx with the configuration that is generated: its ports and certificates are those of a test."""

import contextlib
import datetime as dt
import http.client
import shutil
import socket
import ssl
import subprocess
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NGINX, CADDY = shutil.which("nginx", path="/usr/sbin:/usr/bin"), shutil.which("caddy")

_FRAME = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    default_type text/html;
    include {folder}/stores.conf;
}}
"""


def free_ports(count):
    with contextlib.ExitStack() as stack:
        taken = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in taken:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in taken]


def certificate(folder, domain):
    """One that nobody trusts."""
    folder.mkdir(parents=True)
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, domain)])
    begin, numbers = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), x509.random_serial_number()
    made = x509.CertificateBuilder(name, name, key.public_key(), numbers, begin, begin + dt.timedelta(days=9_000))
    signed = made.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


class Proxy:
    """A running nginx: ``plain`` and ``secure`` are its ports."""

    def __init__(self, folder, config, domains):
        self.plain, self.secure = free_ports(2)
        for domain in domains:
            certificate(folder / "certificates" / domain, domain)
        config = config.replace("listen 80", f"listen 127.0.0.1:{self.plain}")
        config = config.replace("listen 443", f"listen 127.0.0.1:{self.secure}")
        (folder / "stores.conf").write_text(config.replace("/etc/letsencrypt/live", str(folder / "certificates")))
        (folder / "nginx.conf").write_text(_FRAME.format(folder=folder))
        self.command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]

    def check(self):
        """What ``nginx -t`` says, and whether it is content."""
        done = subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    @contextlib.contextmanager
    def running(self):
        process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        try:
            for _ in range(200):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.secure), 0.1):
                    break
                time.sleep(0.02)
            yield self
        finally:
            process.terminate()
            process.wait()

    def get(self, domain, path, *, secure=True, host=None, **headers):
        """(status, headers, body) of an answer; ``domain`` is the name in the TLS handshake."""
        sock = socket.create_connection(("127.0.0.1", self.secure if secure else self.plain), 5)
        if secure:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            sock = context.wrap_socket(sock, server_hostname=domain)
        with contextlib.closing(http.client.HTTPConnection("localhost")) as connection:
            connection.sock = sock
            connection.putrequest("GET", path, skip_host=True)
            for name in [domain] if host is None else host:
                connection.putheader("Host", name)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
