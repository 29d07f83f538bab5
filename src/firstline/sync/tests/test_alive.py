"""Whether there is a network is told by content: a hotel's login page answers 200, too."""

from django.test import Client

from firstline.testing.cast import Cast


def test_the_server_says_its_own_words_and_no_cache_keeps_them() -> None:
    response = Client().get("/sync/v1/alive")
    assert response.content == b"firstline alive"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_nothing_of_a_browser_stands_before_devices(cast: Cast) -> None:
    client = cast.worker.client()
    answer = client.get("/sync/v1/alive", headers={"accept-language": "en"})
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in answer.headers


def test_what_a_device_is_told_is_in_its_language(cast: Cast) -> None:
    said = {
        language: Client().post("/sync/v1/commands", headers={"accept-language": language}).json()["said"]
        for language in ("en", "zh-hans")
    }
    assert said["en"].isascii()
    assert not said["zh-hans"].isascii()


def test_an_address_that_is_none_is_a_page_not_found(cast: Cast) -> None:
    assert cast.worker.client().get("/sync/v1/elsewhere").status_code == 404
