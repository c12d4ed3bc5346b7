"""PyTorch once it is imported: every operation passes through its dispatcher, and its results say on which
device it ran."""
from conformance.settings import CPU, GPU

_DEVICES = {"cpu": CPU, "cuda": GPU}  # on `meta` only shapes are computed
_HOLDS = {"_reshape_alias", "_to_copy", "alias", "clone", "copy_", "detach", "empty", "empty_like",
          "empty_strided", "expand", "lift_fresh", "squeeze", "unsqueeze", "view"}


def watch(watching):
    """Report every executed operation on floats to `watching`, with its device."""
    import torch
    from torch.utils import _pytree
    from torch.utils._python_dispatch import TorchDispatchMode

    class Watching(TorchDispatchMode):
        """Sees every operation of this thread."""

        def __torch_dispatch__(self, function, types, arguments=(), options=None):
            results = function(*arguments, **(options or {}))
            name = function.__name__.partition(".")[0]
            if name not in _HOLDS:
                tensors = [leaf for leaf in _pytree.tree_leaves((arguments, options, results))
                           if isinstance(leaf, torch.Tensor)]
                made = [leaf for leaf in _pytree.tree_leaves(results) if isinstance(leaf, torch.Tensor)]
                if any(leaf.is_floating_point() or leaf.is_complex() for leaf in tensors):
                    for device in {leaf.device.type for leaf in made} & set(_DEVICES):
                        watching.saw(_DEVICES[device], name)
            return results

    # To the end of the process.
    Watching().__enter__()
