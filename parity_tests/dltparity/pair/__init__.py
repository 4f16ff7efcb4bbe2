"""Any .m function against any Python callable, on inputs that are given or drawn."""
