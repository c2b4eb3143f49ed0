"""The check of how fast the assets of a complete store are made and uploaded, and how small its pictures get."""

from shopwright.validation.checkout import Checkout
from shopwright.validation.checks_pictures import picture_figures
from shopwright.validation.checks_publishing import FILES, upload_seconds
from shopwright.validation.registry import Result, check

MOST_UPLOAD_SECONDS = 30


@check("A7")
def assets_speed(checkout: Checkout) -> Result:
    """Photos and the example store from empty caches, sizes at their visual quality, then an upload to a bucket."""
    pictures = picture_figures(checkout)
    seconds = upload_seconds(checkout.work)
    return Result(
        f"{pictures.figure}; {FILES:,} files uploaded in {seconds:.1f} s",
        passed=pictures.passed and seconds < MOST_UPLOAD_SECONDS,
    )
