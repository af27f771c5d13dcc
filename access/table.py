"""The table of access: how far each role reaches with each action. What is not in it is denied.

`all`: every country. `own`: only the country for which the role is held. `others`: every country but that of one's own
seat (recusal). `-`: not at all. A state narrows a line down to things in that state; `any` is every state. What a role
may hand in, kind by kind and status by status, the framework's rules say (`framework.obligations.KINDS`); the lines of
`access.matrix` show both.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from framework.terms import Role

ANY = "any"


class Reach(StrEnum):
    """Which countries somebody reaches."""

    NONE = "-"
    OWN = "own"
    OTHERS = "others"
    ALL = "all"


class Action(StrEnum):
    """What a route, a page or a command does, as far as permission goes."""

    READ = "read"
    READ_TASK = "read_task"
    READ_CONTACTS = "read_contacts"
    READ_DOCUMENT = "read_document"
    READ_EVIDENCE = "read_evidence"
    READ_LETTER = "read_letter"
    READ_DRAFTS = "read_drafts"
    READ_REFUSALS = "read_refusals"
    READ_INBOX = "read_inbox"
    READ_TASK_DRAFT = "read_task_draft"
    SAVE_TASK_DRAFT = "save_task_draft"
    REGISTER = "register"
    SUBMIT = "submit"
    REQUEST_EXTENSION = "request_extension"
    GRANT_EXTENSION = "grant_extension"
    REQUEST_REACTIVATION = "request_reactivation"
    CHANGE_CONTACTS = "change_contacts"
    HAND_OVER = "hand_over"
    ACCEPT_MANDATE = "accept_mandate"
    READ_BRIEF = "read_brief"
    READ_RISKS = "read_risks"
    CHANGE_POLICY = "change_policy"
    DECIDE = "decide"
    READ_ITEMS = "read_items"
    KEEP_ITEMS = "keep_items"
    TAKE_POSITION = "take_position"
    READ_REVIEWS = "read_reviews"
    REVIEW = "review"
    UPLOAD = "upload"
    READ_MAIL = "read_mail"
    READ_RETURNS = "read_returns"
    SEE_TO_RETURN = "see_to_return"
    READ_BOARD = "read_board"
    ACT_IN_BULK = "act_in_bulk"
    ACT_ON_LETTERS = "act_on_letters"
    READ_OPERATIONS = "read_operations"
    KEEP_CALENDAR = "keep_calendar"
    KEEP_CALENDARS_OF_OTHERS = "keep_others_calendars"
    READ_AUDIT = "read_audit"
    VERIFY_AUDIT = "verify_audit"
    OPEN_PAYLOADS = "open_payloads"
    OPEN_PAYLOADS_HERE = "open_payloads_here"
    READ_OPEN_CALENDAR = "read_open_calendar"
    CONFIRM_BY_LINK = "confirm_by_link"
    READ_HEALTH = "read_health"
    READ_PUBLIC_PAGES = "read_public_pages"
    SIGN_IN = "sign_in"
    KEEP_ACCOUNT = "keep_account"
    KEEP_TOKENS = "keep_tokens"
    EXPORT_OWN_DATA = "export_own_data"
    EXPORT_PERSON = "export_person"
    ERASE_PERSON = "erase_person"
    JOIN_ADDRESSES = "join_addresses"


TABLE = """
action                state           secretariat chair  gcm    mwg focal_point deputy contributor operator auditor stranger
read                  any             all         all    all    all own         own    own         all      all     -
read_task             any             all         all    all    all own         own    own         all      all     -
read_contacts         any             all         all    all    all own         own    own         all      all     -
read_document         any             all         all    all    all own         own    own         all      all     -
read_evidence         public          all         all    all    all own         own    own         all      all     -
read_evidence         partners        all         all    all    all own         own    own         all      all     -
read_evidence         reviewers       all         all    all    all -           -      -           -        all     -
read_evidence         secretariat     all         -      -      -   -           -      -           -        all     -
read_evidence         of_the_country  all         -      -      -   own         own    -           -        all     -
read_letter           draft           all         -      -      -   -           -      -           -        all     -
read_letter           approved        all         -      -      -   own         own    -           -        all     -
read_letter           approved_to_gcm all         all    all    -   own         own    -           -        all     -
read_letter           public          all         all    all    all own         own    own         all      all     -
read_letter           withdrawn       all         -      -      -   -           -      -           -        all     -
read_drafts           any             all         -      -      -   -           -      -           -        all     -
read_refusals         any             all         -      -      -   -           -      -           all      all     -
read_inbox            any             -           -      -      -   own         own    own         -        -       -
read_task_draft       any             all         -      -      -   own         own    own         -        all     -
save_task_draft       any             all         -      -      -   own         own    own         -        -       -
register              any             all         -      -      -   -           -      -           -        -       -
submit                any             all         all    all    all own         own    -           -        -       -
request_extension     any             all         -      -      -   own         own    -           -        -       -
grant_extension       any             all         -      -      -   -           -      -           -        -       -
request_reactivation  any             all         -      -      -   own         own    -           -        -       -
change_contacts       any             all         -      -      -   own         own    -           -        -       -
hand_over             any             all         -      -      -   own         own    -           -        -       -
accept_mandate        any             all         -      -      -   own         own    own         -        -       -
read_brief            any             all         -      -      -   own         own    -           all      all     -
read_risks            any             all         -      -      -   -           -      -           all      all     -
change_policy         any             all         -      -      -   -           -      -           -        -       -
decide                any             all         -      -      -   -           -      -           -        -       -
read_items            any             all         all    all    all -           -      -           all      all     -
keep_items            any             all         -      -      -   -           -      -           -        -       -
take_position         any             all         others others -   -           -      -           -        -       -
read_reviews          any             all         all    all    all -           -      -           all      all     -
review                any             all         -      -      all -           -      -           -        -       -
upload                any             all         -      -      all own         own    own         -        -       -
read_mail             any             all         -      -      -   own         own    -           all      all     -
read_returns          any             all         -      -      -   -           -      -           all      all     -
see_to_return         any             all         -      -      -   -           -      -           -        -       -
read_board            any             all         -      -      -   -           -      -           all      all     -
act_in_bulk           any             all         -      -      -   -           -      -           -        -       -
act_on_letters        any             all         -      -      -   -           -      -           -        -       -
read_operations       any             all         -      -      -   -           -      -           all      all     -
keep_calendar         any             all         all    all    all own         own    -           all      all     -
keep_others_calendars any             all         -      -      -   -           -      -           -        -       -
read_audit            any             all         -      -      -   own         own    -           all      all     -
verify_audit          any             all         -      -      -   -           -      -           all      all     -
open_payloads         any             -           -      -      -   -           -      -           all      -       -
open_payloads_here    any             all         all    all    all all         all    all         all      all     all
read_open_calendar    any             all         all    all    all all         all    all         all      all     all
confirm_by_link       any             all         all    all    all all         all    all         all      all     all
read_health           any             all         all    all    all all         all    all         all      all     all
read_public_pages     any             all         all    all    all all         all    all         all      all     all
sign_in               any             all         all    all    all all         all    all         all      all     all
keep_account          any             all         all    all    all own         own    own         all      all     -
keep_tokens           any             all         all    all    all own         own    own         all      all     -
export_own_data       any             all         all    all    all own         own    own         all      all     -
export_person         any             all         -      -      -   -           -      -           -        -       -
erase_person          any             all         -      -      -   -           -      -           -        -       -
join_addresses        any             all         -      -      -   -           -      -           -        -       -
"""
"""The Secretariat sends the GCM's decisions, and registers on behalf of a seat the position that came otherwise.
An operator reads everything but confidential evidence and letters that
are not public, and changes nothing but the addresses of its own calendar; only by opening payloads, to see why a process
fails, does an operator see whatever a history holds. An auditor reads everything and changes nothing. A stranger is
anybody who has not signed in; for a calendar, for the page that confirms contacts and for the UI of `up`, knowing the
unguessable address is the permission."""

STRANGER = "stranger"
Column = Role | str
Line = Mapping[str, Reach]


def parsed(text: str) -> Mapping[tuple[Action, str], Line]:
    """The lines of a table by action and state; raises ValueError naming the first line that does not read."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    columns = head[2:]
    if set(columns) != {role.value for role in Role if role is not Role.SYSTEM} | {STRANGER}:
        raise ValueError(f"the table of access needs one column for each role, not {columns}")
    found: dict[tuple[Action, str], Line] = {}
    for cells in lines:
        if len(cells) != len(head) or (Action(cells[0]), cells[1]) in found:
            raise ValueError(f"a line of the table of access does not read: {' '.join(cells)}")
        reaches = (Reach(cell) for cell in cells[2:])
        found[Action(cells[0]), cells[1]] = MappingProxyType(dict(zip(columns, reaches, strict=True)))
    if missing := set(Action) - {action for action, _ in found}:
        raise ValueError(f"actions without a line in the table of access: {sorted(missing)}")
    return MappingProxyType(found)


LINES = parsed(TABLE)


def reach(role: Column, action: Action, state: str = ANY) -> Reach:
    """How far a role reaches with an action on things in this state; a state without a line is denied."""
    line = LINES.get((action, state)) or LINES.get((action, ANY))
    return line[str(role)] if line else Reach.NONE


def who_may(action: Action) -> tuple[Role, ...]:
    """The roles that may do this at all, in some country, in some state."""
    lines = [line for (one, _), line in LINES.items() if one is action]
    return tuple(
        role
        for role in Role
        if role is not Role.SYSTEM and any(line[role.value] is not Reach.NONE for line in lines)
    )
