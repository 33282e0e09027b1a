"""The hyperparameters: one table that the form, the command line, validation and saved runs all read.

Every field of TrainingConfig is declared once, with its type, default, range, unit, label and help, by
`number`, `whole`, `switch` or `choice`.  `TABLE` lists them in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sda_desktop.errors import ConfigError
from sda_desktop.training.settings_table import Setting, choice, number, whole
from sda_desktop.words import mark, say

LENGTH, RUN, SOUND, LEARNING, MODEL, VARIATION, SAVING = (
    mark("Length"),
    mark("Run"),
    mark("Sound"),
    mark("Learning"),
    mark("Model"),
    mark("Augmentation"),
    mark("Previews and checkpoints"),
)


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """All settings of a run.  Immutable; `replace` makes a changed copy, `validate` checks every field."""

    preset: str = choice(
        "automatic",
        {
            "automatic": "Automatic",
            "conservative": "Conservative",
            "balanced": "Balanced",
            "aggressive": "Aggressive",
            "large": "Large (graphics card)",
        },
        "Preset",
        "Automatic chooses by the number of sounds. Conservative learns slowly with strong augmentation, "
        "for few sounds; aggressive learns fast with little, for many. "
        "Large is a bigger model with bigger batches that trains longer: for a graphics card, "
        "on a processor it takes many hours.",
        advanced=False,
        group=LENGTH,
    )
    epochs: int = whole(
        0,
        1,
        100_000,
        "Epochs",
        "How often the model hears about as much sound as the dataset holds. "
        "Automatic takes a length that suits the dataset.",
        advanced=False,
        automatic=0,
        group=LENGTH,
    )
    time_limit_s: float = number(
        0.0,
        5.0,
        1_000_000.0,
        "Time limit",
        "Train for this long instead of a number of epochs; every schedule completes in that time.",
        unit="s",
        advanced=False,
        automatic=0.0,
        group=LENGTH,
    )
    sample_rate: str = choice(
        "auto",
        {"auto": "Automatic", "44100": "44.1 kHz", "48000": "48 kHz"},
        "Model rate",
        "The sample rate of the model and of everything it makes. "
        "Automatic takes the more common of the two in the dataset.",
        advanced=False,
        group=SOUND,
    )
    device: str = choice(
        "auto",
        {"auto": "Automatic", "cpu": "Processor", "cuda": "NVIDIA GPU", "mps": "Apple GPU"},
        "Device",
        "Where the training runs. Automatic takes a graphics card when there is one.",
        advanced=False,
        group=SOUND,
    )
    preview_every_epochs: int = whole(
        10,
        1,
        10_000,
        "Preview every",
        "How often previews are made while training.",
        unit="epochs",
        advanced=False,
        group=SAVING,
    )
    checkpoint_every_epochs: int = whole(
        10,
        1,
        10_000,
        "Checkpoint every",
        "How often the state of the training is saved. It is also saved every few minutes, "
        "when it improves, when it is stopped and at the end.",
        unit="epochs",
        advanced=False,
        group=SAVING,
    )

    seed: int = whole(
        0, 0, 2**31 - 1, "Seed", "The same seed, sounds and settings give the same training.", group=RUN
    )
    threads: int = whole(
        0,
        1,
        256,
        "Processor threads",
        "Automatic leaves one core to the window.",
        automatic=0,
        group=RUN,
    )
    validation: str = choice(
        "files",
        {"files": "Hold sounds out", "slices": "Train on every sound"},
        "Validation",
        "Holding sounds out measures honestly how the model does on sounds it never heard. "
        "Training on every sound puts all of them into the model and measures on slices of time.",
        group=SOUND,
    )
    batch_frames: int = whole(
        352,
        88,
        16_384,
        "Batch size",
        "Spectrogram frames per training step, shared among the sounds of a batch (352 are 4 seconds).",
        unit="frames",
        group=LEARNING,
    )
    learning_rate: float = number(
        2e-3, 1e-6, 1e-1, "Learning rate", "The peak step size of the optimizer (AdamW).", group=LEARNING
    )
    final_learning_rate: float = number(
        0.01,
        0.0,
        1.0,
        "Final learning rate",
        "What the learning rate falls to along a cosine, as a share of its peak.",
        group=LEARNING,
    )
    warmup_steps: int = whole(
        50, 0, 100_000, "Warm-up", "Steps over which the learning rate rises.", unit="steps", group=LEARNING
    )
    weight_decay: float = number(
        0.01, 0.0, 1.0, "Weight decay", "Pulls the weights towards zero.", group=LEARNING
    )
    gradient_clip: float = number(
        1.0, 0.01, 1000.0, "Gradient clip", "The largest norm of the gradient of one step.", group=LEARNING
    )
    ema_decay: float = number(
        0.995,
        0.0,
        0.99999,
        "Weight averaging",
        "How slowly the averaged weights, the ones you hear, follow the trained ones.",
        group=LEARNING,
    )
    kl_warmup: float = number(
        0.3,
        0.0,
        1.0,
        "KL warm-up",
        "The share of the training over which the KL weight rises from 0.",
        group=LEARNING,
    )
    beta_local: float = number(
        1e-4,
        0.0,
        1.0,
        "KL weight, sequence",
        "How strongly the latent sequence is held to its prior.",
        group=LEARNING,
    )
    beta_global: float = number(
        1e-4,
        0.0,
        1.0,
        "KL weight, global",
        "How strongly the global latent is held to a standard normal.",
        group=LEARNING,
    )
    free_bits: float = number(
        0.05,
        0.0,
        10.0,
        "Free bits",
        "KL divergence per latent dimension that costs nothing; keeps the latents from collapsing.",
        unit="nats",
        group=LEARNING,
    )
    prior_share: float = number(
        0.25,
        0.0,
        0.9,
        "Prior share",
        "The share of each batch decoded from the global latent alone.",
        group=LEARNING,
    )
    global_latents: int = whole(
        48, 2, 512, "Global latents", "Numbers that describe a whole sound.", group=MODEL
    )
    local_latents: int = whole(
        24, 2, 256, "Sequence latents", "Learned numbers per 93 ms of sound.", group=MODEL
    )
    channels: int = whole(192, 32, 1024, "Width", "Channels of the network's layers.", group=MODEL)

    gain_db: float = number(
        3.0, 0.0, 24.0, "Gain", "Each crop is made quieter by up to this.", unit="dB", group=VARIATION
    )
    varispeed_semitones: float = number(
        2.0,
        0.0,
        12.0,
        "Varispeed",
        "Half of the crops are played faster or slower by up to this.",
        unit="semitones",
        group=VARIATION,
    )
    late_onset: float = number(
        0.2,
        0.0,
        1.0,
        "Late onset",
        "The share of crops that begin with a moment of silence.",
        group=VARIATION,
    )
    eq_tilt_db: float = number(
        1.0,
        0.0,
        12.0,
        "EQ tilt",
        "Half of the crops are made brighter or darker by about this.",
        unit="dB",
        group=VARIATION,
    )
    noise_db: float = number(
        -80.0,
        -120.0,
        -20.0,
        "Noise",
        "The level of noise added to a quarter of the crops; -120 is none.",
        unit="dBFS",
        group=VARIATION,
    )
    preview_sounds: int = whole(
        4,
        1,
        32,
        "Held-out previews",
        "Held-out sounds that each preview reconstructs.",
        group=SAVING,
    )
    preview_new_sounds: int = whole(
        4, 0, 32, "New sounds", "New sounds that each preview makes.", group=SAVING
    )
    preview_max_s: float = number(
        4.0, 0.25, 60.0, "Preview length", "The longest preview.", unit="s", group=SAVING
    )
    checkpoint_every_minutes: float = number(
        2.0,
        0.1,
        120.0,
        "Save at least every",
        "The longest time between two checkpoints.",
        unit="minutes",
        group=SAVING,
    )
    keep_checkpoints: int = whole(
        3,
        1,
        1000,
        "Keep",
        "Recent checkpoints that are kept. The best and the manual ones are always kept.",
        group=SAVING,
    )

    def validate(self) -> None:
        """Check every field against the table.  Raises ConfigError naming the first one that is wrong."""
        for row in TABLE:
            row.check(getattr(self, row.name))
        if self.epochs and self.time_limit_s:
            raise ConfigError(
                say(
                    "Both Epochs (epochs = {epochs}) and Time limit (time_limit_s = {time_limit_s:g} s) are "
                    "set.",
                    epochs=self.epochs,
                    time_limit_s=self.time_limit_s,
                ),
                say("Choose one of them."),
            )

    def replaced(self, **changes: Any) -> TrainingConfig:  # noqa: ANN401
        """A validated copy with the given fields changed.  Raises ConfigError on an unknown name."""
        if unknown := changes.keys() - BY_NAME.keys():
            raise ConfigError(say("There is no setting called {names}.", names=", ".join(sorted(unknown))))
        config = replace(self, **changes)
        config.validate()
        return config

    def to_dict(self) -> dict[str, Any]:
        """All fields, for run.json."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TrainingConfig:
        """The inverse of to_dict, validated.  Fields that are missing take their default."""
        return cls().replaced(**data)


TABLE: tuple[Setting, ...] = tuple(Setting(name=f.name, **f.metadata) for f in fields(TrainingConfig))
BY_NAME: dict[str, Setting] = {row.name: row for row in TABLE}

# "large" is balanced with a wider network, chosen by arithmetic; it was not measured on a graphics card yet.
# Its 9.2 million weights (2.4 by default) with gradients, AdamW's moments and their average take 184 MB.  The
# activations of a step, which grow with width times frames, are eight times those of the default.
PRESETS: dict[str, dict[str, Any]] = {
    "conservative": {
        "learning_rate": 1.5e-3,
        "weight_decay": 0.03,
        "varispeed_semitones": 3.0,
        "eq_tilt_db": 3.0,
        "gain_db": 6.0,
        "noise_db": -66.0,
    },
    "balanced": {},
    "aggressive": {
        "learning_rate": 3e-3,
        "varispeed_semitones": 1.0,
        "eq_tilt_db": 0.0,
        "gain_db": 1.5,
        "noise_db": -120.0,
    },
    "large": {
        "channels": 384,
        "local_latents": 48,
        "global_latents": 64,
        "batch_frames": 1408,
        "warmup_steps": 200,
        "ema_decay": 0.998,
    },
}
FEW_SOUNDS = 30
# What the automatic number of epochs aims at; a long dataset still gets MIN_EPOCHS passes.
AUTOMATIC_STEPS, MIN_EPOCHS, MAX_EPOCHS = 12_000, 4, 400
# The same by preset: a larger model is expected to go on improving for longer.
MORE_STEPS: dict[str, int] = {"large": 24_000}


def automatic_preset(usable_files: int) -> str:
    """The preset for a dataset of that many usable sounds."""
    return "conservative" if usable_files <= FEW_SOUNDS else "balanced"


def preset_values(preset: str, usable_files: int) -> dict[str, Any]:
    """The fields that a preset sets, "automatic" resolved by the number of usable sounds."""
    name = automatic_preset(usable_files) if preset == "automatic" else preset
    return dict(PRESETS[name])


def automatic_epochs(steps_per_epoch: int, preset: str = "automatic") -> int:
    """The number of epochs for a dataset whose epoch has that many steps."""
    steps = MORE_STEPS.get(preset, AUTOMATIC_STEPS)
    most = MAX_EPOCHS * steps // AUTOMATIC_STEPS
    return max(MIN_EPOCHS, min(most, round(steps / steps_per_epoch)))


def with_preset(config: TrainingConfig, usable_files: int, explicit: frozenset[str]) -> TrainingConfig:
    """config with its preset applied to every field that the user did not set (`explicit` names those)."""
    values = preset_values(config.preset, usable_files)
    return config.replaced(**{k: v for k, v in values.items() if k not in explicit})
