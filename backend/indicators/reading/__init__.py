"""Sums of measures over areas and days, as figures of indicators, and the orders behind them."""
