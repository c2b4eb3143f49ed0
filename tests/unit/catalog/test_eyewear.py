import pytest

from shopwright.catalog.eyewear import is_color, label_of, read_frame


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("lens_width_mm", "lens width"),
        ("Lens Width (mm)", "lens width"),
        ("Lens width (product.metafields.eyewear.lens_width)", "lens width"),
        ("Meta: lens_width_mm", "lens width"),
        ("weight_g", "weight"),
        ("Bügellänge", "bügellänge"),
        ("mm", "mm"),
        ("Gemming", "gemming"),
    ],
)
def test_labels(name, label):
    assert label_of(name) == label


@pytest.mark.parametrize("name", ["Color", "frame_colour", "Farbe", "Fassungsfarbe"])
def test_color_names(name):
    assert is_color(name)


def test_measures_in_two_languages_and_units():
    values = {"Glasbreite": "52 mm", "Steg": "1,8 cm", "temple_length": "140", "Frame shape": "Round"}
    frame, used, unread = read_frame(values)
    assert frame == {"lens_width_mm": 52.0, "bridge_mm": 18.0, "temple_mm": 140.0, "shape": "Round"}
    assert (used, unread) == (set(values), set())


@pytest.mark.parametrize("size", ["52-18-140", "52 □ 18 140", "52/18/140 mm"])
def test_packed_sizes(size):
    assert read_frame({"Size": size})[0] == {"lens_width_mm": 52.0, "bridge_mm": 18.0, "temple_mm": 140.0}


def test_a_material_alone_is_no_frame():
    assert read_frame({"Material": "Cotton", "Shape": "Slim", "Size": "M"}) == (None, set(), set())


def test_what_is_no_measure_stays_with_its_name():
    frame, used, unread = read_frame({"bridge": "wide", "temple": "9000", "rim": "full", "Lens height": "0"})
    assert frame == {"rim": "full"}
    assert (used, unread) == ({"rim"}, {"bridge", "temple", "Lens height"})


def test_weights_are_grams():
    assert read_frame({"rim": "full", "Weight (g)": "21 g"})[0] == {"rim": "full", "weight_g": 21.0}
