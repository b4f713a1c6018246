"""两本账: service hours and points of volunteers. Rows are added and never changed; a mistake is taken back by a row.

Owns HoursEntry, PointsEntry and RewardPolicy; says HoursEntered, HoursConfirmed, HoursReversed, PointsEarned,
PointsReversed and PointsSpent, each in the transaction of its row, so that both ledgers can be worked out again from
the facts (`replay`). Whoever writes about a person locks that person first (`locking`).
"""
