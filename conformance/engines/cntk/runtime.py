"""CNTK once it is imported: it computes a function on one device as a whole, and its values say on which."""
from conformance.settings import CPU, GPU


def watch(watching):
    """Report every executed operation to `watching`, with its device."""
    from cntk import cntk_py

    kinds = {0: CPU, 1: GPU}  # cntk.device.DeviceKind

    def watched(function, names_of):
        def call(self, *arguments):
            found = function(self, *arguments)
            used = {kinds[argument.type()] for argument in arguments
                    if isinstance(argument, cntk_py.DeviceDescriptor)}
            for argument in arguments[1:]:
                if isinstance(argument, dict):  # the outputs, which are values by now; the inputs come first
                    used.update(kinds[value.device().type()] for value in argument.values()
                                if isinstance(value, cntk_py.Value))
            for device in used:
                for name in names_of(self):
                    watching.saw(device, name)
            return found
        return call

    def operations(function):
        root = function.root_function
        if root.op_name != "Combine":
            return [root.op_name]
        return [part.owner.op_name for part in root.inputs if part.is_output]

    for name in ("_forward", "gradients"):
        setattr(cntk_py.Function, name, watched(getattr(cntk_py.Function, name), operations))
    for name in ("train_minibatch", "train_minibatch_overload_for_minibatchdata"):
        setattr(cntk_py.Trainer, name, watched(getattr(cntk_py.Trainer, name), lambda trainer: ["training"]))
