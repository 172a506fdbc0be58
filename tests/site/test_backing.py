"""The database of a deployment, as the environment names it."""

from __future__ import annotations

import pytest

from didaskaleio.site.backing import SettingError, database

URL = "postgresql://some%20one:p%40ss@db.foreas.gr:6432/training?sslmode=verify-full"


def test_an_address_of_postgresql_is_taken_apart():
    entry = database(URL)
    assert (entry["USER"], entry["PASSWORD"], entry["NAME"]) == ("some one", "p@ss", "training")
    assert (entry["HOST"], entry["PORT"]) == ("db.foreas.gr", "6432")
    assert entry["OPTIONS"] == {
        "sslmode": "verify-full",
        "server_side_binding": True,
        "prepare_threshold": 5,
    }
    assert (entry["CONN_MAX_AGE"], entry["DISABLE_SERVER_SIDE_CURSORS"]) == (60, False)


def test_a_pool_inside_the_process_takes_the_place_of_lasting_connections():
    entry = database(URL, pool="8")
    assert entry["CONN_MAX_AGE"] == 0
    assert entry["OPTIONS"]["pool"] == {"min_size": 0, "max_size": 8, "timeout": 10}


def test_behind_a_pooler_no_cursor_outlives_its_transaction():
    assert database(URL, pooler=True)["DISABLE_SERVER_SIDE_CURSORS"] is True


@pytest.mark.parametrize("pool", ["0", "-1", "eight", "٣"])
def test_a_pool_that_is_no_number_is_refused_by_name(pool):
    with pytest.raises(SettingError, match="DIDASKALEIO_DB_POOL"):
        database(URL, pool=pool)
