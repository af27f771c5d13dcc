"""What a rule answers when something is missing or doubtful: keys and values that pages and mails put into words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is missing, wrong or doubtful.

    `key` names the sentence in the catalogue (`wording`), `where` the place in the submission (`priorities[1].measures`,
    empty: the whole), `clause` the clause that asks for it, `values` what the sentence mentions.
    """

    key: str
    where: str = ""
    clause: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """The outcome of a completeness check: problems refuse a submission, warnings stay beside it for the reviewers."""

    problems: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(problems=self.problems + other.problems, warnings=self.warnings + other.warnings)

    @property
    def ok(self) -> bool:
        """True when nothing refuses the submission."""
        return not self.problems


def problem(key: str, where: str = "", clause: str = "", **values: object) -> Findings:
    """A single problem, as findings that add up."""
    return Findings(problems=(_finding(key, where, clause, values),))


def warning(key: str, where: str = "", clause: str = "", **values: object) -> Findings:
    """A single warning, as findings that add up."""
    return Findings(warnings=(_finding(key, where, clause, values),))


def together(parts: Iterable[Findings]) -> Findings:
    """All findings of several checks, in their order."""
    return sum(parts, Findings())


def _finding(key: str, where: str, clause: str, values: Mapping[str, object]) -> Finding:
    return Finding(
        key=key, where=where, clause=clause, values={name: str(value) for name, value in values.items()}
    )
