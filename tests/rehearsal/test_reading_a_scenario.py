"""What cannot be read is refused with its line and in words that help; what can be read is laid out by date."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rehearsal.calendar_words import Misfit, Setting, fill, moment_of
from rehearsal.script import Script, read_script
from rehearsal.yaml_lines import Unreadable, read_yaml

HEAD = "scenario: A try\nabout: A try.\nstart: {on: 2028-01-10, apply: }\n"


def with_events(*lines: str) -> str:
    """A scenario with these events, the first of them on line 5."""
    return HEAD + "events:\n" + "".join(f"  - {line}\n" for line in lines)


def problems(text: str) -> list[tuple[int, str]]:
    """What is wrong with a scenario."""
    with pytest.raises(Unreadable) as refused:
        read_script(text)
    return refused.value.problems


def days(script: Script) -> list[str]:
    """The moments of a script's events."""
    return [f"{step.moment:%Y-%m-%d %H:%M}" for step in script.steps]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("{on: 2028-02-30, submit: roadmap}", "not a date"),
        ("{on: soon, submit: roadmap}", "'soon' is not a day; write 2031-04-20"),
        ("{on: 04-20, submit: roadmap}", "inside each_year"),
        ("{on: 2027-12-31, submit: introduction}", "lies before the start on 2028-01-10"),
        ("{submit: roadmap}", "on: field required"),
        ("{on: +1d}", "does nothing; give one of submit, decide, signal, apply, worker, or expect"),
        ("{on: +1d, submit: roadmap, decide: grant}", "does submit and decide at once"),
        ("{on: +1d, decide: grant, task: roadmap}", "'task' goes only with submit"),
        ("{on: +1d, submit: road_map}", "there is no submission 'road_map'; there are introduction"),
        (
            "{on: +1d, submit: roadmap, use: half}",
            "no ready-made submission roadmap called 'half'; there are complete",
        ),
        (
            "{on: +1d, submit: roadmap, with: {priorites: []}}",
            "priorites: no such field; there are kind, priorities",
        ),
        (
            "{on: +1d, submit: timetable, with: {workshop_on: May}}",
            "workshop_on: input should be a valid date",
        ),
        ("{on: +1d, submit: roadmap, with: {budget: {totl: 5}}}", "budget.totl: no such field"),
        ("{on: +1d, submit: evidence, with: {year: $yaer}}", "$yaer means nothing; there are $today"),
        (
            "{on: +1d, submit: entry_correction, with: {entry: '${entry:slip}'}}",
            "no earlier event that is called 'slip'",
        ),
        ("{on: +1d, submit: roadmap, surprise: 1}", "surprise: no such word here"),
        ("{on: +1d, decide: grnt}", "'annual_status'"),
        ("{on: +1d, decide: grant, with: {meting: Spring}}", "meting: no such field"),
        ("{on: +1d, by: {role: king}, submit: roadmap}", "role"),
        ("{on: +1d, expect: {statu: active}}", "statu: no such word here"),
        ("{on: +1d, expect: {status: activ}}", "'candidate', 'active', 'inactive' or 'withdrawn'"),
        ("{on: +1d, expect: {why: {lateness: true}}}", "why"),
        ("{on: +1d, submit: roadmap, submit: roadmap}", "'submit' is given twice"),
    ],
)
def test_a_mistake_in_an_event_is_named_with_its_line(event: str, words: str) -> None:
    found = problems(with_events("{on: +1d, submit: introduction}", event))
    assert {line for line, _ in found} == {6}
    assert any(words in what for _, what in found), found


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines() -> None:
    found = problems(
        with_events("{on: +1d, submit: nothing_known}", "{on: later, submit: roadmap}", "{on: +1d}")
    )
    assert [line for line, _ in found] == [5, 6, 7]


def test_a_mistake_deep_in_a_block_is_shown_on_its_own_line() -> None:
    text = HEAD + (
        "events:\n"
        "  - on: +1d\n"
        "    submit: roadmap\n"
        "    with:\n"
        "      priorities:\n"
        "        - key: school\n"
        "          topic: schooling\n"
    )
    [(line, what)] = problems(text)
    assert (line, what.split(":")[0]) == (10, "priorities.0.topic")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "is empty"),
        ("scenario: [a", 1, "expected ',' or ']'"),
        ("scenario: A\nevents: []\n", 1, "start: field required"),
        ("scenario: A\nstart: {on: 2028-01-10}\n", 2, "takes either apply"),
        ("scenario: A\nstart: {on: 2028-01-10, apply: , import: }\n", 2, "takes either apply"),
        ("scenario: A\nstart: {on: 2028-01-10, apply: {minster: B}}\n", 2, "minster: no such field"),
        (
            "scenario: A\nstart: {on: 2028-01-10, import: {cycles: [{yeer: 2027}]}}\n",
            2,
            "cycles.0.year: field required",
        ),
        (
            "scenario: A\nstart: {on: 2028-01-10, import: , use: half}\n",
            2,
            "there are active, candidate, inactive",
        ),
        ("scenario: A\ncountry: FRA\nstart: {on: 2028-01-10, apply: }\n", 2, "country"),
        (
            "scenario: A\nstart: {on: 2028-01-10, apply: }\npolicy:\n  report_du: '05-31'\n",
            4,
            "policy.setting.unknown",
        ),
        (
            "scenario: A\nstart: {on: 2028-01-10, apply: }\npolicy: {report_due: '02-31'}\n",
            3,
            "policy.day.invalid",
        ),
        ("scenario: A\nstart: &s {on: 2028-01-10, apply: *s}\n", 2, "nested deeper"),
    ],
)
def test_a_mistake_outside_of_the_events_is_named_with_its_line(text: str, line: int, words: str) -> None:
    found = problems(text)
    assert found[0][0] == line
    assert words in found[0][1]


def test_dates_are_absolute_or_relative_to_the_event_before() -> None:
    script = read_script(
        with_events(
            "{on: +30d, submit: introduction}",
            "{on: +2w, expect: {}}",
            "{on: 2029-01-31, expect: {}}",
            "{on: +1m, expect: {}}",
            "{on: +1y 08:00, expect: {}}",
            "{on: +3h, expect: {}}",
            "{on: 2030-05-01 11:59, expect: {}}",
        )
    )
    assert days(script) == [
        "2028-02-09 14:00",
        "2028-02-23 14:00",
        "2029-01-31 14:00",
        "2029-02-28 14:00",
        "2030-02-28 08:00",
        "2030-02-28 11:00",
        "2030-05-01 11:59",
    ]


def test_events_of_every_year_are_laid_out_among_the_others_by_date() -> None:
    script = read_script(
        with_events(
            "{each_year: [2030, 2031], events: [{on: 02-29, expect: {cycle: $year}}, {on: +1d, expect: {}}]}",
            "{on: 2030-06-01, expect: {}}",
        )
    )
    assert [day[:10] for day in days(script)] == [
        "2030-02-28",
        "2030-03-01",
        "2030-06-01",
        "2031-02-28",
        "2031-03-01",
    ]
    first = script.steps[0].expect
    assert first is not None
    assert first.cycle == 2030


def test_a_ready_made_submission_can_be_overwritten_in_parts() -> None:
    script = read_script(
        with_events("{on: +1d, submit: roadmap, with: {budget: {gaps: None left}, priorities: []}}")
    )
    content = script.steps[0].content
    assert content["budget"]["gaps"] == "None left"
    assert content["budget"]["currency"] == "USD"
    assert content["priorities"] == []
    assert content["next_steps"]


def test_yaml_words_that_look_like_truth_values_are_texts() -> None:
    assert read_yaml("on: no\nat: 11:59\nday: 2031-04-20\nis: true\nnone:\n").content == {
        "on": "no",
        "at": "11:59",
        "day": date(2031, 4, 20),
        "is": True,
        "none": None,
    }


def test_blanks_are_filled_with_the_day_of_the_event() -> None:
    setting = Setting(today=date(2032, 3, 31), country="XAB", entries={"slip": 17})
    given = {"$country": ["$today", "${today-1m}", "$year", "${year-1}", "report-$year", "${entry:slip}"]}
    assert fill(given, setting) == {
        "XAB": [date(2032, 3, 31), date(2032, 2, 29), 2032, 2031, "report-2032", 17]
    }
    with pytest.raises(Misfit, match="means nothing") as misfit:
        fill({"a": ["${country-1}"]}, setting)
    assert misfit.value.path == ("a", 0)


def test_a_day_that_no_calendar_has_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        moment_of("2031-13-01", before=datetime(2031, 1, 1, tzinfo=UTC))
