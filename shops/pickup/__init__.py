"""Waste pickup for shops: routes with slots that have so many places, bookings, prices, and what is paid.

slots: places of a slot, which nobody overbooks, and those that are held while somebody decides.
bookings: from booking to done, with the order that each opens for the hauler.
prices: base quota, over-quota amounts, receipts. payments: behind a Protocol, offline where nothing else is set up.
recurring: bookings that repeat themselves. renovation: 双报备 before renovation waste is fetched.
routes: who drives where, the day's stops in their order, how full each day is.
"""
