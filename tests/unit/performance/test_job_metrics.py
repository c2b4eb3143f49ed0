from shopwright.performance import job_metrics


def test_an_end_nobody_knows_is_no_series_of_its_own():
    job_metrics.ENDED.add("generation", "vanished")
    assert ("generation", "other") in job_metrics.ENDED.collect().series


def test_what_is_declared_is_there():
    for end in job_metrics.ENDS:
        job_metrics.ENDED.add("generation", end)
    assert {values[1] for values in job_metrics.ENDED.collect().series} >= set(job_metrics.ENDS)
