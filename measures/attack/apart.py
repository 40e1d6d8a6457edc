"""A model in parts that no sum connects: what is worked out in one says nothing of another."""

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from measures.attack.model import Model


def apart(model: Model) -> list[Model]:
    """Return a model's parts, the largest first; together they hold all quantities and sums."""
    size = len(model.names)
    first = np.array([indices[0] for indices, *_ in model.sums for _ in indices], np.int64)
    other = np.array([at for indices, *_ in model.sums for at in indices], np.int64)
    graph = coo_matrix((np.ones(len(first)), (first, other)), (size, size))
    count, labels = connected_components(graph, directed=False)
    place = np.zeros(size, np.int64)
    parts = [Model() for _ in range(count)]
    for at, label in enumerate(labels.tolist()):
        part = parts[label]
        place[at] = len(part.names)
        part.names.append(model.names[at])
        part.least.append(model.least[at])
        part.most.append(model.most[at])
    for name, at in model.index.items():
        parts[labels[at]].index[name] = int(place[at])
    for at in model.hidden:
        parts[labels[at]].hidden.append(int(place[at]))
    for indices, *sides in model.sums:
        parts[labels[indices[0]]].sums.append((place[indices].tolist(), *sides))
    for name in model.contradictions:
        parts[labels[model.index[name]]].contradictions.append(name)
    return sorted(parts, key=lambda part: -len(part.names))
