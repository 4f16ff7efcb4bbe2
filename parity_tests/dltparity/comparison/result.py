"""Rows -> the verdict on one case."""

from dataclasses import dataclass, field

from .by_stage import by_stage, number
from .fields import Row
from .rows import earliest
from .set_by import set_by

_DIVERGENCE = ("field", "index", "line", "reference", "port", "problem", "bound_ratio")


@dataclass(frozen=True)
class CaseResult:
    """How a case compares with one reference.

    Attributes
    ----------
    case : Case
        The case.
    reference : str
        'original', 'acnn' or 'recorded'.
    blas : str
        The BLAS that the reference ran on.
    promise : str
        'bit' or 'bound'.
    rows : list of Row
        The fields.
    ratios : dict of str to float
        Under 'bound': field -> its difference in units of its bound, at most 1 where that is
        kept.
    errors : dict of str to bound.Error
        Field of the step -> the errors of the reference and of the port against extended
        precision.
    trained_errors : dict of str to bound.Error
        Likewise for the trained net and its test, where no largest error is promised.
    training : dict or None
        How a training on real images ended, from `training_outcome.outcome`.
    error : str
        What kept the case from being run; empty where nothing did.
    engine : str
        Who computed the port's side: 'lines' or 'compiled'.
    drift : dict or None
        How the weights part over the training, from `drift.drift`.
    """

    case: object
    reference: str
    blas: str
    promise: str
    rows: list[Row]
    ratios: dict[str, float] = field(default_factory=dict)
    errors: dict[str, object] = field(default_factory=dict)
    trained_errors: dict[str, object] = field(default_factory=dict)
    training: dict | None = None
    error: str = ""
    engine: str = "lines"
    drift: dict | None = None

    @property
    def values(self):
        """Values compared."""
        return sum(row.values for row in self.rows)

    @property
    def different(self):
        """Values that differ in at least one bit."""
        return sum(row.different for row in self.rows)

    @property
    def nan(self):
        """Values that are NaN on both sides."""
        return sum(row.nan for row in self.rows)

    @property
    def vacuous(self):
        """Whether most values say nothing, without the case having said that they would."""
        return 2 * self.nan > self.values and not self.case.special

    @property
    def broken(self):
        """Rows that break the promise."""
        if self.promise == "bit":
            return [row for row in self.rows if not row.same]
        return [row for row in self.rows if not self._within(row)]

    def _within(self, row):
        ratio = self.ratios.get(row.field)
        if ratio is None:
            return row.same
        # Another set of misclassified images may be of another size, where the bound allows one.
        return ratio <= 1 and (row.problem is None or row.field == "test.bad")

    def _error(self, which):
        """Return the largest error of 'reference' or 'port', in units of `Error.unit`."""
        units = [getattr(e, which) / e.unit for e in self.errors.values() if e.unit]
        return number(max(units)) if units else None

    @property
    def verdict(self):
        """'pass', or 'fail' where a field breaks the promise or nothing was compared."""
        return "pass" if self.values and not self.broken else "fail"

    @property
    def says_nothing(self):
        """Why a comparison without a difference is no evidence; None where it is."""
        if self.vacuous and self.verdict == "pass":
            return f"{self.nan:,} of {self.values:,} values are NaN on both sides"
        return None

    def as_dict(self):
        """Return the entry of reports/parity.json."""
        first = earliest(self.broken)
        divergence = first and self._divergence(first)
        if self.error:
            divergence = {**dict.fromkeys(_DIVERGENCE), "problem": self.error}
        return {
            "name": self.case.name,
            "reference": self.reference,
            "blas": self.blas,
            "class": self.case.class_name,
            "promise": self.promise,
            "engine": self.engine,
            "fields": len(self.rows),
            "values": self.values,
            "different_values": self.different,
            "nan_values": self.nan,
            "max_abs": number(max((row.max_abs for row in self.rows), default=0)),
            "max_ulp_of_scale": number(max((row.max_ulp_of_scale for row in self.rows), default=0)),
            "max_bound_ratio": number(max(self.ratios.values())) if self.ratios else None,
            "max_error_of_reference": self._error("reference"),
            "max_error_of_port": self._error("port"),
            "training": self.training,
            "stages": by_stage(self.rows, self.broken, self.ratios),
            "drift": self.drift,
            "first_divergence": divergence,
            "verdict": self.verdict,
            "layers": self.case.layers,
            "seed": self.case.seed,
        }

    def _divergence(self, row):
        return {
            "field": row.field,
            "index": row.index and list(row.index),
            "line": set_by(row.field, self.case.spec),
            "reference": row.reference,
            "port": row.port,
            "problem": row.problem,
            "bound_ratio": number(self.ratios.get(row.field)),
        }
