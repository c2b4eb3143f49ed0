from click.testing import CliRunner

from shopwright.cli.theme import _COMMANDS, theme


def test_its_commands():
    result = CliRunner().invoke(theme, ["--help"])
    assert result.exit_code == 0
    for name in _COMMANDS:
        assert f"\n  {name} " in result.stdout
        assert CliRunner().invoke(theme, [name, "--help"]).exit_code == 0
