"""The parts of Rasa that only train, stood in for by empty ones: the server trains nothing.

Rasa 3.6 imports TensorFlow (350 MB, some seconds) wherever it is imported, for three modules of which a server needs
the names and never calls one: two for training neural networks, one that checks training data. None of our pipeline is
a neural network of Rasa's (`docs/decisions/0025`).
"""

from __future__ import annotations

import sys
from types import ModuleType

#: Module → the classes that others import from it.
ONLY_TRAIN = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator", "RasaDataGenerator"),
    "rasa.graph_components.validators.default_recipe_validator": ("DefaultV1RecipeValidator",),
}


def stand_in() -> None:
    """Call in a process that will never train, before its first import of Rasa.

    A name that a later Rasa wants besides these is an ImportError at start, and not a surprise afterwards.
    """
    for name, classes in ONLY_TRAIN.items():
        module = ModuleType(name, "Stands in for a part of Rasa that only trains.")
        for each in classes:
            setattr(module, each, type(each, (), {"__module__": name}))
        sys.modules.setdefault(name, module)
