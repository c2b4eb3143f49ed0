from pathlib import Path

import pymongo
import pytest

from shopwright.bootstrap.deployment import deployment
from shopwright.errors import DatabaseUnavailable
from shopwright.settings import DatabaseSettings, Secret


def test_the_deployment_the_settings_name_is_used_as_it_is():
    settings = DatabaseSettings(Secret("mongodb://db.example/?replicaSet=rs0"), None, Path("/nowhere"))
    with deployment(settings) as uri:
        assert uri == "mongodb://db.example/?replicaSet=rs0"


def test_else_a_private_server_keeps_its_data_from_one_time_to_the_next(tmp_path, mongo_uri):
    settings = DatabaseSettings(Secret(), None, tmp_path / "mongo")
    for times in (1, 2):
        with deployment(settings) as uri, pymongo.MongoClient(uri) as client:
            client.t_acme.things.insert_one({})
            assert client.t_acme.things.count_documents({}) == times


def test_a_program_that_is_not_there_is_named(tmp_path):
    settings = DatabaseSettings(Secret(), tmp_path / "mongod", tmp_path)
    with pytest.raises(DatabaseUnavailable, match=f"{tmp_path}/mongod is not there"), deployment(settings):
        pass
