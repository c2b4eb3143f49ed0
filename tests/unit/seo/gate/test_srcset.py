import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.seo.gate.srcset import chosen_wrongly, wrong_sizes


@pytest.mark.parametrize(
    "sizes",
    [
        "100vw",
        "auto",
        "0",
        ".5em",
        "(min-width: 100rem) 51rem, (min-width: 64rem) 51vw, 100vw",
        "(min-width: 40em) and (max-width: 80em) calc(50vw - 2rem), min(100vw, 30rem)",
        "not (orientation: portrait) 50vw, 100svw",
        "((min-width: 40em) or (orientation: landscape)) 50vw, 100vw",
    ],
)
def test_sizes_that_browsers_read(sizes):
    assert wrong_sizes(sizes) == ""


@pytest.mark.parametrize(
    ("sizes", "part"),
    [
        ("", ""),
        ("50%", "50%"),
        ("min-width: 40em 50vw, 100vw", "min-width: 40em 50vw"),
        ("(min-width: 40em) 50vw; 100vw", "(min-width: 40em) 50vw; 100vw"),
        ("(min-width: 40em), 100vw", "(min-width: 40em)"),
        ("100", "100"),
    ],
)
def test_sizes_that_they_leave_out(sizes, part):
    assert wrong_sizes(sizes) == f'sizes="{part}"'


def test_sizes_of_a_reasonable_length():
    assert wrong_sizes("100vw," * 1_000) == "sizes of 6,000 characters"


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        ({"srcset": "/a.webp 2x"}, []),
        ({"srcset": "/a.webp 100w"}, ["candidates by width, no sizes"]),
        ({"srcset": "/a.webp 100w", "sizes": "100vw", "type": "image/webp"}, []),
        ({"srcset": "/a.webp 100w", "sizes": "wide", "type": "image/avif"}, ['sizes="wide"', "image/avif, of /a.webp"]),
        ({"srcset": "/a.JPEG?v=1 2x", "type": "image/jpeg"}, []),
        ({"srcset": "/a 2x", "type": "image/avif"}, []),
        ({"srcset": "/a.png 2x", "type": "image/x-other"}, []),
    ],
)
def test_what_a_browser_chooses_by(attributes, found):
    assert list(chosen_wrongly(attributes)) == found


@given(st.text("(),0 1vwrem:calmin-", max_size=1_100))
def test_any_sizes_are_answered(sizes):
    assert len(wrong_sizes(sizes)) < 80
