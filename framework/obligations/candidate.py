"""Completeness of what a candidate hands in, the roadmap aside (EOI clauses, PLN-01 to PLN-03, PLN-07)."""

from framework.findings import Findings, problem, together, warning
from framework.obligations.consultations import consultations, participants
from framework.obligations.context import (
    Context,
    attached,
    blanks,
    contact,
    country,
    doubles,
    each,
    email,
    given,
    listed,
    not_future,
    not_past,
    unless,
)
from framework.records import (
    Absence,
    CoordinationBody,
    ExpressionOfInterest,
    Gap,
    Introduction,
    PeerIntroduction,
    Presentation,
    ProfileText,
    ReplyLetter,
    Stakeholder,
    StakeholderList,
    Stocktaking,
    Timetable,
    Workshop,
)
from framework.terms import Category, Topic


def expression_of_interest(letter: ExpressionOfInterest, context: Context) -> Findings:
    """A minister's letter to one of two addressees, with the focal point (GEN-01, EOI-02, EOI-03)."""
    return together(
        [
            country(letter.country, context, "country", "GEN-01"),
            unless(given(letter.country_name), problem("eoi.country_name.missing", "country_name", "GEN-01")),
            unless(letter.is_government, problem("eoi.not_government", "is_government", "GEN-01")),
            unless(given(letter.minister), problem("eoi.minister.missing", "minister", "EOI-02")),
            unless(given(letter.ministry), problem("eoi.ministry.missing", "ministry", "EOI-02")),
            unless(letter.addressee, problem("eoi.addressee.missing", "addressee", "EOI-02")),
            unless(letter.dated, problem("letter.dated.missing", "dated", "EOI-02")),
            unless(attached(letter.letter), problem("letter.document.missing", "letter", "EOI-02")),
            _people(letter),
        ]
    )


def _people(letter: ExpressionOfInterest) -> Findings:
    point, deputies = letter.focal_point, letter.deputies
    no_point = problem("eoi.focal_point.missing", "focal_point", "EOI-03")
    no_address = warning("eoi.ministry_email.missing", "ministry_email", "EOI-03")
    return together(
        [
            contact(point, "focal_point", "EOI-03") if point else no_point,
            each(deputies, "deputies", lambda place, index: contact(deputies[index], place, "EOI-03")),
            email(letter.ministry_email, "ministry_email", "EOI-03"),
            unless(given(letter.ministry_email), no_address),
        ]
    )


def introduction(record: Introduction, context: Context) -> Findings:
    """When the candidate learned what being a pathfinder means (EOI-01)."""
    return unless(record.held_on, problem("introduction.held_on.missing", "held_on", "EOI-01"))


def peer_introduction(record: PeerIntroduction, context: Context) -> Findings:
    """With which country the candidate was connected, and when (EOI-01)."""
    return country(record.with_country, context, "with_country", "EOI-01") + unless(
        record.on, problem("peer_introduction.on.missing", "on", "EOI-01")
    )


def reply_letter(record: ReplyLetter, context: Context) -> Findings:
    """The Secretariat's letter has a date, and its text or the document itself (EOI-05)."""
    return unless(record.dated, problem("letter.dated.missing", "dated", "EOI-05")) + unless(
        given(record.text) or attached(record.letter), problem("reply_letter.text.missing", "text", "EOI-05")
    )


def timetable(record: Timetable, context: Context) -> Findings:
    """Dates for the consultations, the workshop and the roadmap (EOI-06); they become due dates."""
    return together(
        [
            unless(
                record.consultations_from, problem("timetable.from.missing", "consultations_from", "EOI-06")
            ),
            unless(
                record.consultations_until,
                problem("timetable.until.missing", "consultations_until", "EOI-06"),
            ),
            unless(record.workshop_on, problem("timetable.workshop_on.missing", "workshop_on", "EOI-06")),
            unless(record.roadmap_on, problem("timetable.roadmap_on.missing", "roadmap_on", "EOI-06")),
            _order(record),
            _past_dates(record, context),
        ]
    )


def _order(record: Timetable) -> Findings:
    start, end = record.consultations_from, record.consultations_until
    workshop_on, roadmap_on = record.workshop_on, record.roadmap_on
    backwards = problem("dates.backwards", "consultations_until", "EOI-06", start=start, end=end)
    early = warning(
        "timetable.roadmap_before_workshop", "roadmap_on", "EOI-06", roadmap=roadmap_on, workshop=workshop_on
    )
    return unless(not (start and end and end < start), backwards) + unless(
        not (workshop_on and roadmap_on and roadmap_on < workshop_on), early
    )


def _past_dates(record: Timetable, context: Context) -> Findings:
    days = {"workshop_on": record.workshop_on, "roadmap_on": record.roadmap_on}
    return together(
        warning("timetable.past", name, "EOI-06", date=day)
        for name, day in days.items()
        if day and not not_past(day, context.today)
    )


def stakeholder_list(record: StakeholderList, context: Context) -> Findings:
    """Stakeholders by category, and the bodies; what is not identified yet is a warning (EOI-07, EOI-08)."""
    people, bodies = record.stakeholders, record.bodies
    present = {one.category for one in people}
    absent = [category.value for category in Category if category not in present]
    names = [body.name for body in bodies]
    return together(
        [
            unless(people, problem("stakeholder_list.empty", "stakeholders", "EOI-07")),
            each(people, "stakeholders", lambda place, index: _stakeholder(people[index], place)),
            each(bodies, "bodies", lambda place, index: _body(bodies[index], place)),
            *(
                problem("stakeholder_list.body.doubled", where, "EOI-08", body=name)
                for where, name in doubles(names, "bodies", "name")
            ),
            unless(
                not people or not absent,
                warning(
                    "stakeholder_list.categories.missing", "stakeholders", "EOI-07", categories=listed(absent)
                ),
            ),
            unless(bodies, warning("stakeholder_list.bodies.missing", "bodies", "EOI-08")),
        ]
    )


def _stakeholder(one: Stakeholder, where: str) -> Findings:
    return unless(given(one.name), problem("stakeholder.name.missing", f"{where}.name", "EOI-07")) + unless(
        one.category, problem("stakeholder.category.missing", f"{where}.category", "EOI-07")
    )


def _body(body: CoordinationBody, where: str) -> Findings:
    return unless(given(body.name), problem("stakeholder_list.body.name.missing", f"{where}.name", "EOI-08"))


def stocktaking(record: Stocktaking, context: Context) -> Findings:
    """Something was found, stakeholders were consulted; what is still empty is a warning (EOI-09)."""
    sources = [*record.studies, *record.laws, *record.policies]
    gaps = record.gaps
    lists = {"studies": record.studies, "laws": record.laws, "policies": record.policies}
    places = [place for name, items in lists.items() for place in blanks(items, name)]
    return together(
        [
            unless(sources or gaps, problem("stocktaking.empty", "", "EOI-09")),
            *(problem("list.item.blank", place, "EOI-09") for place in places),
            each(gaps, "gaps", lambda place, index: _gap(gaps[index], place)),
            consultations(record.consultations, where="consultations", clause="GEN-02"),
            _thin_parts(record),
        ]
    )


def _gap(gap: Gap, where: str) -> Findings:
    return unless(gap.topic, problem("gap.topic.missing", f"{where}.topic", "EOI-09")) + unless(
        given(gap.text), problem("gap.text.missing", f"{where}.text", "EOI-09")
    )


def _thin_parts(record: Stocktaking) -> Findings:
    seen = {gap.topic for gap in record.gaps}
    topics = [topic.value for topic in Topic if topic not in seen]
    return together(
        [
            unless(record.studies, warning("stocktaking.studies.missing", "studies", "EOI-09")),
            unless(record.laws, warning("stocktaking.laws.missing", "laws", "EOI-09")),
            unless(record.policies, warning("stocktaking.policies.missing", "policies", "EOI-09")),
            unless(
                not topics, warning("stocktaking.topics.missing", "gaps", "EOI-09", topics=listed(topics))
            ),
            unless(
                given(record.existing_sources_used),
                warning("stocktaking.sources.missing", "existing_sources_used", "EOI-09"),
            ),
        ]
    )


def workshop(record: Workshop, context: Context) -> Findings:
    """One workshop: when, where, with whom (PLN-01, GEN-02).

    Its coverage and what it considered give warnings (PLN-02, PLN-03).
    """
    start, end, absences = record.held_on, record.until, record.absences
    backwards = problem("dates.backwards", "until", "PLN-01", start=start, end=end)
    ahead = problem("date.future", "until", "PLN-01", date=end)
    no_government = warning("workshop.government.missing", "participants", "PLN-01")
    return together(
        [
            unless(start, problem("workshop.held_on.missing", "held_on", "PLN-01")),
            unless(not (start and end and end < start), backwards),
            unless(end is None or not_future(end, context.today), ahead),
            unless(given(record.place), problem("workshop.place.missing", "place", "PLN-01")),
            participants(record.participants, where="participants", clause="GEN-02"),
            unless(Category.GOVERNMENT in record.participants, no_government),
            each(absences, "absences", lambda place, index: _absence(absences[index], place)),
            _coverage(record, context),
            _considered(record),
        ]
    )


def _absence(absence: Absence, where: str) -> Findings:
    return unless(
        absence.category, problem("absence.category.missing", f"{where}.category", "PLN-02")
    ) + unless(given(absence.reason), problem("absence.reason.missing", f"{where}.reason", "PLN-02"))


def _coverage(record: Workshop, context: Context) -> Findings:
    known = {*record.participants, *(one.category for one in record.absences)}
    absent = [category.value for category in context.categories_identified if category not in known]
    found = warning("workshop.coverage.missing", "participants", "PLN-02", categories=listed(absent))
    return unless(not absent, found)


def _considered(record: Workshop) -> Findings:
    structures = warning("workshop.structures.missing", "existing_structures", "PLN-03")
    standards = warning("workshop.standards.missing", "international_standards", "PLN-03")
    regional = warning("workshop.regional.missing", "regional_initiatives", "PLN-03")
    return together(
        [
            unless(given(record.summary), warning("workshop.summary.missing", "summary", "PLN-01")),
            unless(given(record.existing_structures), structures),
            unless(
                given(record.national_action_plans),
                warning("workshop.naps.missing", "national_action_plans", "PLN-03"),
            ),
            unless(given(record.regional_initiatives), regional),
            unless(
                given(record.stocktaking), warning("workshop.stocktaking.missing", "stocktaking", "PLN-03")
            ),
            unless(given(record.international_standards), standards),
        ]
    )


def presentation(record: Presentation, context: Context) -> Findings:
    """The meeting of the GCM with its date; the date may lie ahead (PLN-07)."""
    return together(
        [
            unless(given(record.meeting), problem("presentation.meeting.missing", "meeting", "PLN-07")),
            unless(record.meeting_on, problem("presentation.meeting_on.missing", "meeting_on", "PLN-07")),
            unless(given(record.place), warning("presentation.place.missing", "place", "PLN-07")),
        ]
    )


def profile_text(record: ProfileText, context: Context) -> Findings:
    """An approved profile says something (PLN-10)."""
    return unless(given(record.text), problem("profile_text.missing", "text", "PLN-10"))
