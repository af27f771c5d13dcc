"""How the framework works, as one drawing and as a table: its parts in their order, each step with its clause.

The drawing is as narrow as a phone; its labels are short in every language, and stand again in the table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from api.pages.catalogues import N_, words
from framework.terms import Language

WIDTH = 400
LONGEST = 40
"""Characters of a label that fit beside its clause."""

HEAD, LINE, FOOT, GAP = 40, 24, 12, 34
"""Heights in the drawing: of a part's heading, of a step, below the last step, between two parts."""


@dataclass(frozen=True)
class Part:
    """A part of the process: its title, under which status, what leads on from it, and its steps (clause, label)."""

    key: str
    title: str
    tone: str
    onward: str
    steps: tuple[tuple[str, str], ...]


PARTS = (
    Part(
        "interest",
        N_("Expression of interest"),
        "waiting",
        "",
        (
            ("EOI-02", N_("A minister writes to the Alliance")),
            ("EOI-03", N_("The letter names a focal point")),
            ("EOI-05", N_("The Secretariat replies")),
            ("EOI-07", N_("Stakeholders are identified")),
            ("EOI-09", N_("Stocktaking: laws, studies, gaps")),
        ),
    ),
    Part(
        "planning",
        N_("Planning"),
        "waiting",
        N_("If all requirements are met"),
        (
            ("PLN-01", N_("Strategic planning workshop")),
            ("PLN-05", N_("Roadmap: priorities and measures")),
            ("PLN-07", N_("Presentation to the GCG")),
            ("PLN-08", N_("Comments of the GCG are answered")),
            ("PLN-09", N_("The GCG grants the status by consensus")),
        ),
    ),
    Part(
        "implementation",
        N_("Implementation"),
        "good",
        "",
        (
            ("IMP-01", N_("Implementation starts with the grant")),
            ("PLN-12", N_("The country names the year's activities")),
            ("IMP-02", N_("Partners give support")),
        ),
    ),
    Part(
        "reporting",
        N_("Monitoring and reporting"),
        "good",
        "",
        (
            ("REP-01", N_("Report and indicator framework")),
            ("REP-08", N_("Comments on the report")),
            ("REP-09", N_("The country finalises the report")),
            ("REP-10", N_("The final report is published")),
        ),
    ),
    Part(
        "review",
        N_("Review"),
        "good",
        N_("If progress is insufficient for two years"),
        (
            ("REV-01", N_("Review of the last 12 months")),
            ("REV-05", N_("The country receives guidance")),
            ("REV-07", N_("The GCG gives the annual status update")),
        ),
    ),
    Part(
        "dialogue",
        N_("Dialogue and support"),
        "late",
        N_("If the dialogue has no positive outcome"),
        (
            ("REV-15", N_("What is lacking is brought to the GCG")),
            ("DIA-01", N_("Dialogue of the GCG with the country")),
            ("DIA-03", N_("Guidance, or an adapted roadmap")),
        ),
    ),
    Part(
        "inactive",
        N_("Inactive"),
        "stopped",
        "",
        (
            ("DIA-06", N_("The GCG declares the country inactive")),
            ("INA-01", N_("Support goes on")),
            ("REA-01", N_("The country may return at any time")),
            ("REA-04", N_("Four obligations are verified")),
            ("REA-05", N_("Active again, by consensus")),
        ),
    ),
)

LOOPS = (("review", "implementation", N_("each year")), ("inactive", "implementation", N_("return")))
"""Where the process goes back: from, to, and what the arrow says. In the drawing they run at the right edge."""


@dataclass(frozen=True)
class Box:
    """A part with its place in the drawing."""

    part: Part
    title: str
    onward: str
    steps: list[tuple[str, str]]
    y: int
    height: int


@dataclass(frozen=True)
class Loop:
    """An arrow back, at `x`, from one height to another."""

    label: str
    x: int
    start: int
    end: int


@dataclass(frozen=True)
class Drawing:
    """The process in one language."""

    boxes: list[Box]
    loops: list[Loop]
    height: int


def drawn(language: Language) -> Drawing:
    """The drawing in a language."""
    say = words(language).gettext
    boxes = list(_boxes(language))
    middle = {box.part.key: box.y + box.height // 2 for box in boxes}
    loops = [
        Loop(say(label), WIDTH - 32 + 18 * place, middle[start], middle[end] + 8 * place)
        for place, (start, end, label) in enumerate(LOOPS)
    ]
    return Drawing(boxes, loops, boxes[-1].y + boxes[-1].height + 4)


def _boxes(language: Language) -> Iterator[Box]:
    say, y = words(language).gettext, 4
    for part in PARTS:
        steps = [(clause, say(label)) for clause, label in part.steps]
        height = HEAD + LINE * len(steps) + FOOT
        yield Box(part, say(part.title), say(part.onward) if part.onward else "", steps, y, height)
        y += height + GAP
