"""The drawn stand-in: what a product shows when its own picture is not to be had.

An SVG of shapes alone, without text, so that it looks the same on every machine. The title decides tint and form: one
product always gets the same drawing, and neighbours differ.
"""

import colorsys
import hashlib

_SPHERE = '<circle cx="200" cy="238" r="52" fill="url(#o)"/>'
_VASE = """
<path fill="url(#o)" d="M184 168h32c-2 22 28 36 28 74 0 26-14 44-26 48h-36c-12-4-26-22-26-48 0-38 30-52 28-74z"/>
<ellipse cx="200" cy="168" rx="16" ry="4" fill="{dark}"/>"""
_BOX = """
<rect x="150" y="202" width="100" height="88" rx="6" fill="url(#o)"/>
<path fill="{light}" opacity=".55" d="M190 202h20v88h-20z"/>"""
_FORMS = (_SPHERE, _VASE, _BOX)

_HUES = 24
"""Few enough that a store without pictures needs few drawings."""

_SCENE = """<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 400 400">
<defs>
<linearGradient id="w" x2="0" y2="1"><stop stop-color="{wall}"/><stop offset="1" stop-color="{pale}"/></linearGradient>
<linearGradient id="p"><stop stop-color="{light}"/><stop offset="1" stop-color="{mid}"/></linearGradient>
<radialGradient id="o" cx=".36" cy=".3" r=".8">
<stop stop-color="{light}"/><stop offset=".55" stop-color="{tone}"/><stop offset="1" stop-color="{dark}"/>
</radialGradient>
</defs>
<path fill="url(#w)" d="M0 0h400v400H0z"/>
<path fill="{pale}" d="M0 322h400v78H0z"/>
<path fill="{arch}" d="M104 322V178a96 96 0 0 1 192 0v144z"/>
<ellipse cx="212" cy="346" rx="112" ry="13" fill="{dark}" opacity=".18"/>
<path fill="url(#p)" d="M112 290h176v48c0 8-39 15-88 15s-88-7-88-15z"/>
<ellipse cx="200" cy="290" rx="88" ry="15" fill="{top}"/>
<ellipse cx="206" cy="291" rx="52" ry="7" fill="{dark}" opacity=".3"/>
{form}
</svg>"""

_SHADES = {
    "wall": (0.955, 0.40),
    "pale": (0.915, 0.36),
    "arch": (0.865, 0.36),
    "top": (0.95, 0.40),
    "light": (0.90, 0.42),
    "mid": (0.80, 0.32),
    "tone": (0.66, 0.36),
    "dark": (0.48, 0.30),
}
"""Name of a shade → lightness, saturation (HSL); the hue comes from the title."""


def stand_in_svg(title: str) -> bytes:
    """The drawing for the product ``title``: square, the same bytes for the same title."""
    digest = hashlib.sha256(title.encode()).digest()
    hue = digest[0] % _HUES / _HUES
    shades = {name: _hex(hue, lightness, saturation) for name, (lightness, saturation) in _SHADES.items()}
    form = _FORMS[digest[1] % len(_FORMS)].format(**shades)
    return _SCENE.format(form=form, **shades).encode()


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colorsys.hls_to_rgb(hue, lightness, saturation))
