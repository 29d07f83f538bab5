"""Whether there is a network is told by content: a hotel's login page answers 200, too."""

from django.test import Client


def test_the_server_says_its_own_words_and_no_cache_keeps_them() -> None:
    response = Client().get("/sync/v1/alive")
    assert response.content == b"firstline alive"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
