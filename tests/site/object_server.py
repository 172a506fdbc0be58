"""A server that speaks S3 over the network: moto's, a process of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import uuid
from contextlib import closing

import boto3  # noqa: TID253

from tests.faults.ground import wait_for
from tests.ports import free_port

KEYS = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests"}


class Server:
    """The process of the server, and a client of the test beside the platform's.

    What it holds is gone when it stops.
    """

    def __init__(self, log):
        self.port, self.log = free_port(), log

    def start(self):
        words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self.process = subprocess.Popen(words, stdout=self.log, stderr=self.log)
        wait_for(self._answers)

    def _answers(self):
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        self.process.kill()
        self.process.wait()

    @property
    def client(self):
        address = f"http://127.0.0.1:{self.port}"
        session = boto3.Session(*KEYS.values())
        return session.client("s3", endpoint_url=address, region_name="gr-1")

    def bucket(self, name=None):
        """A new bucket; its name, and the address of the setting."""
        name = name or f"archeia-{uuid.uuid4().hex}"
        place = {"LocationConstraint": "gr-1"}
        self.client.create_bucket(Bucket=name, CreateBucketConfiguration=place)
        return name, f"s3://{name}?endpoint=http://127.0.0.1:{self.port}&region=gr-1"
