"""The groups of pages for people: each has a `router`. A group gets in by a line here."""

from api.pages import (
    account,
    board,
    brief,
    bulk,
    desk,
    desk_sending,
    desk_tasks,
    home,
    letters_desk,
    mail_desk,
    oidc,
    operations,
    registering,
    signing_in,
    static_files,
)

PAGES = (
    home,
    signing_in,
    oidc,
    account,
    desk,
    desk_sending,
    desk_tasks,
    board,
    bulk,
    registering,
    letters_desk,
    mail_desk,
    operations,
    brief,
    static_files,
)
