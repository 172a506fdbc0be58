"""The database and the store of files of a deployment, as the environment names them."""

from __future__ import annotations

import pytest

from didaskaleio.site.backing import SettingError, database, files

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


def test_files_stand_in_a_folder_unless_an_address_is_given():
    assert files("") == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def test_an_address_of_a_store_of_objects_is_taken_apart():
    entry = files("s3://archeia?endpoint=https://s3.foreas.gr:9000&region=gr-1&folder=training")
    assert entry["BACKEND"] == "didaskaleio.site.object_store.ObjectStore"
    assert entry["OPTIONS"] == {
        "bucket_name": "archeia",
        "endpoint_url": "https://s3.foreas.gr:9000",
        "region_name": "gr-1",
        "location": "training",
        "addressing_style": "path",
    }
    amazon = files("s3://archeia?region=eu-south-1")["OPTIONS"]
    assert (amazon["endpoint_url"], amazon["addressing_style"]) == (None, "virtual")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/srv/files", "δεν αρχίζει με s3://"),
        ("s3://?endpoint=https://s3.foreas.gr", "το όνομα του κάδου"),
        ("s3://key:secret@archeia?region=gr-1", "το όνομα του κάδου"),
        ("s3://Αρχεία?region=gr-1", "το όνομα του κάδου"),
        ("s3://archeia/folder?region=gr-1", "με folder="),
        ("s3://archeia?region=gr-1&public=1", "δεν υπάρχει παράμετρος «public»"),
        ("s3://archeia?endpoint=s3.foreas.gr", "το endpoint δεν είναι διεύθυνση"),
        ("s3://archeia", "λείπει το endpoint ή το region"),
    ],
)
def test_a_wrong_address_of_files_is_refused_with_the_reason_and_an_example(address, why):
    with pytest.raises(SettingError, match="DIDASKALEIO_FILES") as refused:
        files(address)
    assert why in str(refused.value)
    assert "s3://kados?endpoint=https://s3.foreas.gr" in str(refused.value)
