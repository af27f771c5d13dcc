"""README and docs: every link leads somewhere, every file that is named is there, every command can be typed."""

import importlib.util
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from cli.main import app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

FENCED = re.compile(r"^ *```(?P<kind>\w*)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^(?: {4}|\t).*\n)+", re.MULTILINE)
LINK = re.compile(r"\]\((?P<target>[^)\s#]+)[^)]*\)")
WORD = re.compile(r"`(?P<word>[^`\n]+)`")
PLACEHOLDER = re.compile(r"<[^>]+>|\.{3}|…")
OWN_COMMAND = re.compile(r"(?:^|[\s(])(?:\.venv/bin/)?pathfinder (?P<arguments>[^)#&|\n]*)")
MODULE = re.compile(r"python -m (?P<name>[\w.]+)")
MAKE = re.compile(r"(?:^|\s)make (?P<target>[a-z]+)", re.MULTILINE)
TOP = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - {"var"}


@pytest.fixture(params=PAGES, ids=NAMES)
def page(request: pytest.FixtureRequest) -> Path:
    """One page after the other."""
    found: Path = request.param
    return found


def blocks(text: str) -> str:
    """What stands in code blocks, where somebody may copy it, with continued lines as one."""
    fenced = [found["text"] for found in FENCED.finditer(text) if found["kind"] in ("sh", "")]
    indented = INDENTED.findall(FENCED.sub("", text))
    return "\n".join([*fenced, *indented]).replace("\\\n", " ")


def paths(text: str) -> set[str]:
    """What reads as the path of a file or folder of ours."""
    words = {found["word"] for found in WORD.finditer(text)} | set(re.split(r"[\s'\"()=]+", blocks(text)))
    cleaned = {PLACEHOLDER.sub("*", word.partition(":")[0]) for word in words}
    whole = {word for word in cleaned if re.fullmatch(r"[\w.*/-]+", word)}
    below = {word for word in whole if "/" in word and word.partition("/")[0] in TOP}
    return below | {word for word in whole if re.fullmatch(r"[\w-]+\.(py|toml|yml|lock)", word)}


def there(path: str) -> bool:
    """Whether a path is one of the checkout's, or a bare name that of a file somewhere in its rooms."""
    rooms = TOP if "/" not in path else ()
    return any(ROOT.glob(path)) or any(any((ROOT / room).rglob(path)) for room in rooms)


def named_in(page: Path, pattern: re.Pattern[str], group: str) -> list[str]:
    """What a pattern finds in a page's code blocks and in its words of code."""
    text = page.read_text(encoding="utf-8")
    words = "\n".join(found["word"] for found in WORD.finditer(text))
    return [found[group].strip() for found in pattern.finditer(f"{blocks(text)}\n{words}")]


def test_every_relative_link_leads_to_something_that_is_there(page: Path) -> None:
    links = [found["target"] for found in LINK.finditer(page.read_text(encoding="utf-8"))]
    relative = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in relative if not (page.parent / link).exists()] == []


def test_every_file_that_is_named_is_there(page: Path) -> None:
    named = paths(page.read_text(encoding="utf-8"))
    assert [path for path in sorted(named) if not there(path)] == []


def test_every_module_that_is_to_be_run_is_there_and_run_by_the_python_that_has_it(page: Path) -> None:
    for name in named_in(page, MODULE, "name"):
        assert importlib.util.find_spec(name.rstrip(".")), name
    assert not re.search(r"(?<!bin/)python -m ", blocks(page.read_text(encoding="utf-8")))


def test_every_target_of_make_is_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(named_in(page, MAKE, "target")) <= targets


def test_every_command_in_a_code_block_can_be_typed_as_it_stands(page: Path) -> None:
    text = blocks(page.read_text(encoding="utf-8"))
    for found in OWN_COMMAND.finditer(text):
        assert understood(shlex.split(found["arguments"])), found[0]


def test_every_command_in_the_text_is_there_with_its_options(page: Path) -> None:
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    for word in (found["word"] for found in WORD.finditer(text)):
        if word.startswith("pathfinder ") and "|" not in word:
            command, rest = chosen(shlex.split(word)[1:])
            known = {option for parameter in command.params for option in parameter.opts}
            assert {one for one in rest if one.startswith("--")} <= known | {"--help"}, word


def test_the_readme_shows_commands_and_the_pages_are_found() -> None:
    readme = blocks(PAGES[0].read_text(encoding="utf-8"))
    assert len(OWN_COMMAND.findall(readme)) >= 6
    assert {"README.md", "docs/operations.md", "docs/decisions/0003-portfolio-format.md"} <= set(NAMES)
    operations = paths((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    assert {
        "deploy/temporal/dynamic-config.yaml",
        "worker.py",
        "tests/faults",
        "docker-compose.yml",
    } <= operations


@pytest.mark.parametrize("wrong", ["nonsense", "country lists", "country list --flags x", "token", "decide"])
def test_a_command_that_cannot_be_typed_is_seen(wrong: str) -> None:
    with pytest.raises(Exception, match=r"(?i)no such|missing"):
        understood(shlex.split(wrong))


def chosen(arguments: list[str]) -> tuple[TyperCommand | TyperGroup, list[str]]:
    """The command that the arguments choose, and those that are left for it."""
    command: Any = typer.main.get_command(app)
    while isinstance(command, TyperGroup) and arguments:
        _, command, arguments = command.resolve_command(typer.Context(command), arguments)
    return command, arguments


def understood(arguments: list[str]) -> bool:
    """Whether the command line is understood; raises UsageError, saying why not. Nothing is run."""
    command, rest = chosen(arguments)
    return command.make_context(command.name, rest) is not None
