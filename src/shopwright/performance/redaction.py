"""What a log may show of a text: no secret, nothing of a person, nothing that steers a terminal, one line, bounded.

Fields of the log hold ids and numbers of ours; texts are the messages of errors, which may quote what somebody sent. So
each text passes here. It errs towards hiding: a long number in a message may be hidden though it was nobody's card.
"""

import re

MOST_TEXT = 2_000
"""Characters of a text that are shown."""

_MOST_READ = 16_000
"""Characters that are looked at: far more than are shown, so that nothing shown is the torn half of a secret."""

_UNSHOWN = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ud800-\\udfff\\ufff0-\\ufffb]"
)
_LINE_BREAK = re.compile("\\r\\n|[\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]")

_WORDS = (
    r"pass(?:word|wd|phrase)?|pwd|secrets?|tokens?|api[_-]?keys?|credentials?|signature|(?:set-)?cookie|session|code"
)
_RULES = (
    (re.compile(r"-----BEGIN [A-Z ]{1,40}-----.*?(?:-----END [A-Z ]{1,40}-----|\Z)", re.DOTALL), "[key]"),
    (re.compile(r"(?<=://)[^/\s@]{1,2000}@"), "[credentials]@"),
    (re.compile(r"\b(?:bearer|basic|digest)\s{1,4}[A-Za-z0-9+/=._~-]{4,}", re.IGNORECASE), "[credentials]"),
    (re.compile(rf"(?i)\b({_WORDS})(['\"]?\s{{0,4}}[=:]\s{{0,4}})(?:\"[^\"]*\"?|'[^']*'?|[^\s,;&]+)"), r"\1\2[hidden]"),
    (re.compile(r"\bsw_[a-z0-9-]{1,48}_[0-9a-f]{32}_[\w-]{20,}", re.ASCII), "[key]"),
    (re.compile(r"\b[a-z0-9-]{1,48}\.[0-9a-f]{32}\.[\w-]{20,}", re.ASCII), "[token]"),
    (re.compile(r"\beyJ[\w-]{4,}(?:\.[\w-]*){1,4}", re.ASCII), "[token]"),
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"), "[key]"),
    (re.compile(r"[^\s@<>\"'(),:;\[\]]{1,64}@[^\s@<>\"'(),:;]{1,255}"), "[e-mail]"),
    (re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w])", re.ASCII), "[number]"),
    (re.compile(r"\+\d(?:[ ().-]{0,2}\d){7,14}(?!\d)", re.ASCII), "[number]"),
    (re.compile(r"\b(?!127\.)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\b", re.ASCII), r"\1.x"),
    (
        re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]{1,30}(?:%\w{1,16})?", re.IGNORECASE | re.ASCII),
        "[address]",
    ),
)
"""In this order: what names a secret comes before what merely looks like one."""


def shown(text: str, most: int = MOST_TEXT) -> str:
    """What of a text may stand in a log, at most ``most`` characters."""
    text = text[:_MOST_READ]
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    text = _UNSHOWN.sub("\ufffd", _LINE_BREAK.sub("␤", text))
    return text if len(text) <= most else f"{text[: most - 1]}…"
