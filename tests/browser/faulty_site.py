"""A page with one fault for each thing the browser audit looks for, so that a check that finds nothing is noticed."""

from pathlib import Path

FAULTY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Faults</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/faults.css"><script src="/faults.js" defer></script></head>
<body><header><button id="small" type="button">x</button> <a class="unseen" href="/products/a/">Unseen focus</a>
<button class="icon" aria-label="Search"><svg viewBox="0 0 9 9" width="24"><path d="M0 0h9"/></svg></button>
<a href="/cart/" tabindex="2">Out of order</a></header>
<main><div id="late"></div><h1>Faults</h1><p class="faint">Text of too little contrast</p>
<img src="/missing.png" width="9" height="9">
<p class="clipped">This sentence is cut off as soon as its letters are further apart from each other.</p>
<div class="wide">A line that is wider than a small screen</div><p class="moving">Moves</p>
<form><label>Name <input class="bare" name="a"></label></form>
<center>Old</center>
</main></body></html>
"""
STYLES = """body { background: #fff; color: #000; }
.unseen, .unseen:focus { outline: none; }
#small { width: 12px; height: 12px; padding: 0; border: 0; }
.faint { color: #bbb; }
.clipped { width: 22rem; height: 1.2em; overflow: hidden; white-space: nowrap; }
.wide { width: 700px; }
.moving { animation: move 2s infinite; }
@keyframes move { to { transform: translateX(9px); } }
.icon path { stroke: none; fill: rgba(0, 0, 0, 0); forced-color-adjust: none; }
.bare { border: 0; background: #eee; }
"""
SCRIPT = """addEventListener("unload", () => {});
addEventListener("keydown", (event) => {
  if (event.key === "Tab" && event.target.name === "a") event.preventDefault();
});
const shift = () => { document.getElementById("late").style.height = "300px"; };
new PerformanceObserver(() => setTimeout(shift, 30)).observe({ type: "paint", buffered: true });
console.error("something is wrong");
"""


def write_faulty_site(site: Path) -> None:
    """A site of one page and what it needs, with a weak policy in its headers."""
    (site / ".shopwright").mkdir(parents=True)
    (site / "index.html").write_text(FAULTY)
    (site / "faults.css").write_text(STYLES)
    (site / "faults.js").write_text(SCRIPT)
    policy = "default-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'"
    (site / "_headers").write_text(f"/*\n  Content-Security-Policy: {policy}\n")
