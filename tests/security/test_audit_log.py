"""Nothing of a template and nothing of a customer gets into the audit log; no kill leaves it broken."""

import random
import signal
import subprocess
import sys
import time

import pytest
from tests.stores.small import NOW, product, write_source

from shopwright.audit.log_file import AuditLog
from shopwright.audit.record import Record
from shopwright.audit.verification import last_entries, verify_log
from shopwright.errors import ThemeError
from shopwright.generation.pipeline import Order, build_store

SECRET = "Zanzibar"
TEMPLATES = {
    "rendered": f"<h1>{SECRET} {{{{ page.title }}}}</h1>",
    "undefined": f"<h1>{{{{ page.{SECRET} }}}}</h1>",
    "refused": f"<h1>{{{{ '{SECRET}'.upper() }}}}</h1>",
    "no Jinja": f"{{% {SECRET} %}}",
    "endless": "{% for a in range(1000) %}{% for b in range(1000) %}" + SECRET + "{% endfor %}{% endfor %}",
    "an argument": f"<h1>{{{{ page.title }}}}</h1>{{{{ t('{SECRET}') }}}}",
}
CUSTOMER = {
    "title": SECRET,
    "reviews": [{"author": SECRET, "rating": 5, "title": SECRET, "body": SECRET, "date": "2026-01-01", "sample": True}],
}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_whatever_happens_to_a_template_its_text_is_not_in_the_log(tmp_path, template):
    theme, log = tmp_path / "mine", tmp_path / "audit"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yaml").write_text(f"name: mine\ntitle: {SECRET}\nextends: atelier\n")
    (theme / "templates/_hero.html").write_text(template)
    source = write_source(tmp_path / "source", [product("luna", **CUSTOMER)], name=SECRET, locales=["en"])
    order = Order(
        source=source,
        out=tmp_path / "site",
        date=NOW,
        cache=tmp_path / "cache",
        workers=1,
        theme=f"{theme}/",
        pictures="skip",
        record=AuditLog(log).append,
    )
    try:
        build_store(order, lambda _stage, _done: None)
    except ThemeError:
        assert template != TEMPLATES["rendered"]
    entries = last_entries(log, 100)
    assert entries
    assert {entry["theme.name"] for entry in entries} == {"mine"}
    assert not [path.name for path in log.iterdir() if SECRET.casefold() in path.read_text("latin-1").casefold()]


WRITER = """
import sys
from pathlib import Path
from shopwright.audit.log_file import AuditLog
from shopwright.audit.record import Record
log = AuditLog(Path(sys.argv[1]), 3_000)
while True:
    log.append(Record("template.check"))
    print(flush=True)
"""


def kill_while_writing(log, seconds):
    """Let a process write records, and kill it; how many it knew to be kept."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(log)], stdout=subprocess.PIPE) as writer:
        writer.stdout.readline()
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        return 1 + writer.stdout.read().count(b"\n")


def check_killed_again_and_again(log, times, seed):
    chance, kept = random.Random(seed), 0
    for _ in range(times):
        kept += kill_while_writing(log, chance.uniform(0, 0.05))
        AuditLog(log).append(Record("template.check"))
        kept += 1
        found = verify_log(log)
        assert (found.faults, found.records >= kept) == ((), True)


def test_a_killed_writer_loses_no_record_it_was_promised(tmp_path):
    check_killed_again_and_again(tmp_path / "audit", 4, seed=1)


@pytest.mark.proof
def test_a_writer_that_is_killed_two_hundred_times(tmp_path):
    check_killed_again_and_again(tmp_path / "audit", 200, seed=2)
