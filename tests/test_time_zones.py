"""The time zones that the rules know are those that this machine can reckon with."""

import importlib.resources
from zoneinfo import ZoneInfo

from framework.time_zones import TIME_ZONES, is_time_zone

NOT_PLACES = {"Factory", "localtime", "posixrules"}


def test_every_zone_that_the_rules_accept_can_be_reckoned_with() -> None:
    assert len(TIME_ZONES) > 550
    assert {ZoneInfo(name).key for name in TIME_ZONES} == TIME_ZONES


def test_every_zone_of_the_database_that_is_installed_is_accepted() -> None:
    installed = (importlib.resources.files("tzdata") / "zones").read_text(encoding="utf-8").split()
    assert sorted(set(installed) - NOT_PLACES - TIME_ZONES) == []


def test_what_is_no_zone_is_none() -> None:
    wrong = ["", "utc", "Mars/Olympus", "../UTC", "America", "America/Lima ", "+02:00", "\x00"]
    assert [name for name in wrong if is_time_zone(name)] == []
    assert all(map(is_time_zone, ["UTC", "America/Argentina/Buenos_Aires", "Asia/Kathmandu", "Etc/GMT+12"]))
