"""A zygote whose workers are confined, but do not meter: what only memory bounds and the kill from outside still stop.

Only tests start it: the product has no switch that turns metering off.
"""

from shopwright.template_engine.confinement.worker import Press, serve
from shopwright.template_engine.confinement.zygote import main
from shopwright.template_engine.engine import make_environment


def open_press(setup):
    return Press(make_environment(setup["templates"]), setup["editions"]).answer


if __name__ == "__main__":
    main(lambda stream: serve(stream, open_press))
