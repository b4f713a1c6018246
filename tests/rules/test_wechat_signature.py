"""The signature of a page for WeChat's JS-SDK, by the vendor's own example."""

import pytest

from push.gateways.wechat.signature import sign

TICKET = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"


@pytest.mark.parametrize("url", ["http://mp.weixin.qq.com?params=value", "http://mp.weixin.qq.com?params=value#top"])
def test_the_vendors_own_example_has_its_signature(url):
    assert sign(TICKET, "Wm3WZYTPz0wzccnW", 1414587457, url) == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
