"""表单: what a campaign asks, as data: typed fields, when they are shown, what means trouble, what is sealed."""
