"""The environment untrusted templates are rendered in: nothing but plain values, each step paid for."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from types import CodeType, FunctionType
from typing import Any

import markupsafe
from jinja2 import TemplateSyntaxError, Undefined, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import safe_range
from markupsafe import Markup, escape

from shopwright.errors import ThemeError
from shopwright.template_engine.engine import Environment, environment_of
from shopwright.template_engine.metering.code import MeteredCode
from shopwright.template_engine.metering.conditions import metered_tests
from shopwright.template_engine.metering.filters import metered_filters
from shopwright.template_engine.metering.meter import DEEPEST_CALL, DEFAULT_FUEL, NAMES_SHIFT, TEXT_SHIFT, Meter
from shopwright.template_engine.metering.operators import SHORT, calculate, steps
from shopwright.template_engine.metering.tree import meter_tree
from shopwright.template_engine.metering.values import SCALARS, TEXTS, Items, bound, bound_text, plain, unfit, weigh
from shopwright.template_engine.policy.allowed import LOOP_NAMES


def make_metered_environment(templates: Mapping[str, str], fuel: int = DEFAULT_FUEL) -> "MeteredEnvironment":
    """The environment over a theme's templates, source by name, in which each page may use so much fuel.

    What it renders is what ``engine.make_environment`` renders. ``meter.start()`` begins a page.
    """
    environment = environment_of(MeteredEnvironment, templates)
    environment.meter.limit = fuel
    return environment


class MeteredContext(Context):
    """The names a template sees. Each template that is opened copies them, and pays for that."""

    def __init__(
        self,
        environment: Any,  # noqa: ANN401 - the environment below
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Any],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        Context.__init__(self, environment, parent, name, blocks, globals)
        meter = environment.meter
        meter.spent += len(parent) >> NAMES_SHIFT
        if meter.spent > meter.limit:
            meter.run_out("the names of a template")


class MeteredEnvironment(Environment):
    """Jinja's immutable sandbox, in which values have no attributes and templates pay for what they do.

    Only dictionaries have names in them, only functions given to ``allow_directly``, macros and blocks can be called,
    and only texts and numbers shown. Compiling runs nothing of a template: the optimizer is off, and so is what
    works values out before they are shown (``MeteredCode``).
    """

    code_generator_class = MeteredCode
    context_class = MeteredContext
    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Jinja's own options
        super().__init__(*args, **kwargs)
        self.meter = Meter()
        self.optimized = False
        self.show = _shower(self.meter)
        self.concat = _captured  # type: ignore[method-assign]
        self.filters = {**metered_filters(self, self.meter), **steps(self.meter)}
        self.tests = metered_tests(self, self.meter)  # type: ignore[assignment]

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """A key of a dictionary, a name of the loop, an imported macro; nothing else has attributes."""
        kind = type(obj)
        if kind is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if kind is LoopContext and attribute in LOOP_NAMES:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            return super().getattr(obj, attribute)
        if kind is TemplateModule and type(obj.__dict__.get(attribute)) is Macro:
            return obj.__dict__[attribute]
        if isinstance(obj, tuple) and attribute in {"grouper", "list"}:  # what groupby gives
            return getattr(obj, attribute, self.undefined(obj=obj, name=attribute))
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """A key of a dictionary, a place in a list or text."""
        if isinstance(obj, Undefined):
            return super().getitem(obj, argument)
        if isinstance(obj, dict | list | tuple | str | range):
            try:
                return plain(obj)[argument]
            except (TypeError, LookupError):
                pass
        return self.undefined(obj=obj, name=argument)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Jinja's own
        """Call a function of the theme API, ``range``, a macro or a block."""
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        kind = type(obj)
        if kind is Macro:
            args = (context.eval_ctx, *args)
        elif not (kind is FunctionType and (obj in self._direct or obj is safe_range)) and kind is not BlockReference:
            raise self._not_callable(obj)
        meter = self.meter
        meter.depth += 1
        if meter.depth > DEEPEST_CALL:
            meter.too_deep()
        try:
            result = obj(*args, **kwargs)
        finally:
            meter.depth -= 1
        return result if type(result) in TEXTS and len(result) <= SHORT else _taken(meter, result)

    def _not_callable(self, obj: object) -> Exception:
        if isinstance(obj, Undefined):
            return obj._undefined_exception(obj._undefined_message)  # noqa: SLF001 - Jinja's own words for it
        return SecurityError("only functions of the theme API, macros and blocks can be called")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002
        """``left`` and ``right`` joined by an operator, bounded."""
        return calculate(self.meter, operator, left, right)

    def _generate(self, source: nodes.Template, name: str | None, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401
        """Jinja's hook between reading a template and making code of it."""
        metered = meter_tree(source, name)
        metered.set_environment(self)
        return super()._generate(metered, name, *args, **kwargs)

    def _compile(self, source: str, filename: str) -> CodeType:
        """Python code; what Python cannot compile is the template's fault."""
        try:
            return super()._compile(source, filename)
        except (SyntaxError, RecursionError, MemoryError, OverflowError) as error:
            raise TemplateSyntaxError("the template cannot be compiled", 1, filename, filename) from error


_ESCAPE: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What ``escape`` does to a plain text, without the object around it that nobody would ask."""


def _shower(meter: Meter) -> Callable[[Any], str]:
    """What every value goes through to be shown: it is escaped, once, and paid by its length."""

    def show(value: Any) -> str:  # noqa: ANN401 - whatever a template shows
        kind = type(value)
        if kind is str:
            shown = _ESCAPE(value)
        elif kind is Markup:
            shown = value
        else:
            shown = _other(value)
        meter.spent += len(shown) >> TEXT_SHIFT
        if meter.spent > meter.limit:
            meter.run_out("a text that is shown")
        return shown

    return show


def _other(value: object) -> str:
    """A number as text; a missing value raises by itself."""
    if type(value) in SCALARS or isinstance(value, str | Undefined):
        return escape(value)
    raise unfit(value, "Only texts and numbers can be shown.")


def _captured(parts: Iterable[str]) -> str:
    """The parts of a page, or of a text that a template keeps: a list of them, which must not become too long."""
    text = "".join(parts)
    if isinstance(parts, list):
        bound_text(len(text))
    return text


def _taken(meter: Meter, result: Any) -> Any:  # noqa: ANN401 - whatever a function gives
    """What a function gave, paid by its size, if templates may hold such a value."""
    if type(result) in TEXTS:
        meter.charge(len(result) >> TEXT_SHIFT, "a function's text")
    elif isinstance(result, list | tuple | dict):
        meter.charge(weigh(result), "a function's list")
    elif type(result) not in SCALARS and not isinstance(result, range | Items | Undefined):
        raise ThemeError("a function gave what templates cannot hold.")
    return bound(result)
