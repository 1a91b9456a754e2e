"""From a PyTorch module to a plain ONNX graph: opset 17, constants folded, shapes named."""

import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnx.reference import ReferenceEvaluator
from torch import Tensor, nn

OPSET = 17
FOLDED_BYTES = 4096


def drop_unused(graph: onnx.GraphProto) -> None:
    """Removes nodes and initializers that nothing reads."""
    while True:
        read = {name for node in graph.node for name in node.input} | {o.name for o in graph.output}
        dead = [node for node in graph.node if not read.intersection(node.output)]
        if not dead:
            break
        for node in dead:
            graph.node.remove(node)
    for weight in [weight for weight in graph.initializer if weight.name not in read]:
        graph.initializer.remove(weight)


def known_shape(value: onnx.ValueInfoProto | None) -> np.ndarray | None:
    """The shape where every side is a number."""
    if value is None or not value.type.tensor_type.HasField("shape"):
        return None
    dims = value.type.tensor_type.shape.dim
    numbers = [dim.dim_value for dim in dims if dim.HasField("dim_value")]
    return np.array(numbers, np.int64) if len(numbers) == len(dims) else None


def evaluate(node: onnx.NodeProto, known: dict[str, np.ndarray], opsets: list) -> list[np.ndarray] | None:
    """The results of a node that reads nothing but small constants; None otherwise."""
    inputs = [name for name in node.input if name]
    nested = any(attribute.HasField("g") for attribute in node.attribute)
    if nested or node.op_type.startswith("Random") or any(name not in known for name in inputs):
        return None
    infos = [[onnx.ValueInfoProto(name=name) for name in names] for names in (inputs, node.output)]
    single = onnx.helper.make_model(onnx.helper.make_graph([node], "one", *infos), opset_imports=opsets)
    results = ReferenceEvaluator(single).run(None, {name: known[name] for name in inputs})
    results = [np.asarray(result) for result in results]
    return results if all(result.nbytes <= FOLDED_BYTES for result in results) else None


def fold_constants(model: onnx.ModelProto) -> None:
    """Replaces small results that depend on constants and known shapes alone by constants.

    PyTorch computes the widths of a Pad in the graph; providers and Loupe's shape inference want to
    read them.
    """
    graph = model.graph
    inferred = onnx.shape_inference.infer_shapes(model).graph
    shapes = {value.name: value for value in [*inferred.value_info, *inferred.input, *inferred.output]}
    known = {w.name: numpy_helper.to_array(w) for w in graph.initializer if len(w.raw_data) <= FOLDED_BYTES}
    kept = []
    for node in graph.node:
        shape = known_shape(shapes.get(node.input[0])) if node.op_type == "Shape" and not node.attribute else None
        results = evaluate(node, known, model.opset_import) if shape is None else [shape]
        if results is None:
            kept.append(node)
            continue
        for name, result in zip(node.output, results):
            known[name] = result
            kept.append(onnx.helper.make_node("Constant", [], [name], value=numpy_helper.from_array(result)))
    del graph.node[:]
    graph.node.extend(kept)
    drop_unused(graph)


def name_shape(value: onnx.ValueInfoProto, shape: torch.Size, names: dict[int, str]) -> None:
    """States the shape of a graph's input or output: numbers, and names for what may change."""
    dims = value.type.tensor_type.shape.dim
    del dims[:]
    for axis, length in enumerate(shape):
        if axis in names:
            dims.add(dim_param=names[axis])
        else:
            dims.add(dim_value=length)


def side_names(shape: torch.Size, layout: str, example: torch.Size, dynamic: bool) -> dict[int, str]:
    """Names of the axes that follow the picture's size: `height`, or `2*height` where it is doubled."""
    if not dynamic or len(shape) != 4:
        return {}
    axes = (2, 3) if layout == "NCHW" else (1, 2)
    names = {}
    for axis, side in zip(axes, ("height", "width")):
        factor = shape[axis] / example[axis]
        names[axis] = side if factor == 1 else f"{factor:g}*{side}"
    return names


def export_graph(
    module: nn.Module,
    examples: dict[str, Tensor],
    outputs: dict[str, str],
    file: pathlib.Path,
    *,
    layout: str = "NCHW",
    dynamic: bool = True,
) -> onnx.ModelProto:
    """Exports with PyTorch's TorchScript-based exporter, tidies, checks and writes.

    :param examples: a tensor for each input, by its name in the graph
    :param outputs: name -> `sized` where its sides follow the picture's, else `fixed`
    :param dynamic: height and width may change; otherwise they are the examples'
    """
    module.eval()
    with torch.no_grad():
        results = module(*examples.values())
    results = [results] if isinstance(results, Tensor) else list(results)
    first = next(iter(examples.values()))
    axes = {name: side_names(t.shape, layout, t.shape, dynamic) for name, t in examples.items()}
    for (name, kind), result in zip(outputs.items(), results):
        axes[name] = side_names(result.shape, layout, first.shape, dynamic and kind == "sized")
    torch.onnx.export(
        module, tuple(examples.values()), str(file), opset_version=OPSET, dynamo=False,
        input_names=list(examples), output_names=list(outputs),
        dynamic_axes={name: dims for name, dims in axes.items() if dims},
    )  # fmt: skip
    model = onnx.load(file)
    for node in model.graph.node:
        node.doc_string = ""
    shapes = [*(t.shape for t in examples.values()), *(r.shape for r in results)]
    for value, shape in zip([*model.graph.input, *model.graph.output], shapes):
        name_shape(value, shape, axes[value.name])
    fold_constants(model)
    del model.metadata_props[:]
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, file)
    return model
