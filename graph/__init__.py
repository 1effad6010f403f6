"""Where statements live: records as RDF, the store, networks, views and exports."""
