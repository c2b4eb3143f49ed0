"""Roles, states and properties of WAI-ARIA 1.2 (5.4, 6.6) and the Digital Publishing and Graphics modules in use."""

_split = str.split

ROLES = frozenset(
    _split(
        """
    alert alertdialog application article banner blockquote button caption cell checkbox code columnheader
    combobox complementary contentinfo definition deletion dialog directory document emphasis feed figure
    form generic grid gridcell group heading img image insertion link list listbox listitem log main mark
    marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option
    paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search
    searchbox separator slider spinbutton status strong subscript suggestion superscript switch tab table
    tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem graphics-document
    graphics-object graphics-symbol
    """
    )
)

MUST_SAY: dict[str, str] = {
    **dict.fromkeys(_split("checkbox menuitemcheckbox menuitemradio radio switch"), "aria-checked"),
    **dict.fromkeys(_split("meter scrollbar slider"), "aria-valuenow"),
    "combobox": "aria-expanded",
    "heading": "aria-level",
}
"""The state that a role does not go without (WAI-ARIA 1.2, 5.2.2); elements that are such a thing have it."""
HAVE_STATES = frozenset(_split("input meter option h1 h2 h3 h4 h5 h6"))
"""Elements that tell a state by themselves."""
TAKE_FOCUS = frozenset(
    _split(
        """
    button checkbox combobox link menuitem menuitemcheckbox menuitemradio radio searchbox slider spinbutton
    switch tab textbox
    """
    )
)
"""Roles of what is worked with: keys reach it, or its group does (WCAG 2.2, SC 2.1.1)."""
NAMED_BY_AUTHOR = frozenset({"dialog", "alertdialog", "img"})
"""Roles whose name is not what they hold."""

_BOOLEAN = frozenset({"true", "false"})
_BOOLEAN_OR_NONE = _BOOLEAN | {"undefined"}
_TRISTATE = _BOOLEAN | {"mixed", "undefined"}

ANY_TEXT: frozenset[str] = frozenset()
"""Stands for an attribute with any text; so does an integer or a number."""

_TEXTS = _split(
    """
    label description roledescription placeholder valuetext keyshortcuts braillelabel brailleroledescription
    colindextext rowindextext
    """
)
_NUMBERS = _split(
    """
    colcount colindex colspan level posinset rowcount rowindex rowspan setsize valuemax valuemin valuenow
    """
)
NUMBERS = frozenset(f"aria-{name}" for name in _NUMBERS)

REFERENCES = frozenset(
    f"aria-{name}"
    for name in _split(
        """
    activedescendant controls describedby details errormessage flowto labelledby owns
    """
    )
)
"""Attributes that name ids of the page."""

VALUES: dict[str, frozenset[str]] = {
    **{f"aria-{name}": ANY_TEXT for name in _TEXTS},
    **dict.fromkeys(NUMBERS, ANY_TEXT),
    **dict.fromkeys(REFERENCES, ANY_TEXT),
    "aria-atomic": _BOOLEAN,
    "aria-autocomplete": frozenset({"inline", "list", "both", "none"}),
    "aria-busy": _BOOLEAN,
    "aria-checked": _TRISTATE,
    "aria-current": _BOOLEAN | {"page", "step", "location", "date", "time"},
    "aria-disabled": _BOOLEAN,
    "aria-expanded": _BOOLEAN_OR_NONE,
    "aria-haspopup": _BOOLEAN | {"menu", "listbox", "tree", "grid", "dialog"},
    "aria-hidden": _BOOLEAN_OR_NONE,
    "aria-invalid": _BOOLEAN | {"grammar", "spelling"},
    "aria-live": frozenset({"off", "polite", "assertive"}),
    "aria-modal": _BOOLEAN,
    "aria-multiline": _BOOLEAN,
    "aria-multiselectable": _BOOLEAN,
    "aria-orientation": frozenset({"horizontal", "vertical", "undefined"}),
    "aria-pressed": _TRISTATE,
    "aria-readonly": _BOOLEAN,
    "aria-relevant": frozenset({"additions", "removals", "text", "all", "additions text"}),
    "aria-required": _BOOLEAN,
    "aria-selected": _BOOLEAN_OR_NONE,
    "aria-sort": frozenset({"ascending", "descending", "none", "other"}),
}
"""What each attribute may say; ``ANY_TEXT`` for those that say a text, a number or ids."""

AUTOCOMPLETE = frozenset(
    _split(
        """
    name honorific-prefix given-name additional-name family-name honorific-suffix nickname username new-
    password current-password one-time-code organization-title organization street-address address-line1
    address-line2 address-line3 address-level4 address-level3 address-level2 address-level1 country country-
    name postal-code cc-name cc-given-name cc-additional-name cc-family-name cc-number cc-exp cc-exp-month
    cc-exp-year cc-csc cc-type transaction-currency transaction-amount language bday bday-day bday-month
    bday-year sex url photo tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix tel-
    local-suffix tel-extension email impp on off webauthn shipping billing home work mobile fax pager
    """
    )
)
"""Tokens of the attribute ``autocomplete`` (HTML Standard, 4.10.18.7); ``section-…`` goes before them."""
