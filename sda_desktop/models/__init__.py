"""Networks and what they are trained on: tensors in, tensors out."""

from sda_desktop.models.losses import (
    KLWeights,
    VAELoss,
    compute_kl_divergence,
    get_kl_weight,
    kl_per_dimension,
    vae_loss,
)
from sda_desktop.models.vae import ConvDecoder, ConvEncoder, ConvVAE, SpectralLayout, VAEConfig, VAEOutput

__all__ = [
    "ConvDecoder",
    "ConvEncoder",
    "ConvVAE",
    "KLWeights",
    "SpectralLayout",
    "VAEConfig",
    "VAELoss",
    "VAEOutput",
    "compute_kl_divergence",
    "get_kl_weight",
    "kl_per_dimension",
    "vae_loss",
]
