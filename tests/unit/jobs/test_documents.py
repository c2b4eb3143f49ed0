from shopwright.bootstrap.document_types import GRAPH
from shopwright.jobs.documents import JOBS


def test_a_job_ends_with_its_store_and_outlives_its_release():
    assert {str(link): link.reference.on_delete for link in GRAPH.links if link.source is JOBS} == {
        "jobs.store": "cascade",
        "jobs.release": "detach",
    }
    assert [str(link) for link in GRAPH.to(JOBS)] == ["releases.job"]
