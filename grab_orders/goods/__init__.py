"""积分商店: goods that a committee or a town gives for points, and who exchanged what.

Owns RewardGoods and Exchange. An exchange takes points through the ledger and one piece out of the stock in one
transaction; the database refuses a stock below nothing.
"""
