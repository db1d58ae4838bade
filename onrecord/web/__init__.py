"""The web interface: negotiation, the SPARQL protocol, results, pages."""
