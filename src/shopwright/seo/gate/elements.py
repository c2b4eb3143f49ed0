"""What the HTML Standard says of each element: where it may stand, what ends it, what it may hold."""

_split = str.split

VOID = frozenset(_split("area base br col embed hr img input link meta source track wbr"))
"""Elements without an end tag (13.1.2)."""

RAW = frozenset(_split("script style textarea title iframe"))
"""Elements whose text has no tags in it (13.1.2)."""

OPTIONAL_END = frozenset(
    _split("li dt dd p rt rp optgroup option colgroup caption thead tbody tfoot tr td th body html head")
)
"""Elements that end by themselves when what holds them does (13.1.2.4)."""

BLOCKS = frozenset(
    _split(
        "address article aside blockquote details dialog div dl fieldset figcaption figure footer form "
        "h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul"
    )
)
"""Elements that end an open paragraph, and have no place in a line of text."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

_CELLS = frozenset({"td", "th"})
_ROWS = _CELLS | {"tr"}
_GROUPS = _ROWS | {"thead", "tbody", "tfoot", "caption", "colgroup"}

ENDS: dict[str, frozenset[str]] = {
    **dict.fromkeys(BLOCKS, frozenset({"p"})),
    "li": frozenset({"li", "p"}),
    "dt": frozenset({"dt", "dd", "p"}),
    "dd": frozenset({"dt", "dd", "p"}),
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
    "rt": frozenset({"rt", "rp"}),
    "rp": frozenset({"rt", "rp"}),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _ROWS,
    "thead": _GROUPS,
    "tbody": _GROUPS,
    "tfoot": _GROUPS,
    "body": frozenset({"head"}),
}
"""Which open elements an element ends where it begins (13.1.2.4)."""

PARAGRAPH_BOUNDS = frozenset(
    _split("button table td th caption object template html svg math marquee applet foreignobject")
)
"""Elements inside which an outer paragraph stays open (13.2.4.2, button scope)."""

_SCRIPTS = frozenset({"script", "template"})
_TABLE_PARTS = frozenset(_split("caption colgroup thead tbody tfoot tr")) | _SCRIPTS

MOVED_OUT: dict[str, frozenset[str]] = {
    "table": _TABLE_PARTS,
    "thead": frozenset({"tr"}) | _SCRIPTS,
    "tbody": frozenset({"tr"}) | _SCRIPTS,
    "tfoot": frozenset({"tr"}) | _SCRIPTS,
    "tr": _CELLS | _SCRIPTS,
    "select": frozenset({"option", "optgroup", "hr", "button"}) | _SCRIPTS,
    "head": frozenset(_split("title meta link base noscript style")) | _SCRIPTS,
}
"""Elements that hold nothing but these: browsers move everything else elsewhere."""

HOLDS: dict[str, frozenset[str]] = {
    "ul": frozenset({"li"}) | _SCRIPTS,
    "ol": frozenset({"li"}) | _SCRIPTS,
    "menu": frozenset({"li"}) | _SCRIPTS,
    "dl": frozenset({"dt", "dd", "div"}) | _SCRIPTS,
    "picture": frozenset({"source", "img"}) | _SCRIPTS,
    "optgroup": frozenset({"option"}) | _SCRIPTS,
    "datalist": frozenset({"option"}) | _SCRIPTS,
}
"""Elements that should hold nothing but these."""

LOST_OUTSIDE: dict[str, frozenset[str]] = {
    "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
    "colgroup": frozenset({"table"}),
    "col": frozenset({"colgroup"}),
}
"""Elements that browsers drop where their parent is another; a template may hold any."""

BELONGS_IN: dict[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol", "menu"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "legend": frozenset({"fieldset"}),
    "figcaption": frozenset({"figure"}),
    "summary": frozenset({"details"}),
    "option": frozenset({"select", "optgroup", "datalist"}),
    "source": frozenset({"picture", "audio", "video"}),
}
"""Elements that should stand in one of these only; a template may hold any."""

TEXT_ONLY = frozenset(
    _split(
        "abbr b bdi bdo cite code dfn em h1 h2 h3 h4 h5 h6 i kbd label legend mark meter output p pre progress q rp rt "
        "ruby s samp small span strong sub sup time u var button data"
    )
)
"""Elements that hold phrasing content: no blocks."""

TRANSPARENT = frozenset({"a", "ins", "del", "noscript", "map", "object", "slot"})
"""Elements that may hold what their parent may."""

KNOWN = frozenset(
    _split(
        "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite "
        "code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label "
        "legend li link main map mark menu meta meter nav noscript object ol optgroup option output p picture "
        "pre progress q rp rt ruby s samp script search section select selectedcontent slot small source span "
        "strong style sub summary sup table tbody td template textarea tfoot th thead time title tr track u "
        "ul var video wbr svg math "
    )
)
"""The elements of HTML (HTML Standard, 4), with the two that hold another language."""

READ_OTHERWISE = frozenset(
    _split(
        "xmp listing plaintext noembed noframes frame frameset image isindex keygen bgsound basefont nobr center dir"
    )
)
"""Obsolete elements that browsers read by rules of their own: as text, as another element, or not at all."""

BREAKS_OUT = frozenset(
    _split(
        "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu "
        "meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
    )
)
"""Elements that end a drawing or a formula they stand in (13.2.6.5)."""

HOLDS_HTML = frozenset(_split("foreignobject desc title annotation-xml mi mo mn ms mtext"))
"""Elements of a drawing or a formula that hold HTML."""

SECTIONS = frozenset({"article", "aside", "main", "nav", "section"})
"""Elements inside which a header or footer is no landmark (HTML Accessibility API Mappings)."""

NAMED_BY_CONTENT = frozenset({"a", "button", "label", "summary", "title", *HEADINGS})
"""Elements whose name is the text they hold."""

FOREIGN = frozenset({"svg", "math"})
"""Elements whose content follows other rules."""

FIELDS = frozenset({"input", "select", "textarea", "meter", "progress", "output"})
"""Elements that need a label, as far as shoppers see them."""

NOT_TYPED = frozenset({"hidden", "submit", "button", "reset", "image"})
"""Types of input that have no label, but a value or nothing to name."""
