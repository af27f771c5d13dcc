"""Every kind of submission: under which clauses, by which roles, in which statuses; can it be taken back?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from framework.findings import Findings, problem
from framework.terms import Role, Status

SECRETARIAT = frozenset({Role.SECRETARIAT})
COUNTRY = frozenset({Role.FOCAL_POINT, Role.SECRETARIAT})
REVIEWERS = frozenset({Role.MWG, Role.SECRETARIAT})
MEMBERS = frozenset({Role.GCM, Role.SECRETARIAT})
BODIES = frozenset({Role.GCM, Role.MWG, Role.SECRETARIAT})
ANYBODY = frozenset({Role.FOCAL_POINT, Role.SECRETARIAT, Role.MWG, Role.GCM})

CANDIDATE = frozenset({Status.CANDIDATE})
ACTIVE = frozenset({Status.ACTIVE})
INACTIVE = frozenset({Status.INACTIVE})
PATHFINDER = ACTIVE | INACTIVE
LIVING = CANDIDATE | PATHFINDER


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of submission. `on_behalf`: the Secretariat may hand it in for its owner (GEN-05)."""

    clauses: tuple[str, ...]
    roles: frozenset[Role]
    statuses: frozenset[Status]
    on_behalf: bool = False
    versioned: bool = False
    corrigible: bool = False


def _kind(
    clauses: str,
    roles: frozenset[Role],
    statuses: frozenset[Status],
    *,
    versioned: bool = False,
    corrigible: bool = False,
) -> Kind:
    return Kind(
        clauses=tuple(clauses.split()),
        roles=roles,
        statuses=statuses,
        on_behalf=roles != SECRETARIAT and Role.SECRETARIAT in roles,
        versioned=versioned,
        corrigible=corrigible,
    )


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "introduction": _kind("EOI-01", COUNTRY, CANDIDATE),
        "peer_introduction": _kind("EOI-01", SECRETARIAT, CANDIDATE),
        "reply_letter": _kind("EOI-05", SECRETARIAT, CANDIDATE),
        "timetable": _kind("EOI-06", COUNTRY, CANDIDATE),
        "stakeholder_list": _kind("EOI-07 EOI-08", COUNTRY, LIVING, versioned=True),
        "stocktaking": _kind("EOI-09 GEN-02", COUNTRY, LIVING, versioned=True),
        "workshop": _kind("PLN-01 PLN-02 PLN-03", COUNTRY, LIVING, corrigible=True),
        "roadmap": _kind("PLN-05 PLN-06 PLN-13", COUNTRY, LIVING, versioned=True),
        "nap_submission": _kind("PLN-04", COUNTRY, CANDIDATE, versioned=True),
        "presentation": _kind("PLN-07", SECRETARIAT, CANDIDATE, corrigible=True),
        "comment_answers": _kind("PLN-08", COUNTRY, CANDIDATE),
        "profile_text": _kind("PLN-10 PLN-13", SECRETARIAT, PATHFINDER, versioned=True),
        "annual_activities": _kind("PLN-12", COUNTRY, ACTIVE, versioned=True, corrigible=True),
        "progress_report": _kind(
            "REP-01 REP-04 REP-06", COUNTRY, PATHFINDER, versioned=True, corrigible=True
        ),
        "indicator_framework": _kind("REP-05 REP-01", COUNTRY, PATHFINDER, versioned=True, corrigible=True),
        "mwg_comments": _kind("REP-08", REVIEWERS, PATHFINDER, corrigible=True),
        "final_report": _kind("REP-09 REP-10", COUNTRY, PATHFINDER, versioned=True, corrigible=True),
        "peer_exchange": _kind("REP-04", SECRETARIAT, PATHFINDER),
        "featured_event": _kind("REP-11", SECRETARIAT, LIVING),
        "evidence": _kind("REV-03 DIA-05", ANYBODY, PATHFINDER, corrigible=True),
        "yearly_review": _kind(
            "REV-01 REV-05 REV-08", REVIEWERS, PATHFINDER, versioned=True, corrigible=True
        ),
        "subgroup": _kind("REV-02 DIA-04", BODIES, LIVING),
        "assignment": _kind("REV-02", BODIES, LIVING),
        "status_letter": _kind("REV-07", SECRETARIAT, PATHFINDER),
        "support_action": _kind("IMP-02 INA-01", ANYBODY, LIVING, corrigible=True),
        "consultation": _kind("GEN-02 REV-04", COUNTRY, LIVING, corrigible=True),
        "special_circumstances": _kind("DIA-02", BODIES, LIVING, corrigible=True),
        "dialogue_meeting": _kind("DIA-01", BODIES, LIVING),
        "dialogue_guidance": _kind("DIA-03", BODIES, LIVING),
        "dialogue_checkpoint": _kind("DIA-01", BODIES, LIVING),
        "reactivation_request": _kind("REA-01 REA-02 REA-03", COUNTRY, INACTIVE, versioned=True),
        "reactivation_check": _kind("REA-04", SECRETARIAT, INACTIVE),
        "extension_request": _kind("REP-02", COUNTRY, PATHFINDER),
        "extension": _kind("REP-02", SECRETARIAT, LIVING, corrigible=True),
        "waiver": _kind("GEN-05", SECRETARIAT, LIVING),
        "contact_change": _kind("EOI-03", COUNTRY, LIVING),
        "pause": _kind("GEN-03", SECRETARIAT, LIVING),
        "resume": _kind("GEN-03", SECRETARIAT, LIVING),
        "withdrawal": _kind("GEN-03", SECRETARIAT, LIVING),
        "entry_correction": _kind("GEN-03", SECRETARIAT, LIVING),
        "policy_change": _kind("REP-02", SECRETARIAT, LIVING),
        "letter_edit": _kind("EOI-05", SECRETARIAT, LIVING),
        "letter_approval": _kind("EOI-05", SECRETARIAT, LIVING),
        "letter_withdrawal": _kind("EOI-05", SECRETARIAT, LIVING),
        "letter_publication": _kind("EOI-05", SECRETARIAT, LIVING),
        "letter_correction": _kind("EOI-05", SECRETARIAT, LIVING),
        "mail_preferences": _kind("REP-07 EOI-03", COUNTRY, LIVING),
        "nudge": _kind("REP-07", REVIEWERS, LIVING),
        "contacts_confirmation": _kind("EOI-03", COUNTRY, LIVING),
        "successor_named": _kind("EOI-03", COUNTRY, LIVING),
        "successor_accepted": _kind("EOI-03", COUNTRY, LIVING),
        "successor_withdrawn": _kind("EOI-03", COUNTRY, LIVING),
        "contributor_named": _kind("EOI-03", COUNTRY, LIVING),
        "contributor_ended": _kind("EOI-03", COUNTRY, LIVING),
        "gcm_item": _kind("PLN-09 DIA-06 REA-05", SECRETARIAT, LIVING),
        "gcm_position": _kind("PLN-09 DIA-06 REA-05", MEMBERS, LIVING),
        "gcm_item_end": _kind("PLN-09 DIA-06 REA-05", SECRETARIAT, LIVING),
    }
)


OF_THE_MANDATE = frozenset(
    {
        "introduction",
        "contact_change",
        "mail_preferences",
        "contacts_confirmation",
        "extension_request",
        "reactivation_request",
        "successor_named",
        "successor_accepted",
        "successor_withdrawn",
        "contributor_named",
        "contributor_ended",
    }
)
"""What only whoever holds the country's mandate does: neither a contributor nor, during the overlap, the predecessor."""

CONTRIBUTABLE = tuple(
    kind for kind, rule in KINDS.items() if Role.FOCAL_POINT in rule.roles and kind not in OF_THE_MANDATE
)
"""The papers for which a country can name contributors."""


def admissible(kind: str, role: Role, status: Status) -> Findings:
    """Whether somebody in this role may hand in this kind to a country of this status."""
    known = KINDS.get(kind)
    if known is None:
        return problem("kind.unknown", "kind", kind=kind)
    found = Findings()
    if role not in known.roles:
        who = ", ".join(sorted(one.value for one in known.roles))
        found += problem("submission.role", "actor.role", known.clauses[0], role=role.value, who=who)
    if status not in known.statuses:
        when = ", ".join(sorted(one.value for one in known.statuses))
        found += problem("submission.status", "", known.clauses[0], status=status.value, when=when, kind=kind)
    return found
