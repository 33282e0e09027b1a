"""SDA Desktop (Small Dataset Audio): train a generative model on a folder of your own sounds."""

__version__ = "0.1.0"
