"""Receives Leadwright's webhooks, and takes only what is signed with one of its secrets.

Python 3.9 or later, standard library only.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import sys
import threading
import time
from collections import OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE_SECONDS = 300
TIMESTAMP = re.compile(r"[0-9]{1,12}")
BODY_BYTES_MAX = 5_000_000
IDS_KEPT = 10_000
MARK = "whsec_"


def key_of(secret):
    text = secret[len(MARK):] if secret.startswith(MARK) else secret
    return base64.b64decode(text)


# Several secrets stand side by side, parted by blanks, while a new one takes the place of an old one.
KEYS = [key_of(secret) for secret in os.environ.get("WEBHOOK_SECRETS", "").split()]


def is_genuine(headers, body, now=None):
    """True when the headers carry a signature of these very bytes by one of the keys, made within the last minutes."""
    message_id = headers.get("webhook-id")
    timestamp = headers.get("webhook-timestamp") or ""
    signatures = headers.get("webhook-signature")
    if not message_id or not signatures or not TIMESTAMP.fullmatch(timestamp):
        return False
    # A message that somebody else has kept cannot be played back later.
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    good = [b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()) for key in KEYS]
    # Compared in a time that says nothing of how much of it is right.
    return any(hmac.compare_digest(one, given.encode()) for given in signatures.split(" ") for one in good)


# A message may come twice, with the same id. A real receiver keeps the ids where its data is, in one transaction.
_seen = OrderedDict()
_lock = threading.Lock()


def is_new(message_id):
    with _lock:
        if message_id in _seen:
            return False
        _seen[message_id] = True
        if len(_seen) > IDS_KEPT:
            _seen.popitem(last=False)
        return True


def handle(message):
    """What your program does with a message. Keep it short: the answer is waited for 15 seconds."""
    data = message["data"]
    changes = [f"{one['field']}: {show(one['old'])} → {show(one['new'])}" for one in data.get("changes", [])]
    told = {
        "type": message["type"],
        "lead": data.get("id"),
        "revision": data.get("revision"),
        "name": data.get("name"),
        "changes": changes,
    }
    print(json.dumps(told, ensure_ascii=False), flush=True)


def show(value):
    return "–" if value is None else json.dumps(value, ensure_ascii=False)


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = self.headers.get("content-length") or ""
        if not re.fullmatch(r"[0-9]{1,12}", length):
            return self.answer(411)
        if int(length) > BODY_BYTES_MAX:
            return self.answer(413)
        body = self.rfile.read(int(length))
        if not is_genuine(self.headers, body):
            return self.answer(401)
        if is_new(self.headers["webhook-id"]):
            handle(json.loads(body))
        # Whatever is not answered with 2xx is sent again.
        return self.answer(204)

    def answer(self, status):
        if status >= 400:
            self.close_connection = True
        self.send_response(status)
        if status != 204:
            self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    if not KEYS:
        sys.exit("Set WEBHOOK_SECRETS to the secret of your endpoint: it begins with whsec_.")
    server = ThreadingHTTPServer((os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8080"))), Receiver)
    print(f"Listening on port {server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
