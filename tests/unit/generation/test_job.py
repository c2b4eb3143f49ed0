from shopwright.generation.job import Job


def test_jobs_are_values():
    assert Job({"en": "/"}, b"{}") == Job({"en": "/"}, b"{}")
