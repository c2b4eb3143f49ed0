"""The one place where Jinja2 is set up and templates are rendered."""

from collections.abc import Callable, Iterable, Mapping
from types import FunctionType
from typing import Any, TypeVar

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from shopwright.errors import ThemeError

__all__ = ["Template", "get_template", "make_environment", "render"]

UNDEFINED = (
    "Use a name that docs/reference/theme-api.md lists; what is imported or a fragment sees less than the page "
    '(import "with context").'
)
"""What to do about a name that is not there."""


class Environment(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox with short ways for what templates do most: read a key of a dict, call a function.

    ``a.b`` on a plain dict is the key ``b`` and nothing else, so that a key such as ``items`` is never a method. The
    very functions that ``allow_directly`` was given are called without asking whether they are safe; any other
    callable takes the sandbox's way.
    """

    _direct: frozenset[Callable[..., Any]] = frozenset()

    def allow_directly(self, functions: Iterable[Callable[..., Any]]) -> None:
        """Name the functions of the theme API."""
        self._direct |= frozenset(functions)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Jinja's own
        """Call a function of the theme API, or whatever the sandbox allows."""
        if type(obj) is FunctionType and obj in self._direct:
            kwargs.pop("_block_vars", None)  # what compiled templates add, for callables that ask for their context
            kwargs.pop("_loop_vars", None)
            return obj(*args, **kwargs)
        return super().call(context, obj, *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """A key of a plain dict, a name of the loop, or whatever the sandbox allows."""
        kind = type(obj)
        if kind is dict:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if kind is LoopContext and attribute in _LOOP_NAMES:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


E = TypeVar("E", bound=Environment)

_LOOP_NAMES = frozenset({"index", "index0", "first", "last", "length", "revindex", "revindex0"})


def make_environment(templates: Mapping[str, str]) -> Environment:
    """The sandbox over a theme's templates, source by name (requirement T1)."""
    return environment_of(Environment, templates)


def environment_of(kind: type[E], templates: Mapping[str, str]) -> E:
    """The same as a stricter kind of sandbox: every kind is set up alike, so that each renders what the others do."""
    environment = kind(
        loader=FunctionLoader(_source_of(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    environment.globals = {"range": environment.globals["range"]}
    return environment


def _source_of(templates: Mapping[str, str]) -> Callable[[str], tuple[str, str, None] | None]:
    """A loader's function; it gives the name as the file's name too, so that errors can tell template and line."""
    return lambda name: (templates[name], name, None) if name in templates else None


def get_template(environment: Environment, name: str) -> Template:
    """A compiled template. Raises ``ThemeError`` with file and line."""
    try:
        return environment.get_template(name)
    except TemplateSyntaxError as error:
        remedy = "Correct the template."
        raise ThemeError(f"{error.message}.", where=f"{error.name}, line {error.lineno}", remedy=remedy) from error
    except TemplateError as error:
        raise ThemeError(
            f"the template cannot be loaded: {error}.", where=name, remedy="Add it to the theme."
        ) from error


def render(template: Template, context: Mapping[str, Any]) -> str:
    """Render a template. Raises ``ThemeError`` with template and line for whatever goes wrong inside it."""
    try:
        return template.render(context)
    except ThemeError as error:
        if error.where:
            raise
        raise type(error)(error.what, where=_place(template, error), remedy=error.remedy) from error
    except Exception as error:
        remedy = UNDEFINED if isinstance(error, UndefinedError) else "Correct the template."
        what = f"{str(error).removesuffix('.')}.".replace("'dict object' has no", "the value has no")
        raise ThemeError(what, where=_place(template, error), remedy=remedy) from error


def _place(template: Template, error: BaseException) -> str:
    """The innermost template line an error came through."""
    place, trace = template.name or "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".html"):
            place = f"{name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
