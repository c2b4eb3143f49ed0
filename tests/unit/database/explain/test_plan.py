from shopwright.database.explain.plan import read_plan


def answer(stage, examined, returned):
    return {
        "queryPlanner": {"winningPlan": stage, "rejectedPlans": [{"stage": "COLLSCAN"}]},
        "executionStats": {"totalDocsExamined": examined, "nReturned": returned, "executionStages": {}},
    }


def test_the_plan_that_won_counts():
    plan = read_plan(answer({"stage": "FETCH", "inputStage": {"stage": "IXSCAN"}}, 10, 10))
    assert (plan.stages, plan.examined, plan.returned, plan.faults()) == (("FETCH", "IXSCAN"), 10, 10, [])


def test_every_fault_is_told_once():
    scan = {
        "stage": "SORT",
        "inputStage": {"stage": "OR", "inputStages": [{"stage": "COLLSCAN"}, {"stage": "COLLSCAN"}]},
    }
    assert read_plan(answer(scan, 1_000, 1)).faults() == [
        "sorts in memory",
        "reads the whole collection",
        "reads 1000 documents for 1",
    ]


def test_few_documents_too_many_are_no_fault():
    assert read_plan(answer({"stage": "IXSCAN"}, 24, 1)).faults() == []
    assert read_plan(answer({"stage": "IXSCAN"}, 25, 1)).faults() == ["reads 25 documents for 1"]


def test_shards_and_stages_have_one_each():
    cursor = {"$cursor": answer({"stage": "IXSCAN"}, 5, 5)}
    plan = read_plan({"stages": [cursor, {"$sort": {"sortKey": {"a": 1}}}]})
    assert plan.faults() == ["sorts in memory"]
    sharded = {
        "queryPlanner": {"winningPlan": {"stage": "SHARD_MERGE", "shards": [{"winningPlan": {"stage": "COLLSCAN"}}]}}
    }
    assert "reads the whole collection" in read_plan(sharded).faults()
