"""A structured hiring kit: disclosure first, calibrated raters, sealed scorecards, decisions by rule."""
