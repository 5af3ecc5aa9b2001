"""Where tokens stand: in one row, or in three for models that count time, height and width apart.

Shape suffixes: N tokens behind the prefix, P prefix tokens.
"""

import inspect
from typing import Any

import torch
from torch import Tensor

from scorer.batching import Prefix, extend


def base(model: Any) -> Any:
    """The model itself, also where a LoRA wrapper lies around it."""
    return model.get_base_model() if hasattr(model, "get_base_model") else model


def core(model: Any) -> Any:
    """The multimodal model below the language head."""
    return base(model).model


def has_mrope(model: Any) -> bool:
    """Whether a token has three positions. Some others carry unused `rope_deltas`."""
    return hasattr(core(model), "get_rope_index")


def following(model: Any, prefix: Prefix) -> int:
    """The position of the first token behind the prefix."""
    return int(_rope(model, prefix)[0, 0, -1]) if has_mrope(model) else prefix.length


def behind(model: Any, line_1N: Tensor) -> Tensor:
    """Positions of text as the model takes them: (1, N), or (3, 1, N) of three equal rows."""
    line_1N = line_1N.to(model.device)
    return line_1N[None].expand(3, -1, -1) if has_mrope(model) else line_1N


def throughout(model: Any, prefix: Prefix, depths_1N: Tensor) -> Tensor:
    """Positions of the prefix and of tokens at these depths behind it."""
    if not has_mrope(model):
        head_1P = torch.arange(prefix.length)[None]
        return torch.cat([head_1P, prefix.length + depths_1N], dim=1).to(model.device)
    rope_31P = _rope(model, prefix)
    tail_31N = behind(model, int(rope_31P[0, 0, -1]) + depths_1N)
    return torch.cat([rope_31P[..., :-1], tail_31N], dim=-1)


def _rope(model: Any, prefix: Prefix) -> Tensor:
    """Positions (3, 1, P + 1) of the prefix and of a word behind it.

    Asked with that word in place. The model's `rope_deltas` count from the largest position, and
    late frames may lie beyond the words that follow them.
    """
    inside = core(model)
    known = inspect.signature(inside.get_rope_index).parameters
    inputs = extend(prefix, [0])
    given = {name: value for name, value in inputs.items() if name in known}
    positions: Tensor = inside.get_rope_index(**given)[0]
    return positions
