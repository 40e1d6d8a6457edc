"""Published lookups: local authorities, agencies, code sets."""
