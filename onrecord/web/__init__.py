"""What the door needs: negotiation, the SPARQL protocol, results, pages."""
