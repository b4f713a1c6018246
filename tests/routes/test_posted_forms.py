"""What a page's form said is gone when it was answered, passwords above all; what is no form is refused in words."""

import httpx
from litestar import _parsers

HTML = {"accept": "text/html"}


async def test_a_form_that_was_answered_stays_nowhere_in_memory(client: httpx.AsyncClient) -> None:
    before = _parsers.parse_url_encoded_form_data.cache_info()
    typed = {"username": "nobody", "password": "a-password-of-somebody"}
    answer = await client.post("/sign-in", data=typed, headers=HTML)

    assert answer.status_code == 401
    after = _parsers.parse_url_encoded_form_data.cache_info()
    assert (after.hits, after.misses) == (before.hits, before.misses)


async def test_what_is_no_form_is_refused_in_words(client: httpx.AsyncClient) -> None:
    json = await client.post("/sign-in", json={"username": "nobody"}, headers=HTML)
    bytes_of_nothing = await client.post(
        "/sign-in", content=b"username=\xff", headers=HTML | {"content-type": "application/x-www-form-urlencoded"}
    )

    assert [json.status_code, bytes_of_nothing.status_code] == [400, 400]
    assert "表单读不出来" in json.text
