"""Our app by 极光 (JPush), which speaks to the services of the makers of phones, by its REST API.

https://docs.jiguang.cn/jpush/server/push/rest_api_v3_push
"""
