"""How the report looks and filters: its style sheet and its script, both within the page."""

STYLE = """
:root{color-scheme:light dark;--page:#fff;--ink:#16191c;--muted:#565d64;--line:#d9dcdf;--panel:#f5f6f7;
--error:#a11d1d;--warning:#7a4d00;--advice:#1d4f91;--good:#14633c}
@media (prefers-color-scheme:dark){:root{--page:#121416;--ink:#eceef0;--muted:#a7aeb5;--line:#343a40;--panel:#1b1e21;
--error:#ff9a94;--warning:#f0c063;--advice:#9cc4ff;--good:#7fd6a5}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-inline-size:70rem;margin-inline:auto;padding:1.5rem clamp(1rem,4vw,2.5rem)}
h1{font-size:clamp(1.75rem,4vw,2.75rem);line-height:1.15;margin:0 0 .25rem;letter-spacing:-.02em}
h2{font-size:1.375rem;margin:2.5rem 0 .75rem}
.lead{color:var(--muted);margin:0}
.skip:not(:focus){clip-path:inset(50%);position:absolute}
:focus-visible{outline:2px solid var(--advice);outline-offset:2px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;
padding:0;margin:1.5rem 0 0;list-style:none}
.cards li{background:var(--panel);border-radius:.75rem;padding:1rem}
.cards strong{display:block;font-size:2rem;line-height:1.1;font-variant-numeric:tabular-nums}
.error{color:var(--error)}.warning{color:var(--warning)}.advice{color:var(--advice)}.good{color:var(--good)}
table{border-collapse:collapse;inline-size:100%}
th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;border-block-end:1px solid var(--line)}
th{font-weight:600}td.number{font-variant-numeric:tabular-nums;white-space:nowrap}
svg{display:block;inline-size:100%;block-size:.75rem;border-radius:.375rem}
.kept{fill:var(--good)}.broken{fill:var(--error)}.some{fill:var(--warning)}
form{display:flex;flex-wrap:wrap;gap:1rem;align-items:end;padding:1rem;background:var(--panel);border-radius:.75rem}
form[hidden]{display:none}
label{display:grid;gap:.25rem;font-size:.875rem}
input,select{font:inherit;color:inherit;background:var(--page);
border:1px solid var(--muted);border-radius:.375rem;padding:.5rem;
min-block-size:2.75rem}
details{border-block-end:1px solid var(--line)}
summary{display:flex;flex-wrap:wrap;gap:.25rem 1rem;
padding:.875rem 0;cursor:pointer;align-items:baseline}
summary::before{content:"▸"}details[open]>summary::before{content:"▾"}
summary code{font-weight:600}summary span:last-child{flex:1 1 20rem;color:var(--muted)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0 0 1rem}dt{font-weight:600}dd{margin:0}
code{font-family:ui-monospace,monospace;font-size:.875em}
pre{margin:.375rem 0 0;padding:.5rem .75rem;
background:var(--panel);border-radius:.375rem;white-space:pre-wrap;font-size:.8125rem}
@media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-block-end:.5rem}}
@media print{form{display:none}}
"""

SCRIPT = """
const form=document.getElementById("filter"),
rules=[...document.querySelectorAll("details[data-severity]")],
shown=document.getElementById("shown");
form.hidden=false;
form.addEventListener("submit",event=>event.preventDefault());
form.addEventListener("input",()=>{
const words=form.words.value.trim().toLowerCase(),severity=form.severity.value;let count=0;
for(const rule of rules){
const fits=(!severity||rule.dataset.severity===severity)&&(!words||rule.textContent.toLowerCase().includes(words));
rule.hidden=!fits;count+=fits}
shown.textContent=count+" of "+rules.length+" rules shown"});
"""
