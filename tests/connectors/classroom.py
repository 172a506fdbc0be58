"""A stand-in of BigBlueButton over real HTTP: it checks every checksum and answers in XML."""

from __future__ import annotations

import hashlib
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

SECRET = "shared-secret-of-the-tests"
DONE = "<response><returncode>SUCCESS</returncode>{}</response>"
FAILED = b"<response><returncode>FAILED</returncode></response>"


class StandIn:
    """What the server knows: its meetings with who is inside, and what it was asked.

    ``recordings``: name → meeting, state, milliseconds from and to, and formats (type, address).
    """

    def __init__(self):
        self.meetings, self.recordings, self.asked, self.broken = {}, {}, [], b""
        self.fails = set()

    def answer(self, call, query):
        plain, _, checksum = query.rpartition("checksum=")
        told = hashlib.sha256(f"{call}{plain.rstrip('&')}{SECRET}".encode()).hexdigest()
        asked = parse_qs(plain)
        self.asked.append((call, asked))
        if self.broken:
            return self.broken
        if told != checksum or asked.get("meetingID", [""])[0] in self.fails:
            return FAILED
        return getattr(self, f"on_{call}")({k: v[0] for k, v in asked.items()})

    def on_create(self, asked):
        self.meetings.setdefault(asked["meetingID"], [])
        return DONE.format("").encode()

    def on_getMeetings(self, asked):  # noqa: N802 - as the call is named
        meetings = "".join(self.meeting(*each) for each in self.meetings.items())
        return DONE.format(f"<meetings>{meetings}</meetings>").encode()

    def on_getRecordings(self, asked):  # noqa: N802 - as the call is named
        rows = "".join(self.recording(name, **facts) for name, facts in self.recordings.items())
        none = "" if rows else "<messageKey>noRecordings</messageKey>"
        return DONE.format(f"<recordings>{rows}</recordings>{none}").encode()

    def on_deleteRecordings(self, asked):  # noqa: N802 - as the call is named
        for name in asked["recordID"].split(","):
            del self.recordings[name]
        return DONE.format("<deleted>true</deleted>").encode()

    @staticmethod
    def meeting(name, people):
        inside = "".join(
            f"<attendee><userID>{one}</userID><fullName>Α &amp; Β</fullName></attendee>"
            for one in people
        )
        return f"<meeting><meetingID>{name}</meetingID><attendees>{inside}</attendees></meeting>"

    @staticmethod
    def recording(name, *, meeting, begins, ends, formats, state="published", size=1_104_836):
        ways = "".join(
            f"<format><type>{kind}</type><url>{escape(url)}</url><length>88</length>"
            f"<size>{size}</size></format>"
            for kind, url in formats
        )
        return (
            f"<recording><recordID>{name}</recordID><meetingID>{meeting}</meetingID>"
            f"<published>true</published><state>{state}</state><startTime>{begins}</startTime>"
            f"<endTime>{ends}</endTime><size>{size}</size><playback>{ways}</playback></recording>"
        )


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
