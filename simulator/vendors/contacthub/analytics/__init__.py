"""Analytics: figures computed from the customers and events there are."""
