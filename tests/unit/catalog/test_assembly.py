import pytest

from shopwright.catalog.assembly import assemble
from shopwright.catalog.draft import Draft, Import, VariantDraft
from shopwright.catalog.faults import Report
from shopwright.catalog.product import Product
from shopwright.catalog.row import Outcome, Row, read_header
from shopwright.catalog.store import Store

HEADER = read_header(("title",), lambda name: name)


def draft(variants: int = 0, **fields) -> Draft:
    rows = [Row(2 + number, [str(number)], HEADER) for number in range(max(1, variants))]
    made = Draft(rows, {"handle": "a", "title": "A", **fields})
    made.variants = [VariantDraft(row, (), {}) for row in rows[:variants]]
    return made


def run_of(made: Draft) -> tuple[Product | None, list[str]]:
    run = Import(Report(), Store(name="S"))
    product = assemble(made, run)
    return product, [fault.code for fault in run.report.faults]


def test_texts_are_cut_at_their_bounds():
    product, codes = run_of(
        draft(title="x" * 301, brand="y" * 400, summary="z" * 3_000, custom={"n" * 300: "v" * 30_000})
    )
    assert product
    assert (len(product.title), len(product.brand or ""), len(product.summary)) == (300, 300, 2_000)
    assert {len(name): len(text) for name, text in product.custom.items()} == {200: 20_000}
    assert codes == ["text-cut", "text-cut"]


def test_tags_and_collections_are_bounded():
    made = draft(tags=[f"t{number}" for number in range(300)])
    for number in range(300):
        made.add_group(f"c{number}")
    product, codes = run_of(made)
    assert product
    assert (len(product.tags), len(product.collections), codes) == (250, 250, ["too-many-values"])


def test_pictures_are_bounded_and_take_the_first_text_that_is_given():
    made = draft()
    run = Import(Report(), Store(name="S"))
    for number in range(251):
        made.add_picture(run, made.rows[0], "title", f"https://x.example/{number}.jpg")
    made.add_picture(run, made.rows[0], "title", "https://x.example/0.jpg", "Front")
    product, codes = run_of(made)
    assert product
    assert (len(product.pictures), product.pictures[0].alt, codes) == (250, "", ["too-many-pictures"])
    made.pictures = [*made.pictures[:1], made.pictures[-1]]
    product, _ = run_of(made)
    assert product
    assert [(one.source, one.alt) for one in product.pictures] == [("https://x.example/0.jpg", "Front")]


def test_options_of_one_name_are_told_apart():
    made = draft(1)
    made.options, made.variants[0].options = ["Size", "Size"], ("S", "M")
    product, _ = run_of(made)
    assert product
    assert product.options == ("Size", "Size (2)")


def test_optional_values_that_break_a_rule_are_left_out():
    made = draft(1, external_url="ftp://x", seo={"title": 5}, status="sleeping")
    made.variants[0].fields = {"gtin": "123", "sku": "S", "markets": [{"market": ""}]}
    product, codes = run_of(made)
    assert product
    assert (product.external_url, product.seo.title, product.status.value) == (None, None, "active")
    assert (product.variants[0].gtin, product.variants[0].sku, product.variants[0].markets) == (None, "S", ())
    assert set(codes) == {"value-dropped"}


@pytest.mark.parametrize("fields", [{"title": ""}, {"handle": "Not Safe"}, {"kind": "external"}])
def test_a_product_that_cannot_be_saved_takes_its_rows_with_it(fields):
    made = draft(2, **fields)
    product, codes = run_of(made)
    assert product is None
    assert codes[-1] == "product-invalid"
    assert [row.outcome for row in made.rows] == [Outcome.REFUSED, Outcome.REFUSED]


def test_ids_come_from_option_values_or_sku_and_differ():
    made = draft(4)
    made.options = ["Color"]
    for variant, (color, sku) in zip(
        made.variants, [("Red", "X"), ("red!", "Y"), ("أحمر", "Z 1"), ("أزرق", "")], strict=True
    ):
        variant.options, variant.fields = (color,), {"sku": sku or None}
    product, _ = run_of(made)
    assert product
    assert [variant.id for variant in product.variants] == ["red", "red-2", "z-1", "default"]
