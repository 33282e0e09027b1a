"""What a trained model can do."""

from sda_desktop.generation.trained_model import TrainedModel

__all__ = ["TrainedModel"]
