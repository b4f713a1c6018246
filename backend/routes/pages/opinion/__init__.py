"""The pages of public opinion."""
