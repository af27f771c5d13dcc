"""Numbered comments and their answers, the same for a roadmap (PLN-08) and for a year's report (REP-08, REP-09)."""

from collections.abc import Iterable

from contracts.state import Comment, CountryState
from framework.records import CommentAnswer
from workflows.process.ledger import Ledger


def make(ledger: Ledger, about: str, texts: Iterable[str], made_in: str) -> list[Comment]:
    """Puts comments on record, numbered through all rounds of one subject."""
    state = ledger.state
    earlier = [comment.round for comment in state.comments if comment.about == about]
    number, made = state.comment_numbers.get(about, 0), []
    for text in filter(str.strip, texts):
        number += 1
        comment = Comment(
            number=number,
            about=about,
            text=text,
            made_at=ledger.now,
            made_in=made_in,
            round=max(earlier, default=0) + 1,
        )
        state.comments.append(comment)
        ledger.touch_comment(comment)
        made.append(comment)
    state.comment_numbers[about] = number
    return made


def answer(ledger: Ledger, about: str, answers: Iterable[CommentAnswer]) -> None:
    """Writes answers beside the comments that they name; an answer given again replaces the earlier one."""
    by_number = {one.number: one for one in answers}
    for comment in ledger.state.comments:
        given = by_number.get(comment.number)
        if comment.about == about and given is not None and not comment.withdrawn:
            comment.answer, comment.addressed, comment.answered_at = given.text, given.addressed, ledger.now
            ledger.touch_comment(comment)


def unanswered(state: CountryState, about: str) -> tuple[int, ...]:
    """The numbers of the comments that still wait for an answer."""
    return tuple(
        comment.number
        for comment in state.comments
        if comment.about == about and not comment.withdrawn and comment.answered_at is None
    )


def withdraw(ledger: Ledger, made_in: str) -> None:
    """Takes back the comments that one decision or entry made."""
    for comment in ledger.state.comments:
        if comment.made_in == made_in and not comment.withdrawn:
            comment.withdrawn = True
            ledger.touch_comment(comment)


def unanswer(ledger: Ledger, about: str, numbers: Iterable[int]) -> None:
    """Takes back answers that a mistaken entry gave: these comments wait for an answer again."""
    named = set(numbers)
    for comment in ledger.state.comments:
        if comment.about == about and comment.number in named and not comment.withdrawn:
            comment.answer, comment.addressed, comment.answered_at = "", None, None
            ledger.touch_comment(comment)
