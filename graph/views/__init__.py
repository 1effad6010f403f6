"""One network of entities and records as one HTML page that needs no network.

The network is a pyvis ``Network``; the page around it is our own (``templates/view*``), because the one
that pyvis bundles loads from a content-delivery network and can run script from a label. Everything that
comes from a source enters as data, in one JSON block, and becomes text nodes in the browser.
"""

from graph.views.page import page
from graph.views.shown import MAX_NODES, MAX_PARTIES, MAX_RECORDS, View, ViewLink, ViewNode, ViewRecord

__all__ = ["MAX_NODES", "MAX_PARTIES", "MAX_RECORDS", "View", "ViewLink", "ViewNode", "ViewRecord", "page"]
