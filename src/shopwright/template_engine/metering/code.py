"""The code that is made of an untrusted template: nothing of it runs while it is made, and what is shown is paid."""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame


class MeteredCode(CodeGenerator):
    """Jinja's code with ``environment.show`` in the place of ``escape``."""

    def write_commons(self) -> None:
        """What each root and block begins with."""
        super().write_commons()
        self.writeline("show = environment.show")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ANN401 - Jinja's own
        """Only the template's own text is known before it is rendered: Jinja would run filters here."""
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401, ARG002
        self.write("show(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401, ARG002
        self.write(")")
