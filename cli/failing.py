"""How commands fail: one clear sentence on stderr and exit code 1, whatever went wrong."""

import asyncio
import functools
import inspect
import os
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

import typer

from cli.terminal import tell

DEBUG = "PATHFINDER_DEBUG"
"""Set in the environment, it shows where an unexpected failure came from."""

_PLAIN = {
    "DocumentDamaged",
    "DocumentMissing",
    "EraseRefused",
    "Failed",
    "NamespaceError",
    "NoServerBinary",
    "RebuildRefused",
    "SettingsError",
    "SourceSilent",
    "StillSealed",
    "TokenError",
}
"""Exceptions whose text is written for people."""

_F = TypeVar("_F", bound=Callable[..., Any])


class Failed(Exception):
    """What a command cannot or may not do; the text says what is wrong and how to mend it."""


def command(function: _F) -> _F:
    """Makes a command of a function, asynchronous or not: what it raises becomes a sentence and code 1."""

    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            outcome = function(*args, **kwargs)
            if inspect.isawaitable(outcome):
                asyncio.run(_awaited(outcome))
        except (typer.Exit, typer.Abort, typer.BadParameter, KeyboardInterrupt, BrokenPipeError):
            raise
        except Exception as error:
            tell(sentence_of(error))
            if os.environ.get(DEBUG):
                traceback.print_exc()
            raise typer.Exit(1) from None

    return run  # type: ignore[return-value]


async def _awaited(outcome: Any) -> None:
    await outcome


def sentence_of(error: Exception) -> str:
    """What to tell a person about an exception. Types go by name: loading their modules takes seconds."""
    kind = type(error).__name__
    if kind in _PLAIN:
        return str(error)
    if kind in ("OperationalError", "ProgrammingError"):
        advice = "Is its address right, and was `pathfinder migrate` run?"
        return f"The database cannot be used ({_first_line(error)}). {advice}"
    if kind in ("RPCError", "RPCTimeoutOrCancelledError"):
        return f"The Temporal server did not do what it was asked: {_first_line(error)}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"This failed in a way that nobody foresaw: {kind}: {_first_line(error)} ({DEBUG}=1 shows where)"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]
