from __future__ import annotations

import gc
import smtplib
import socket
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from didaskaleio.site.mailsink import MailSink, read_messages


def letter(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "noreply@didaskaleio.example"
    message["To"] = "Εκπαιδευτικός <teacher@didaskaleio.example>"
    message.set_content("Η αίτησή σας παραλήφθηκε.\n")
    message.add_attachment(b"%PDF", "application", "pdf", filename="απόδειξη.pdf")
    return message


def test_letters_sent_by_smtp_are_read_back_newest_first(tmp_path):
    with MailSink(tmp_path / "mail") as sink:
        host, _, port = sink.address.partition(":")
        with smtplib.SMTP(host, int(port)) as client:
            for number in range(3):
                client.send_message(letter(f"Απόδειξη {number}"))
    found = read_messages(tmp_path / "mail", 2)
    assert [one.subject for one in found] == ["Απόδειξη 2", "Απόδειξη 1"]
    assert found[0].to == "Εκπαιδευτικός <teacher@didaskaleio.example>"
    assert found[0].text == "Η αίτησή σας παραλήφθηκε."
    assert found[0].attachments == ("απόδειξη.pdf",)
    assert timedelta() <= datetime.now(UTC) - found[0].date < timedelta(minutes=1)
    assert len(list((tmp_path / "mail").iterdir())) == 3


def test_the_sink_listens_on_the_loopback_only(tmp_path):
    with MailSink(tmp_path) as sink:
        assert sink.address.startswith("127.0.0.1:")


def test_a_sink_that_ends_cuts_off_who_still_talks_and_leaves_nothing_open(tmp_path):
    """What stays open is found by the collector, as a warning in the test that runs then."""
    for _ in range(5):
        with ExitStack() as clients:
            with MailSink(tmp_path) as sink:
                host, _, port = sink.address.partition(":")
                greeted, _silent = (
                    clients.enter_context(socket.create_connection((host, int(port)), 10))
                    for _ in range(2)
                )
                told = clients.enter_context(greeted.makefile("rb"))
                assert told.readline().startswith(b"220 ")
            assert told.read() == b""
    gc.collect()


def test_a_broken_letter_and_an_empty_folder_are_shown_as_they_are(tmp_path):
    assert read_messages(tmp_path / "none", 10) == []
    (tmp_path / "01700000000000000000-aa.eml").write_bytes(b"\xff\xfe not a letter")
    (found,) = read_messages(tmp_path, 10)
    assert (found.subject, found.to) == ("", "")
    assert found.date == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
