"""What is measured: ``make evaluate`` and ``make bench``. Not part of the wheel."""
