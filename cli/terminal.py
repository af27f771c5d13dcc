"""What commands write, and where: data to stdout, as tables or JSON; all that is said about it to stderr."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

_WIDE = 250
"""Columns of a table that goes into a file or a pipe: nothing is cut there."""


def tell(text: str) -> None:
    """Says something to the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def put(text: str) -> None:
    """Writes a line of data."""
    print(text, flush=True)


def put_json(content: Any) -> None:
    """Writes data as JSON: pydantic models, dataclasses, dates and what holds them."""
    from pydantic_core import to_jsonable_python

    put(json.dumps(to_jsonable_python(content), indent=2, ensure_ascii=False))


@contextmanager
def progress(text: str) -> Iterator[Callable[[int, int, str], None]]:
    """Shows the person at a terminal how far something is: call it with what is done, of how much, and what comes.

    Nothing is shown in a file or pipe, nothing stays on the screen, and stdout is never touched. Write data after it.
    """
    if not sys.stderr.isatty():
        yield lambda done, total, what: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(escape(text), total=None)

        def show(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=escape(f"{text}: {what}"))

        yield show


def put_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes data as a table; a pipe gets it without frames and without cuts."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    here = sys.stdout.isatty()
    console = Console(file=sys.stdout, width=None if here else _WIDE, highlight=False)
    table = Table(box=box.SIMPLE_HEAD if here else None, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    console.print(table)


def shown(value: object) -> str:
    """A value as people read it: moments in UTC to the minute, dates as they are, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(shown(one) for one in value)
    return str(value)
