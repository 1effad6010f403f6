"""``irkg serve``: the graph over HTTP, to be asked and read, never to be changed.

``front`` speaks HTTP and knows nothing of graphs. It hands each request to one of a few processes (``engines``), which
answers it (``routes``) and does nothing else meanwhile; so a request that takes too long is ended with its process.
"""
