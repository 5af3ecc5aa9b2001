"""Work of the site itself in the background: imports, exports, reports, deliveries."""
