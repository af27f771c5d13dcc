"""The table of access reads as it is written, denies what it does not name, and is printed as it is."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from access import matrix
from access.deciding import (
    may,
    may_hand_in,
    reaches,
    sees_content,
    sees_country,
    sees_recipient,
    sees_task,
)
from access.people import FOR_A_COUNTRY, Mandate, Principal, actor_of
from access.table import ANY, LINES, STRANGER, TABLE, Action, Reach, parsed, reach, who_may
from framework.obligations import KINDS
from framework.terms import Role

PEOPLE = [role for role in Role if role is not Role.SYSTEM]
CHANGING = [
    Action.REGISTER,
    Action.SUBMIT,
    Action.REQUEST_EXTENSION,
    Action.GRANT_EXTENSION,
    Action.REQUEST_REACTIVATION,
    Action.CHANGE_CONTACTS,
    Action.HAND_OVER,
    Action.ACCEPT_MANDATE,
    Action.CHANGE_POLICY,
    Action.DECIDE,
    Action.UPLOAD,
    Action.SEE_TO_RETURN,
]


def somebody(role: Role, country: str = "XAA", **more: object) -> Principal:
    return Principal(role=role, country=country, until=datetime(2027, 1, 1, tzinfo=UTC), **more)  # type: ignore[arg-type]


def test_every_action_has_a_line_and_every_role_a_column() -> None:
    assert {action for action, _ in LINES} == set(Action)
    for line in LINES.values():
        assert set(line) == {role.value for role in PEOPLE} | {STRANGER}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("read any all", "does not read"),
        ("fly any " + "all " * 10, "fly"),
        ("read any " + "sometimes " * 10, "sometimes"),
        ("read any " + "all " * 10, "does not read"),
    ],
    ids=["too short", "an unknown action", "an unknown reach", "the same line twice"],
)
def test_a_line_that_does_not_read_is_named(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parsed(f"{TABLE}{line}\n")


def test_a_table_without_a_role_or_without_an_action_is_refused() -> None:
    with pytest.raises(ValueError, match="one column for each role"):
        parsed(TABLE.replace("auditor", "visitor"))
    without = "\n".join(line for line in TABLE.splitlines() if not line.startswith("decide "))
    with pytest.raises(ValueError, match="decide"):
        parsed(without)


@pytest.mark.parametrize("role", PEOPLE)
def test_a_state_that_no_line_names_is_denied(role: Role) -> None:
    assert reach(role, Action.READ_EVIDENCE, "rumoured") is Reach.NONE


@pytest.mark.parametrize("action", CHANGING)
def test_an_auditor_an_operator_and_a_stranger_change_nothing(action: Action) -> None:
    assert not {Role.AUDITOR, Role.OPERATOR} & set(who_may(action))
    assert reach(STRANGER, action) is Reach.NONE


@pytest.mark.parametrize(("action", "state"), sorted(LINES))
def test_those_who_act_for_one_country_never_reach_another(action: Action, state: str) -> None:
    if reach(STRANGER, action, state) is Reach.ALL:
        return  # open to everybody, whoever they are
    for role in FOR_A_COUNTRY:
        assert not reaches(somebody(role), action, "XAB", state)


def test_a_focal_point_reads_its_own_country_and_no_other() -> None:
    assert sees_country(somebody(Role.FOCAL_POINT), "XAA")
    assert not sees_country(somebody(Role.FOCAL_POINT), "XAB")
    assert sees_country(somebody(Role.MWG, ""), "XAB")


def test_a_contributor_knows_the_tasks_that_it_was_named_for_and_no_other() -> None:
    person = somebody(Role.CONTRIBUTOR, tasks=("progress_report",))
    assert sees_task(person, "progress_report")
    assert not sees_task(person, "roadmap")
    assert sees_task(somebody(Role.FOCAL_POINT), "roadmap")


@pytest.mark.clause("REV-03")
@pytest.mark.parametrize(
    ("level", "who"),
    [
        ("public", set(PEOPLE)),
        ("partners", set(PEOPLE)),
        ("reviewers", {Role.SECRETARIAT, Role.CHAIR, Role.GCM, Role.MWG, Role.AUDITOR}),
        ("secretariat", {Role.SECRETARIAT, Role.AUDITOR}),
        ("a level that nobody knows", {Role.SECRETARIAT, Role.AUDITOR}),
    ],
)
def test_evidence_is_read_by_those_for_whom_its_level_is_meant(level: str, who: set[Role]) -> None:
    content = {"confidentiality": level}
    assert {
        role for role in PEOPLE if sees_content(somebody(role), content, "XAA", from_country=False)
    } == who


@pytest.mark.clause("REV-03")
def test_a_country_reads_what_it_handed_in_itself_in_confidence() -> None:
    content = {"confidentiality": "reviewers"}
    assert sees_content(somebody(Role.FOCAL_POINT), content, "XAA", from_country=True)
    assert sees_content(somebody(Role.DEPUTY), content, "XAA", from_country=True)
    assert not sees_content(somebody(Role.FOCAL_POINT), content, "XAB", from_country=True)
    assert not sees_content(somebody(Role.CONTRIBUTOR), content, "XAA", from_country=True)


def test_a_machine_does_what_its_token_was_made_for_and_nothing_else() -> None:
    machine = somebody(Role.SECRETARIAT, "", scopes=frozenset({Action.READ.value}))
    assert may(machine, Action.READ)
    assert not may(machine, Action.DECIDE)
    assert not reaches(machine, Action.DECIDE, "XAA")


def test_a_deputy_acts_for_the_focal_point_and_the_chair_as_the_gcm() -> None:
    deputy = actor_of(somebody(Role.DEPUTY, name="Deputy", person="p-1"))
    assert (deputy.role, deputy.acting_as, deputy.country) == (Role.FOCAL_POINT, "deputy", "XAA")
    chair = actor_of(somebody(Role.CHAIR, "XAC", name="Chair"))
    assert (chair.role, chair.acting_as, chair.country) == (Role.GCM, "chair", "")
    assert actor_of(somebody(Role.SECRETARIAT, "")).acting_as == ""


def test_those_who_act_for_a_country_read_only_what_went_to_their_own_address() -> None:
    person = somebody(Role.DEPUTY)
    assert sees_recipient(person, " Own@Ministry.example", "own@ministry.example ")
    assert not sees_recipient(person, "other@ministry.example", "own@ministry.example")
    assert sees_recipient(somebody(Role.OPERATOR, ""), "other@ministry.example", "")


def test_a_mandate_holds_from_its_first_to_its_last_day_both_included() -> None:
    mandate = Mandate(role=Role.MWG, from_on=date(2027, 1, 1), until_on=date(2027, 12, 31))
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1)]
    assert [mandate.holds(day) for day in days] == [False, True, True, False]
    assert Mandate(role=Role.MWG).holds(date(1999, 1, 1))


def test_whoever_is_named_in_the_night_acts_at_once_and_a_last_day_ends_when_it_has_ended_everywhere() -> (
    None
):
    mandate = Mandate(role=Role.CONTRIBUTOR, from_on=date(2027, 3, 2), until_on=date(2027, 3, 31))
    moments = [
        datetime(2027, 3, 1, 23, 59, tzinfo=UTC),
        datetime(2027, 3, 2, 0, 1, tzinfo=UTC),
        datetime(2027, 4, 1, 11, 59, tzinfo=UTC),
        datetime(2027, 4, 1, 12, 0, tzinfo=UTC),
    ]
    assert [mandate.holds_at(moment) for moment in moments] == [False, True, True, False]
    assert Mandate(role=Role.MWG).holds_at(moments[0])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_matrix_says_of_each_kind_what_the_framework_says(kind: str) -> None:
    line = next(line for line in matrix.lines() if line.action == f"hand in {kind}")
    for column, own, other in line.cells:
        role = Role(column) if column != STRANGER else None
        known = {Role.DEPUTY: Role.FOCAL_POINT, Role.CHAIR: Role.GCM}.get(role, role) if role else None
        assert own is (known is not None and may_hand_in(known, kind))
        assert other is (own and role not in FOR_A_COUNTRY)


def test_the_matrix_in_the_documentation_is_the_one_that_holds() -> None:
    written = (Path(__file__).resolve().parents[2] / "docs" / "access.md").read_text(encoding="utf-8")
    assert matrix.as_markdown() in written, (
        "run `pathfinder access matrix` and put its output into docs/access.md"
    )
    assert f"{matrix.cell_count():,} cells" in written


def test_the_plain_state_stands_for_every_state() -> None:
    assert reach(Role.SECRETARIAT, Action.DECIDE, "whatever") is Reach.ALL
    assert reach(Role.SECRETARIAT, Action.DECIDE, ANY) is Reach.ALL
