"""The obsolete Campaign: automatic and transactional campaigns, and recipient lists."""
