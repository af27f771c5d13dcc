"""The format of a scenario: how a country starts, what happens to it when and by whom, what is expected then.

`docs/rehearsals.md` describes it for those who write one. The models refuse every word that they do not know.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from framework.terms import DecisionKind, Role
from storage.directory import SeatHolder

Day = date | str
"""A day as it is written; `rehearsal.calendar_words` reads it."""

ACTIONS = ("submit", "decide", "signal", "apply", "worker")
BELONGS = {
    "by": ("submit", "apply"),
    "use": ("submit", "decide", "apply"),
    "with": ("submit", "decide", "apply"),
    "task": ("submit",),
    "on_behalf_of": ("submit",),
    "received_on": ("submit", "apply"),
    "message": ("submit", "apply"),
    "called": ("submit",),
    "id": ("decide",),
    "payload": ("signal",),
    "raw": ("signal",),
    "encoding": ("signal",),
    "expect_refused": ("submit", "decide", "apply"),
    "expect_warnings": ("submit", "decide"),
}
"""With which actions the other words of an event go."""


class Form(BaseModel):
    """A part of a scenario: every word must be known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(Form):
    """Who acts, if not the person that the rehearsal has for a role."""

    role: Role
    name: str = ""
    country: str | None = None


class Event(Form):
    """Something that happens on a day, or just a look at the country (`expect`)."""

    on: Day
    note: str = ""
    submit: str = ""
    decide: DecisionKind | None = None
    signal: str = ""
    apply: dict[str, Any] | None = None
    worker: Literal["down", "up", "restart"] | None = None
    by: Role | Person | None = None
    use: str = ""
    with_: dict[str, Any] = Field(default_factory=dict, alias="with")
    task: str = ""
    on_behalf_of: str = ""
    received_on: Day | None = None
    message: str = ""
    called: str = Field(default="", pattern=r"^[\w.-]*$")
    id: str = ""
    payload: Any = None
    raw: str = ""
    encoding: str = "json/plain"
    expect_refused: list[str] | Literal[True] | None = None
    expect_warnings: list[str] | None = None
    expect: dict[str, Any] | None = None

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_everything(cls, value: Any) -> Any:
        """`apply:` and `with:` with nothing behind them mean: nothing else than the ready-made one."""
        if not isinstance(value, dict):
            return value
        return {key: {} if one is None and key in {"apply", "with"} else one for key, one in value.items()}

    @model_validator(mode="after")
    def _one_thing_at_a_time(self) -> Self:
        given = {"with" if name == "with_" else name for name in self.model_fields_set}
        actions = [name for name in ACTIONS if name in given]
        if len(actions) > 1:
            raise ValueError(f"does {' and '.join(actions)} at once; write two events")
        stray = sorted(word for word in given if word in BELONGS and not set(actions) & set(BELONGS[word]))
        if stray:
            wanted = {word: " or ".join(BELONGS[word]) for word in stray}
            raise ValueError("; ".join(f"{word!r} goes only with {wanted[word]}" for word in stray))
        if not actions and "expect" not in given:
            raise ValueError(f"does nothing; give one of {', '.join(ACTIONS)}, or expect")
        return self


class Yearly(Form):
    """Events that happen every year, first and last year included; their days are written `04-20`."""

    each_year: tuple[int, int]
    events: list[dict[str, Any]] = Field(min_length=1)


class Start(Form):
    """How the country comes in: by its expression of interest, or in the middle of its history."""

    on: Day
    apply: dict[str, Any] | None = None
    import_: dict[str, Any] | None = Field(default=None, alias="import")
    use: str = ""
    by: Role | Person | None = None
    received_on: Day | None = None
    expect_refused: list[str] | Literal[True] | None = None
    expect: dict[str, Any] | None = None

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_everything(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: {} if one is None and key in {"apply", "import"} else one for key, one in value.items()}

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.apply is None) == (self.import_ is None):
            raise ValueError(
                "takes either apply (an expression of interest) or import (a history), one of them"
            )
        return self


class Scenario(Form):
    """A whole scenario, before its events are laid out by date."""

    scenario: str = Field(min_length=1)
    about: str = ""
    country: str = Field(default="XAA", pattern=r"^X[A-Z]{2}$")
    start: dict[str, Any]
    policy: dict[str, Any] = Field(default_factory=dict)
    seats: list[SeatHolder] | None = None
    events: list[dict[str, Any]] = Field(default_factory=list)
