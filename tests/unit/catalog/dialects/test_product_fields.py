from shopwright.catalog.dialects.product_fields import color_of, handle_from, take_color


def test_a_handle_comes_from_the_first_text_that_gives_one():
    assert handle_from("Café", "x") == "cafe"
    assert handle_from("نظارة", "Frame 1") == "frame-1"
    assert handle_from("نظارة", "") == handle_from("نظارة", "؟") == "product-28c2c505"


def test_colors_come_from_options_or_custom_fields():
    assert color_of(["Size", "Farbe"], ("M", "Rot")) == {"name": "Rot"}
    assert color_of(["Size"], ("M",)) is None
    custom = {"Color": "Red, Blue", "frame_color": "Green"}
    assert take_color(custom) == {"name": "Green"}
    assert custom == {"Color": "Red, Blue"}
    assert take_color(custom) is None
