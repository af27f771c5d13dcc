"""What a browser says of itself, in the short form by which its owner knows it again: `Firefox, Android`."""

LONGEST = 60
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""In the order in which they are looked for: most browsers also claim to be others."""


def short_agent(said: str) -> str:
    """The short form; empty for what names no browser that is known. Nothing of what was said is kept."""
    names = (next((name for sign, name in known if sign in said), "") for known in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, names))[:LONGEST]
