"""Text that people typed does nothing in a message, in either form."""

from tests.correspondence.mailing import about, alternative, parsed


def test_mark_up_stays_text() -> None:
    message = parsed(about("reply_letter", text="<script>alert(1)</script> & {{ 7 * 7 }} O'Neill"))
    assert "<script>alert(1)</script> & {{ 7 * 7 }} O'Neill" in alternative(message, "plain")
    html = alternative(message, "html")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }} O" in html
