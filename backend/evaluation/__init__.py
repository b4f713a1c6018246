"""评效: how units and persons do in what they can influence, how an area is, and its roads by week. docs/evaluation.md.

intervals, ranking, standardising and scoring are pure; units, people and town_index read the sums of indicators, and
exclusions takes out of a figure what an appeal took out. appeals: a case that is to be left out. settings: what a town
decided. weekly: roads, hours, places, and who gets them. access: who reads whose figures.
"""
