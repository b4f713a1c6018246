"""Assets: cached for a year under a name of their content, packed, and 304 when the browser has them."""

import gzip

import httpx

from backend.web.assets import files


async def test_an_asset_is_packed_and_kept_for_a_year(client: httpx.AsyncClient) -> None:
    answer = await client.get(files.url("app.css"), headers={"accept-encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")


async def test_a_browser_that_has_it_is_told_so(client: httpx.AsyncClient) -> None:
    first = await client.get(files.url("landing.js"))

    second = await client.get(files.url("landing.js"), headers={"if-none-match": first.headers["etag"]})

    assert (second.status_code, second.content) == (304, b"")


async def test_a_client_that_cannot_unpack_gets_it_plain(client: httpx.AsyncClient) -> None:
    answer = await client.get(files.url("staff.css"), headers={"accept-encoding": "identity"})

    assert "content-encoding" not in answer.headers
    assert answer.content == files.all_assets()["staff.css"].plain


async def test_an_old_name_is_gone_and_no_name_leaves_the_shelf(client: httpx.AsyncClient) -> None:
    for name in ("app.0000000000.css", "app.css", "..%2Fpage.py", "../page.py"):
        assert (await client.get(f"/static/{name}")).status_code == 404


async def test_the_service_worker_is_asked_for_anew_each_time(client: httpx.AsyncClient) -> None:
    answer = await client.get("/sw.js")

    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["content-security-policy"] == "default-src 'self'"
    assert "permissions-policy" not in answer.headers
    assert "{{version}}" not in answer.text
    assert gzip.decompress(files.worker(files.SERVICE_WORKER).content).decode() == answer.text


async def test_the_library_of_maps_is_a_module_and_its_worker_may_ask_this_site_alone(
    client: httpx.AsyncClient,
) -> None:
    library, worker = [await client.get(files.url(name)) for name in ("maplibre-gl.mjs", "maplibre-gl-worker.mjs")]

    assert {each.headers["content-type"] for each in (library, worker)} == {"text/javascript; charset=utf-8"}
    assert library.headers["content-security-policy"] == "default-src 'none'"
    assert "connect-src 'self'" in worker.headers["content-security-policy"]
    assert "eval" not in worker.headers["content-security-policy"]
