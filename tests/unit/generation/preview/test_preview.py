import http.client
import shutil

import pytest

from shopwright.generation.preview.preview import Preview, PreviewOrder, serve_preview
from shopwright.settings import current_settings


@pytest.fixture
def theme(tmp_path):
    folder = tmp_path / "mine"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text("name: mine\ntitle: Mine\nextends: atelier\n")
    (folder / "templates/_hero.html").write_text('<h1 id="hero">{{ page.title }}, mine</h1>\n')
    return folder


@pytest.fixture
def source(tmp_path):
    """A catalogue of one product, so that a build is short."""
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "store.yaml").write_text("name: Short\nlocales: [en]\ncurrency: EUR\n")
    (folder / "products.jsonl").write_text('{"handle": "one", "title": "One"}\n')
    return folder


@pytest.fixture
def preview(theme, source, tmp_path):
    settings = current_settings()
    told = []
    order = PreviewOrder(theme, tmp_path / "work", settings.cache, 1, source=source, port=0)
    (tmp_path / "work").mkdir()
    preview = Preview(order, told.append)
    preview.told = told
    return preview


def home(preview):
    with preview.site.find("index.html").identity.opened() as file:
        return file.read().decode()


def test_the_theme_is_shown(preview):
    preview.build()
    assert '<h1 id="hero">Short, mine</h1>' in home(preview)
    assert preview.told[0].startswith("9 pages in ")


def test_an_error_is_shown_with_its_line_until_it_is_corrected(preview, theme):
    hero = theme / "templates/_hero.html"
    good = hero.read_text()
    hero.write_text("<p></p>\n{{ page.title|nothing }}\n")
    preview.build()
    assert "<mark>{{ page.title|nothing }}</mark>" in home(preview)
    assert preview.told[0].startswith("Not shown: ")
    hero.write_text(good)
    preview.build()
    assert "Short, mine" in home(preview)


def test_without_a_catalogue_it_is_the_sample_store(theme, tmp_path):
    preview = Preview(PreviewOrder(theme, tmp_path, current_settings().cache, 1), lambda _: None)
    assert (preview._build_order().source / "products.jsonl").is_file()
    assert preview._build_order().source == tmp_path / "sample"


class Enough(Exception):
    pass


def test_changes_of_theme_and_catalogue_are_followed(preview, theme, source):
    changes = [
        lambda: (theme / "templates/_hero.html").write_text("<h1>Second</h1>"),
        lambda: (source / "products.jsonl").write_text('{"handle": "two", "title": "Two"}\n'),
        lambda: (theme / "theme.yaml").write_text("name: ["),
        lambda: (theme / "theme.yaml").write_text("name: mine\ntitle: Mine\nextends: meridian\n"),
    ]
    seen = []

    def pause(_seconds):
        if len(preview.told) < 2 * len(seen) + 1:
            return
        seen.append(preview.told[-1].partition(" in ")[0].partition(":")[0])
        if not changes:
            raise Enough
        changes.pop(0)()

    with pytest.raises(Enough):
        preview.follow(pause)
    assert seen == ["9 pages", "9 pages", "9 pages", "Not shown", "9 pages"]
    assert "Second" in home(preview)
    assert preview.site.find("products/two/index.html")


def test_a_theme_that_is_gone_is_a_problem(preview, theme):
    shutil.rmtree(theme)
    preview.build()
    assert "there is no theme" in home(preview)


def test_only_this_machine_by_its_own_names_is_answered(preview):
    preview.build()
    with serve_preview(preview) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        answers = {}
        for host in (
            f"127.0.0.1:{port}",
            f"localhost:{port}",
            "localhost",
            f"evil.example:{port}",
            "127.0.0.1.evil.example",
        ):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/", headers={"Host": host})
            response = connection.getresponse()
            answers[host.partition(":")[0]] = (response.status, b"mine" in response.read())
            connection.close()
    assert answers == {
        "127.0.0.1": (200, True),
        "localhost": (200, True),
        "evil.example": (404, False),
        "127.0.0.1.evil.example": (404, False),
    }
