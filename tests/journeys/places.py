"""Where a journey walks: a served copy of the demonstration, and visitors with a browser each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

SHOTS = Path("var/test-shots")
# what is in order comes back with one example only: a page has thousands of nodes
BRIEF = {"resultTypes": ["violations"]}
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# what htmx says of a request that ends because its page is left; one that fails says more
LEFT = ("htmx:afterRequest", "htmx:sendAbort")


@dataclass
class Visitor:
    """One person at one screen; what the browser complains of is kept."""

    page: Any
    address: str
    complaints: list[str] = field(default_factory=list)

    def hears(self, line: Any) -> None:
        """Keep an error of the browser's console."""
        if line.type == "error" and not line.text.startswith(LEFT):
            self.complaints.append(line.text)

    def goto(self, path: str) -> Any:
        """Open a page of the platform; it must answer without an error."""
        answer = self.page.goto(self.address + path)
        assert answer.status < 400, f"{path}: {answer.status}"
        return answer

    def sign_in(self, username: str) -> None:
        """Through the login page, with the one-click account of the demonstration."""
        self.goto("/login/")
        self.page.get_by_role("button", name=f"Σύνδεση ως {username}", exact=True).click()
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def press(self, name: str, *, exact: bool = True) -> None:
        """A button that acts on the page; look at the answer with :meth:`reads`."""
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def send(self, name: str, *, exact: bool = True) -> None:
        """A button that sends its form; returns on the page that answers."""
        with self.page.expect_navigation():
            self.press(name, exact=exact)

    def follow(self, name: str, *, exact: bool = True) -> None:
        """A link; returns on its page."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=exact).first.click()

    def menu(self, name: str) -> None:
        """Through the main menu, behind «Περισσότερα» where the entry is not on the bar."""
        entry = self.page.get_by_label("Κύριο μενού").get_by_role(
            "link", name=name, exact=True, include_hidden=True
        )
        if not entry.is_visible():
            self.page.get_by_text("Περισσότερα", exact=True).click()
        with self.page.expect_navigation():
            entry.click()

    def fetch(self, name: str) -> bytes:
        """The file behind a link of this name, with the person's own session."""
        link = self.page.get_by_role("link", name=name).first.get_attribute("href")
        answer = self.page.request.get(self.address + link)
        assert answer.ok, f"{link}: {answer.status}"
        return bytes(answer.body())

    def reads(self, *sentences: str) -> None:
        """Every sentence stands on the page, in visible text, at once or within ten seconds."""
        wanted, text = [squeezed(sentence) for sentence in sentences], ""
        for _ in range(100):
            self.page.wait_for_load_state()
            text = squeezed(self.page.locator("body").inner_text())
            if all(sentence in text for sentence in wanted):
                return
            self.page.wait_for_timeout(100)
        missing = [sentence for sentence in wanted if sentence not in text]
        raise AssertionError(f"not on {self.page.url}: {missing}\n{text}")

    def axe(self) -> None:
        """axe-core finds nothing on the present page."""
        found = violations(self.page)
        assert not found, f"{self.page.url}\n" + "\n".join(found)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def violations(page: Any) -> list[str]:
    """What axe-core finds, one readable line each."""
    return [
        f"{rule['id']}: {rule['help']} at {node['target']}: {node['html'][:160]}"
        for rule in Axe().run(page, options=BRIEF).response["violations"]
        for node in rule["nodes"]
    ]
