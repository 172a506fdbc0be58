"""A stand-in of BigBlueButton over real HTTP: it checks every checksum and answers in XML."""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

SECRET = "shared-secret-of-the-tests"


class StandIn:
    """What the server knows: its meetings with who is inside, and what it was asked."""

    def __init__(self):
        self.meetings, self.asked, self.broken = {}, [], b""

    def answer(self, call, query):
        plain, _, checksum = query.rpartition("checksum=")
        told = hashlib.sha256(f"{call}{plain.rstrip('&')}{SECRET}".encode()).hexdigest()
        self.asked.append((call, parse_qs(plain)))
        if self.broken:
            return self.broken
        if told != checksum:
            return b"<response><returncode>FAILED</returncode></response>"
        if call == "create":
            self.meetings.setdefault(parse_qs(plain)["meetingID"][0], [])
            return b"<response><returncode>SUCCESS</returncode></response>"
        meetings = "".join(self.meeting(*each) for each in self.meetings.items())
        text = (
            f"<response><returncode>SUCCESS</returncode><meetings>{meetings}</meetings></response>"
        )
        return text.encode()

    @staticmethod
    def meeting(name, people):
        inside = "".join(
            f"<attendee><userID>{one}</userID><fullName>Α &amp; Β</fullName></attendee>"
            for one in people
        )
        return f"<meeting><meetingID>{name}</meetingID><attendees>{inside}</attendees></meeting>"


@contextmanager
def served():
    """The stand-in and its address, which ends in /api."""
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path, _, query = self.path.partition("?")
            body = stand_in.answer(path.rpartition("/")[2], query)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield stand_in, f"http://127.0.0.1:{server.server_port}/bigbluebutton/api"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
