"""The front door: what people give is looked at before any work, and the cause is named.

Every public function passes through `dltcnn.door.entrance`. The functions behind it, which the
parity harness calls, know nothing of it.
"""
