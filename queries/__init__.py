"""The questions: one ``.rq`` file each, and the catalogue that finds and runs them."""
