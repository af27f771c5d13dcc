"""What the head of every page leads to, for whom. A group of pages gets in by a line here."""

from dataclasses import dataclass

from access.deciding import may
from access.people import Principal
from access.table import Action
from api.pages.catalogues import N_, words
from framework.terms import Language


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A place to go. `action`: what one must be allowed to do to see it, None for everybody. `strangers`: only for
    those who have not signed in, who have nothing else to do here."""

    text: str
    address: str
    action: Action | None = None
    strangers: bool = False


@dataclass(frozen=True, kw_only=True)
class Link:
    """An entry as a page shows it: in the reader's language; `here` when the page lies below it."""

    text: str
    address: str
    here: bool


ENTRIES: tuple[Entry, ...] = (
    Entry(text=N_("Start"), address="/", strangers=True),
    Entry(text=N_("Countries"), address="/countries"),
    Entry(text=N_("How it works"), address="/how-it-works", strangers=True),
    Entry(text=N_("Glossary"), address="/glossary", strangers=True),
    Entry(text=N_("Inbox"), address="/desk", action=Action.READ_INBOX),
    Entry(text=N_("Board"), address="/desk/board", action=Action.READ_BOARD),
    Entry(text=N_("Meetings"), address="/desk/meetings", action=Action.READ_ITEMS),
    Entry(text=N_("Reviews"), address="/desk/reviews", action=Action.READ_REVIEWS),
    Entry(text=N_("Letters"), address="/desk/letters", action=Action.READ_DRAFTS),
    Entry(text=N_("Mail"), address="/desk/mail", action=Action.READ_RETURNS),
    Entry(text=N_("Operations"), address="/desk/operations", action=Action.READ_OPERATIONS),
)


def links_for(principal: Principal | None, path: str, language: Language) -> list[Link]:
    """The entries that a person (None: nobody is signed in) sees on the page at `path`."""
    say = words(language).gettext
    return [
        Link(text=say(one.text), address=one.address, here=_is_below(path, one.address))
        for one in ENTRIES
        if not (one.strangers and principal is not None)
        and (one.action is None or (principal is not None and may(principal, one.action)))
    ]


def _is_below(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(f"{address}/"))
