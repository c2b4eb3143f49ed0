import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import CheckoutError
from shopwright.validation.requirements import BATCHES, Requirement, read_requirements

TABLE = Path(__file__).parents[3] / "docs/requirements.md"
COUNTS = {"T": 10, "M": 9, "D": 6, "A": 7, "P": 5, "S": 7, "F": 7, "Q": 8}
FIRST_NAMES = set(
    """
template_engine EnterpriseTemplateEngine render_secure_template TemplateSecurityFramework validate_context
sanitize_context validate_template InputValidator template_showcase multi_tenant TenantManager create_tenant
TenantSecurityFramework validate_tenant_access validate_tenant_config TenantDataIsolation create_tenant_collections
TenantResourceManager allocate_resources TenantAuditLogger TenantConfiguration Tenant UserContext database
mongodb_enterprise schema_validator transaction_manager asset_pipeline enterprise_asset_pipeline cdn_manager
image_optimizer performance performance_monitor resource_manager optimization_engine seo advanced_seo_optimizer
structured_data_generator accessibility_framework ml_integration face_shape_analyzer compatibility_scorer
recommendation_engine run_enterprise_validation_LS2.py test_validation_enterprise_LS2.py test_specs_LS1.md
tests/template_engine/test_enterprise_security.py tests/comprehensive/enterprise_test_suite.py
tests/performance/benchmark_tests.py tests/security/security_validation_tests.py
""".split()  # noqa: SIM905 - fifty names read better as words
)

ROW = "| P1 | Speed | < 30 s | performance | `monitor`, `speed` | generation | tests/stores | checks_generation.py |"


def read(tmp_path, text):
    file = tmp_path / "requirements.md"
    file.write_text(text)
    return read_requirements(file)


def test_a_row_becomes_a_requirement(tmp_path):
    assert read(tmp_path, f"# Requirements\n\n| id | x |\n|---|---|\n{ROW}\n") == (
        Requirement(
            id="P1",
            text="Speed",
            bound="< 30 s",
            batches=("performance",),
            first_names=("monitor", "speed"),
            module="generation",
            test="tests/stores",
            check="checks_generation.py",
        ),
    )


def test_the_table_names_every_requirement_in_order():
    ids = [requirement.id for requirement in read_requirements(TABLE)]
    assert ids == [f"{topic}{number}" for topic, count in COUNTS.items() for number in range(1, count + 1)]


def test_every_first_name_is_found_in_the_table():
    named = {name for requirement in read_requirements(TABLE) for name in requirement.first_names}
    assert named == FIRST_NAMES


def test_every_figure_of_the_requirements_is_a_bound():
    bounds = {requirement.id: requirement.bound for requirement in read_requirements(TABLE)}
    assert all(bounds.values())
    figures = {
        "T5": {"1", "5", "50"},
        "T8": {"100", "90"},
        "D6": {"50", "99", "200", "80"},
        "A2": {"320", "768", "1024", "1920"},
        "A4": {"90"},
        "A7": {"60", "30"},
        "P1": {"1,000", "30", "10,000", "500"},
        "P3": {"80"},
        "P4": {"100"},
        "S7": {"95"},
        "F7": {"100", "200", "90"},
        "Q1": {"95", "90"},
        "Q7": {"8.5", "9.0"},
    }
    assert {name: set(re.findall(r"[\d,.]*\d", bounds[name])) & wanted for name, wanted in figures.items()} == figures


def test_each_batch_has_requirements():
    counted = {batch: sum(batch in r.batches for r in read_requirements(TABLE)) for batch in BATCHES}
    assert counted == {"security": 14, "performance": 13, "testing": 8}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no table", "empty or names an id twice"),
        (f"{ROW}\n{ROW}", "empty or names an id twice"),
        ("| P1 | Speed |", "A row has the columns id, requirement, bound, batch"),
        ("| P1234 | Speed | a | | | | | |", "A row has the columns"),
        (ROW.replace("performance", "speed"), "'speed' names no batch. Use security, performance, testing."),
    ],
)
def test_a_broken_table_is_refused(tmp_path, text, message):
    with pytest.raises(CheckoutError, match=re.escape(message)):
        read(tmp_path, text)


def test_the_message_names_the_line(tmp_path):
    with pytest.raises(CheckoutError, match=r"^requirements\.md, line 3: "):
        read(tmp_path, "\n\n| P1 | Speed |")


def test_a_missing_or_binary_table_is_refused(tmp_path):
    with pytest.raises(CheckoutError, match="cannot be read"):
        read_requirements(tmp_path / "none.md")
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe")
    with pytest.raises(CheckoutError, match="cannot be read"):
        read_requirements(tmp_path / "binary.md")


@given(
    cells=st.lists(
        st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="|\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"),
            max_size=9,
        ),
        max_size=10,
    )
)
def test_any_row_is_a_requirement_or_a_clear_refusal(tmp_path_factory, cells):
    try:
        rows = read(tmp_path_factory.mktemp("table"), f"| P1 | {' | '.join(cells)} |")
    except CheckoutError:
        return
    assert [row.id for row in rows] == ["P1"]
