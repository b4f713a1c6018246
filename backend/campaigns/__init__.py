"""专页: campaigns for flood, fire, epidemic or inspection, made from data alone: a form, targets, who goes, how often.

A running campaign has rounds; a round has a task for each target; a record fills a task, and an answer that means
trouble opens an order of the trunk. What is personal is sealed, opened by few, and destroyed after its term.
"""
