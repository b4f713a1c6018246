"""Pages of the residents' committee: its volunteers, their hours, the goods that it gives, and what stands out."""
