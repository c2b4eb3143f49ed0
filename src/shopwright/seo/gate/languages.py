"""Language tags (BCP 47, RFC 5646) with subtags that exist: ISO 639-1, ISO 15924 by its form, ISO 3166-1 alpha-2."""

import re
from functools import lru_cache

_split = str.split

_LANGUAGES = frozenset(
    _split(
        """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik
    io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml
    mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd
    se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi
    vo wa wo xh yi yo za zh zu
    """
    )
)
_REGIONS = frozenset(
    _split(
        """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK
    YE YT ZA ZM ZW
    """
    )
)
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "thaa", "nkoo", "syrc"})

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_024)
def is_language(tag: str) -> bool:
    """Whether a language tag is well-formed, with a language and a region that exist: ``en-GB``, never ``en-UK``."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return False
    language, region = found["language"].lower(), found["region"]
    known = len(language) == 3 or language in _LANGUAGES
    return known and (region is None or region.isdigit() or region.upper() in _REGIONS)


def is_region(code: str) -> bool:
    """Whether a code is that of a country or territory (ISO 3166-1 alpha-2)."""
    return code in _REGIONS


@lru_cache(maxsize=1_024)
def runs_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left: by its script where the tag names one."""
    found = _TAG.fullmatch(tag)
    if found is None:
        return False
    script = (found["script"] or "").lower()
    return script in _RIGHT_TO_LEFT_SCRIPTS if script else found["language"].lower() in _RIGHT_TO_LEFT


def is_hreflang(code: str) -> bool:
    """Whether a code may stand in ``hreflang`` for search engines: ISO 639-1, perhaps a script and a country."""
    found = _TAG.fullmatch(code)
    if found is None or code == "x-default":
        return code == "x-default"
    return len(found["language"]) == 2 and not (found["region"] or "").isdigit() and is_language(code)
