"""The documentation is true where a machine can tell: links, images, commands, accounts, names."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from didaskaleio.site import demo_accounts, reference
from didaskaleio.site.web import urls as of_the_demonstration

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "didaskaleio"
DOCS = ROOT / "docs"
ROOMS = DOCS / "rooms"
GENERATED = DOCS / "reference"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted(DOCS.rglob("*.md")),
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```", re.DOTALL)
TICKED = re.compile(r"`([^`]+)`")
ACCOUNT = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)
ADDRESS = re.compile(r"[\w+.-]*://[^\s`'\")]*")
OUR_ADDRESSES = (
    "postgresql://user",
    "postgresql://didaskaleio",
    "http://127.0.0.1",
    "s3://bucket",
)
OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:work/(?!<)|tmp|root|Users|mnt|home/\w)")
LARGEST_IMAGE = 300_000


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def prose(page: Path) -> str:
    return CODE.sub("", page.read_text())


@cache
def generated() -> frozenset[Path]:
    return frozenset(GENERATED / page for page in reference.pages(ROOT))


@cache
def defined(room: str) -> frozenset[str]:
    """Names of functions, classes and files of a room."""
    files = list((SOURCE / room).rglob("*.py"))
    found = re.compile(r"^(?:def|class) (\w+)|^    def (\w+)", re.MULTILINE)
    names = {part for file in files for hit in found.findall(file.read_text()) for part in hit}
    return frozenset(names | {file.stem for file in files})


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_and_image_exists(page):
    targets = [link.partition("#")[0] for link in LINK.findall(prose(page))]
    local = [link for link in targets if link and "://" not in link]
    missing = [
        link
        for link in local
        if not (page.parent / link).exists()
        and Path(os.path.normpath(page.parent / link)) not in generated()
    ]
    assert missing == []


def test_every_page_is_reached_from_the_index():
    reached, waiting = set(), [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        links = [link.partition("#")[0] for link in LINK.findall(prose(page))]
        waiting += [Path(os.path.normpath(page.parent / link)) for link in links if link]
    assert set(DOCS.rglob("*.md")) - reached == set()


def test_the_configuration_of_mkdocs_names_pages_that_exist():
    named = re.findall(r"[\w./-]+\.md", (ROOT / "mkdocs.yml").read_text())
    known = {str(page.relative_to(DOCS)) for page in [*DOCS.rglob("*.md"), *generated()]}
    assert named
    assert set(named) - known == set()


def test_images_are_small():
    images = list((DOCS / "images").glob("*.png"))
    assert images
    assert [i.name for i in images if i.stat().st_size > LARGEST_IMAGE] == []


def test_the_readme_begins_with_the_two_commands():
    first = (ROOT / "README.md").read_text().splitlines()[0]
    words = ("`git`", "`make`", "`python3-venv`", "`make demo`", "`make test`")
    assert [word for word in words if word not in first] == []


def test_the_readme_lists_the_accounts_of_the_demonstration():
    readme = (ROOT / "README.md").read_text()
    assert ACCOUNT.findall(readme) == demo_accounts.ACCOUNTS
    assert f"`{demo_accounts.PASSWORD}`" in readme


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_pages_name_no_registry_and_no_path_of_a_machine(page):
    text = page.read_text()
    foreign = [a for a in ADDRESS.findall(text) if not a.startswith(OUR_ADDRESSES)]
    assert foreign == []
    assert OF_A_MACHINE.findall(text) == []


@pytest.mark.parametrize(
    "target", re.findall(r"make (\w[\w-]*)`", (ROOT / "README.md").read_text())
)
def test_every_target_in_the_readme_is_in_the_makefile(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


def opens(address: str) -> bool:
    """Whether an address of the documentation, its placeholders filled in, has a view."""
    filled = re.sub(r"<\w+>", "1", address)
    if filled.startswith("/demo/"):
        tail = filled.removeprefix("/demo/")
        return any(pattern.resolve(tail) for pattern in of_the_demonstration.urlpatterns)
    if filled in {"/work/1/", "/files/1/"}:
        filled = filled.replace("/1/", "/00000000-0000-4000-8000-000000000000/")
    try:
        resolve(filled)
    except Resolver404:
        return False
    return True


@pytest.mark.parametrize(
    "page", [*sorted((DOCS / "tour").glob("*.md")), *sorted(ROOMS.glob("*.md"))], ids=name
)
def test_every_address_that_a_page_names_opens(page):
    named = [word for word in TICKED.findall(prose(page)) if re.fullmatch(r"/[\w<>./-]*", word)]
    assert [address for address in named if not opens(address)] == []


def test_an_address_that_no_view_answers_is_noticed():
    assert not opens("/nowhere/")
    assert not opens("/demo/nowhere/")


def test_every_room_has_its_page():
    rooms = {folder.name for folder in SOURCE.iterdir() if (folder / "apps.py").exists()}
    assert {page.stem for page in ROOMS.glob("*.md")} - {"index"} == rooms


@pytest.mark.parametrize("page", sorted(ROOMS.glob("[!i]*.md")), ids=name)
def test_the_operations_and_models_that_a_room_page_names_exist(page):
    text = page.read_text().partition("## Pages")[0].partition("## Public")[2]
    calls = [word for word in TICKED.findall(text) if re.fullmatch(r"[\w.]+(\([\w, ]*\))?", word)]
    models = text.partition("## Main models\n")[2].partition("(`models")[0]
    wanted = [word.partition("(")[0].rpartition(".")[2] for word in calls if ".py" not in word]
    wanted += [word for word in re.findall(r"\w+", models) if word[0].isupper()]
    assert wanted
    assert [word for word in wanted if word not in defined(page.stem)] == []


def test_the_architecture_names_files_that_exist():
    text = (DOCS / "architecture.md").read_text()
    named = re.findall(
        r"`((?:kernel|enrolment|programmes|completion|delivery)/[\w/]+(?:\.py)?)/?`", text
    )
    assert named
    assert [file for file in named if not (SOURCE / file).exists()] == []


def test_the_page_of_settings_names_every_variable_that_is_read():
    code = "".join(p.read_text() for p in SOURCE.rglob("*.py"))
    read = set(re.findall(r"[\"'](DIDASKALEIO_[A-Z_]+|DATABASE_URL)[\"']", code))
    told = set(
        re.findall(
            r"`(DIDASKALEIO_[A-Z_]+|DATABASE_URL)`", (DOCS / "operate/deployment.md").read_text()
        )
    )
    assert read == told
