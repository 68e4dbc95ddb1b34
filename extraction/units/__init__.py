"""Units of measurement, percentages and the denominators of rates, by the spellings of ``en/units.toml``."""
