"""The colours the range is made in: name, swatch and finish, by material."""

from random import Random

from examples.eyewear.finishes import Finish, Tint, crystal, fade, metal, solid, tortoise, wood

ACETATE = {
    "Black": ("#1d1d1f", solid("#1d1d1f")),
    "Ink blue": ("#24365a", solid("#24365a")),
    "Forest green": ("#1f4536", solid("#1f4536")),
    "Bordeaux": ("#6e1f33", solid("#6e1f33")),
    "Terracotta": ("#b35a3c", solid("#b35a3c")),
    "Mustard": ("#c1912f", solid("#c1912f")),
    "Sage": ("#8c9c84", solid("#8c9c84")),
    "Plum": ("#542f5a", solid("#542f5a")),
    "Ivory": ("#e3d8c0", solid("#e3d8c0", 0.8)),
    "Dusty rose": ("#c48a90", solid("#c48a90")),
    "Havana": ("#8b5526", tortoise("#c9853b", "#3a1c0b")),
    "Dark tortoise": ("#4e2c16", tortoise("#96571f", "#1c0d06")),
    "Blonde tortoise": ("#c89a5c", tortoise("#e6c489", "#8f5a2a")),
    "Grey tortoise": ("#6f6a66", tortoise("#a89e94", "#453f3b")),
    "Green tortoise": ("#574f26", tortoise("#94772f", "#23281a")),
    "Crystal": ("#dfe6e8", crystal("#bccad0")),
    "Smoke crystal": ("#8f979c", crystal("#78828a")),
    "Champagne crystal": ("#e2cba6", crystal("#d2ab70")),
    "Rose crystal": ("#dcb0ae", crystal("#cd8e8c")),
    "Blue crystal": ("#9dbbd2", crystal("#7099bd")),
    "Smoke fade": ("#5d5e60", fade("#232325", "#a9a9a6")),
    "Honey fade": ("#9c6a36", fade("#4d2a12", "#dba95f")),
}
METAL = {
    "Gold": ("#c9a24e", metal("#c9a24e", "#3a1c0b")),
    "Silver": ("#b4b8bd", metal("#b0b5bb", "#2c2d30")),
    "Gunmetal": ("#565b61", metal("#5c6168", "#1d1d1f")),
    "Rose gold": ("#c98f78", metal("#cd937c", "#6b4337")),
    "Matte black": ("#2b2c2f", metal("#34363a", "#1d1d1f")),
    "Bronze": ("#7f5f3d", metal("#866341", "#3a1c0b")),
}
POLYMER = {
    "Matte black": ("#2b2c2f", solid("#2b2c2f", 0.22)),
    "Matte navy": ("#2e3f60", solid("#2e3f60", 0.22)),
    "Olive": ("#565b3b", solid("#565b3b", 0.22)),
    "Slate grey": ("#6d7379", solid("#6d7379", 0.25)),
    "Coral": ("#d9644f", solid("#d9644f", 0.3)),
    "Petrol": ("#1e5560", solid("#1e5560", 0.25)),
}
WOOD = {
    "Walnut": ("#6b4326", wood("#74492a")),
    "Oak": ("#b0834f", wood("#b58853")),
    "Smoked ash": ("#4a3b30", wood("#4f3f34")),
}
PALETTES: dict[str, dict[str, tuple[str, Finish]]] = {
    "acetate": ACETATE, "titanium": METAL, "steel": METAL, "tr90": POLYMER, "wood": WOOD,
}  # fmt: skip

TINTS = {
    "": Tint(((0, "#cfdfe648"), (1, "#e9f1f324")), "#93a5ad", 0.7),
    "Grey": Tint(((0, "#23272bf2"), (1, "#454c52d9")), "#101214", 0.5),
    "Green": Tint(((0, "#1f2c25f2"), (1, "#47594dd9")), "#0d1410", 0.5),
    "Brown": Tint(((0, "#3a2416f2"), (1, "#6e4a2fd9")), "#1d1008", 0.5),
    "Brown gradient": Tint(((0, "#3a2416f2"), (1, "#c9976566")), "#2a180c", 0.6),
    "Grey gradient": Tint(((0, "#24282cf2"), (1, "#a4adb355")), "#1b1e21", 0.6),
    "Blue gradient": Tint(((0, "#1f3350f2"), (1, "#9bb6d255")), "#16243a", 0.6),
}
"""Lens tints by name; the empty name is a clear demonstration lens."""


CLASSICS = {"Black": 3.0, "Havana": 3.0, "Gold": 2.5, "Dark tortoise": 2.0, "Matte black": 1.6}
"""How much more often a colour is chosen than others: what shops list most."""


def choose_colors(random: Random, material: str) -> tuple[str, ...]:
    """Two to five colours of a material, about three on average; a dark classic comes first more often than not."""
    names = list(PALETTES[material])
    count = min(random.choices((2, 3, 4, 5), (41, 40, 13, 6))[0], len(names))
    weights = [CLASSICS.get(name, 1.0) for name in names]
    chosen: list[str] = []
    while len(chosen) < count:
        name = random.choices(names, weights)[0]
        if name not in chosen:
            chosen.append(name)
    return tuple(chosen)
