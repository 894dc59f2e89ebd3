"""Monthly briefings on administrative procedures, from raw exports to HTML and PDF."""

import warnings

# pandera imports PySpark wherever it is installed, and PySpark 4.3 then says so of pandas 3 at
# every turn. What we use of Spark is small, and the tests compare all of it with DuckDB.
warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
