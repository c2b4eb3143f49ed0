import os

import pytest

from shopwright.generation.preview import watch
from shopwright.generation.preview.watch import changed, snapshot


@pytest.fixture
def theme(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/home.html").write_text("one")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/index").write_text("hidden")
    (tmp_path / "home.html~").write_text("a copy")
    (tmp_path / ".home.html.swp").write_text("unsaved")
    return tmp_path


def names(seen, theme):
    return sorted(path.relative_to(theme).as_posix() for path in seen)


def test_files_are_seen_but_for_what_editors_keep(theme):
    assert names(snapshot([theme]), theme) == ["templates/home.html"]


def test_a_file_may_be_named_itself(theme):
    assert names(snapshot([theme / "home.html~"]), theme) == ["home.html~"]


def test_what_is_not_there_is_not_seen(theme):
    (theme / "templates/dead.html").symlink_to(theme / "nowhere")
    assert names(snapshot([theme, theme / "nowhere"]), theme) == ["templates/home.html"]


def test_there_is_an_end_to_what_is_watched(theme, monkeypatch):
    monkeypatch.setattr(watch, "MOST_FILES", 2)
    for number in range(5):
        (theme / f"{number}.css").touch()
    assert len(snapshot([theme])) == 2


def touched(path, text):
    path.write_text(text)
    os.utime(path, ns=(1, path.stat().st_size))


@pytest.mark.parametrize(
    "change",
    [
        lambda theme: touched(theme / "templates/home.html", "other"),
        lambda theme: (theme / "templates/home.html").unlink(),
        lambda theme: (theme / "templates/new.html").touch(),
        lambda theme: (theme / "templates/home.html").rename(theme / "templates/moved.html"),
    ],
    ids=["written", "removed", "added", "renamed"],
)
def test_every_kind_of_change_is_told(theme, change):
    before, pauses = snapshot([theme]), []

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 3:
            change(theme)

    after = changed(before, [theme], pause)
    assert after != before
    assert after == snapshot([theme])


def test_changes_that_follow_at_once_are_one(theme):
    before, pauses = snapshot([theme]), []
    (theme / "first.css").touch()

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) < 4:
            (theme / f"{len(pauses)}.css").touch()

    assert names(changed(before, [theme], pause), theme) == [
        *("1.css", "2.css", "3.css", "first.css", "templates/home.html")
    ]
    assert len(pauses) == 4
