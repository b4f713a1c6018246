"""Text messages by 阿里云 or 腾讯云, with their own SDKs: `yima[aliyun-sms]`, `yima[tencent-sms]`.

A text message costs money and cannot be taken back: it is never repeated where the answer did not come. Neither a
number nor a word of it may reach a log; the SDKs put both into addresses and into what their exceptions say.
"""
