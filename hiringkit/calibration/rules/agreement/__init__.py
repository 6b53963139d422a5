"""Agreement statistics that describe raters; none of them is ever a pass line (SCIENCE 0.3)."""

from hiringkit.calibration.rules.agreement.gwet import gwet_ac1, gwet_ac2
from hiringkit.calibration.rules.agreement.intraclass import IntraclassCorrelations, icc
from hiringkit.calibration.rules.agreement.kappas import disagreement_weights, fleiss_kappa, weighted_kappa_of_table
from hiringkit.calibration.rules.agreement.krippendorff import Metric, krippendorff_alpha
from hiringkit.calibration.rules.agreement.report import AgreementReport, agreement_report

__all__ = [
    "AgreementReport",
    "IntraclassCorrelations",
    "Metric",
    "agreement_report",
    "disagreement_weights",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "icc",
    "krippendorff_alpha",
    "weighted_kappa_of_table",
]
