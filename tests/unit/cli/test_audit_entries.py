from shopwright.audit.verification import ChainFault
from shopwright.cli.audit_entries import faults_as_json, plain, show_entries


def test_an_entry_in_columns(capsys):
    entry = {"event.sequence": 7, "@timestamp": "2026-11-23T09:30:00.123Z", "event.action": "catalog.edit"}
    show_entries([{**entry, "event.hash": "x", "catalog.hash.sha256": "ab" * 32}], as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "7       2026-11-23 09:30:00  catalog.edit",
        "        catalog.hash.sha256=abababababab",
    ]
    show_entries([entry], as_json=True)
    assert capsys.readouterr().out.startswith('{"event.sequence": 7,')


def test_what_a_terminal_may_show():
    assert plain("\x1b[2Ja") == "�[2Ja"
    assert faults_as_json([ChainFault("f", 1, "w")]) == [{"file": "f", "line": 1, "what": "w"}]
