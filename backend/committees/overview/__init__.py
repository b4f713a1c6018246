"""How committees, towns and districts are doing: figures with their definitions, of what a reader's grants show."""
