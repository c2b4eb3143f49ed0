"""Frames that suit a face: landmarks to measures, shapes, scores and recommendations, and experiments on them."""
