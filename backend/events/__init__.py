"""The event log: a fact is one row, written in the same transaction as the change that it tells of.

It is the audit trail, the source that live pages replay, and the start of every reaction. Owns EventLog; knows no other
package.
"""
