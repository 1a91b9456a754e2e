"""Exports a restoration network, a Python class and its checkpoint, as an ONNX file for Loupe.

    python tools/export_onnx.py --class my/network.py:MyNet --checkpoint net.pth --out net.onnx

Opset 17, any height and width, weights inside. ONNX Runtime must agree with PyTorch at two further sizes,
or nothing is written; what the network expects is written into the file (docs/export.md). The checkpoint is
read as data; the Python file of the class is executed, so it must be one you trust.
"""

import argparse
import copy
import hashlib
import importlib
import importlib.util
import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

import contract
from checkpoint import fill, read_weights
from graph import OPSET, export_graph

TRACED = (64, 96)
CHECKED = [(45, 61), (131, 97)]
TOLERANCE = {False: 1e-4, True: 2e-2}


class OneOutput(nn.Module):
    """Picks one of the results of a network that gives several."""

    def __init__(self, network: nn.Module, index: int) -> None:
        super().__init__()
        self.network, self.index = network, index

    def forward(self, *inputs: Tensor) -> Tensor:
        result = self.network(*inputs)
        return result if isinstance(result, Tensor) else result[self.index]


def load_class(place: str) -> type[nn.Module]:
    """The class named by `path/to/file.py:Name` or `package.module:Name`."""
    where, _, name = place.rpartition(":")
    sys.path.insert(0, ".")
    try:
        if where.endswith(".py"):
            sys.path.insert(0, str(pathlib.Path(where).parent))
            spec = importlib.util.spec_from_file_location(pathlib.Path(where).stem, where)
            module = importlib.util.module_from_spec(spec)
            sys.modules[spec.name] = module
            spec.loader.exec_module(module)
        else:
            module = importlib.import_module(where)
    except (ImportError, OSError, ValueError) as error:
        sys.exit(f"{where or place} cannot be loaded: {error}. Write FILE.py:ClassName or package.module:ClassName.")
    if not isinstance(getattr(module, name, None), type):
        sys.exit(f"{where} has no class {name}.")
    return getattr(module, name)


def make_network(options: argparse.Namespace) -> nn.Module:
    """The class with its arguments and weights."""
    arguments = json.loads(options.args)
    by_name = arguments if isinstance(arguments, dict) else {}
    by_place = arguments if isinstance(arguments, list) else []
    try:
        network = load_class(options.cls)(*by_place, **by_name).eval()
    except TypeError as error:
        sys.exit(f"{options.cls} does not take --args {options.args}: {error}")
    fill(network, read_weights(options.checkpoint, options.key))
    print(f"{type(network).__name__}: {sum(w.numel() for w in network.parameters()):,} parameters")
    return OneOutput(network, options.output_index).eval()


def pictures(options: argparse.Namespace, height: int, width: int) -> dict[str, Tensor]:
    """Random pictures, darker than even, in the network's own range; a mask of ones and zeros."""
    random = np.random.default_rng(height * 10_000 + width)
    shades = random.random((1, 3, height, width)) ** 2
    if options.mean:
        mean, std = (np.reshape(three, (1, 3, 1, 1)) for three in (options.mean, options.std))
        shades = (shades - mean) / std
    else:
        low, high = options.range
        shades = shades * (high - low) + low
    mask = random.integers(0, 2, (1, 1, height, width)).astype(float)
    if options.mask == "channel4":
        shades = np.concatenate([shades, mask], axis=1)
    values = {"input": shades} | ({options.mask: mask} if options.mask not in (None, "channel4") else {})
    if options.layout == "NHWC":
        values = {name: np.moveaxis(value, 1, 3).copy() for name, value in values.items()}
    kind = torch.float16 if options.fp16 else torch.float32
    return {name: torch.from_numpy(value).to(kind) for name, value in values.items()}


def run(network: nn.Module, inputs: dict[str, Tensor]) -> Tensor:
    """What PyTorch makes of the inputs, in float32."""
    try:
        with torch.no_grad():
            return network(*(tensor.float() for tensor in inputs.values()))
    except RuntimeError as error:
        shapes = ", ".join(str(tuple(tensor.shape)) for tensor in inputs.values())
        sys.exit(f"The network does not run on {shapes}: {error}\nSee --size-multiple, --fixed, --layout and --mask.")


def rounded_up(size: tuple[int, ...], multiple: int) -> tuple[int, ...]:
    return tuple(-(-side // multiple) * multiple for side in size)


def largest_difference(network: nn.Module, file: pathlib.Path, options: argparse.Namespace) -> float:
    """Between PyTorch in float32 and ONNX Runtime, as a share of the output's range."""
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    low, high = options.output_range
    worst = 0.0
    sizes = [options.fixed] if options.fixed else [rounded_up(size, options.size_multiple) for size in CHECKED]
    for height, width in sizes:
        inputs = pictures(options, height, width)
        wanted = run(network, inputs).numpy()
        result = session.run(None, {name: tensor.numpy() for name, tensor in inputs.items()})[0]
        if result.shape != wanted.shape:
            sys.exit(f"{width}x{height}: PyTorch gives {wanted.shape}, ONNX Runtime {result.shape}.")
        gaps = np.abs(result.astype(np.float64) - wanted) / (high - low)
        print(f"{width}x{height}: largest difference {gaps.max():.1e}, mean {gaps.mean():.1e} of the range")
        worst = max(worst, float(gaps.max()) if np.isfinite(gaps).all() else np.inf)
    return worst


def warn(model: onnx.ModelProto) -> None:
    """Names the convolutions that ONNX Runtime Web 1.30 computes wrongly on WebGPU (its issue 29651)."""
    shapes = {weight.name: weight.dims for weight in model.graph.initializer}
    for node in model.graph.node:
        shape = shapes.get(node.input[1]) if node.op_type == "Conv" else None
        if shape is None or len(shape) != 4 or shape[2] * shape[3] == 1:
            continue
        grouped = any(attribute.name == "group" and attribute.i > 1 for attribute in node.attribute)
        inputs, outputs = shape[1], shape[0]
        if not grouped and inputs > 3 and inputs % 3 == 0 and inputs % 4 and outputs % 4 == 0:
            print(
                f"Note: {node.name} has {inputs} channels in and {outputs} out. ONNX Runtime Web 1.30 is wrong"
                " there on WebGPU, and Loupe will fall back to WASM;"
                f" {inputs + 4 - inputs % 4} channels, padded with zeros, are right."
            )


def scale_of(example: Tensor, result: Tensor, options: argparse.Namespace) -> int:
    """How many times larger the output is."""
    axes = (2, 3) if options.layout == "NCHW" else (1, 2)
    factors = {result.shape[axis] / example.shape[axis] for axis in axes} if result.dim() == 4 else {0}
    if len(factors) != 1 or not (factor := factors.pop()).is_integer() or factor < 1:
        sys.exit(f"{tuple(example.shape)} in, {tuple(result.shape)} out: that is no picture. See --kind.")
    return int(factor)


def tile_of(options: argparse.Namespace) -> dict:
    """How big pictures are cut."""
    size, overlap = options.tile or (rounded_up((1024,), options.size_multiple)[0], 64)
    return {"size": int(size), "overlap": int(overlap), "whole": options.whole}


def contract_of(options: argparse.Namespace, example: Tensor, result: Tensor) -> dict:
    """What the file will say about itself."""
    picture = {"layout": options.layout, "channels": options.channels}
    values = {"mean": options.mean, "std": options.std} if options.mean else {"range": options.range}
    output = {"name": "output", "kind": options.kind, "range": options.output_range}
    if options.kind == "image":
        output |= {**picture, "scale": scale_of(example, result, options)}
    texts = {"title": options.title, "licence": options.licence, "training": options.training}
    return {
        "version": contract.VERSION,
        "task": "restoration",
        **{name: text for name, text in texts.items() if text},
        "input": {"name": "input", **picture, **values, "sizeMultiple": options.size_multiple},
        **({"mask": options.mask} if options.mask else {}),
        **({"tile": tile_of(options)} if options.tile or options.whole else {}),
        "output": output,
    }


def export(options: argparse.Namespace) -> None:
    """Writes the file, or ends with a sentence and leaves nothing behind."""
    network = make_network(options)
    size = options.fixed or rounded_up(TRACED, options.size_multiple)
    examples = pictures(options, *size)
    result = run(network, examples)
    said = contract_of(options, examples["input"], result)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    draft = options.out.with_suffix(".draft.onnx")
    exported = copy.deepcopy(network).half() if options.fp16 else network
    sized = "sized" if options.kind == "image" else "fixed"
    try:
        model = export_graph(
            exported, examples, {"output": sized}, draft, layout=options.layout, dynamic=not options.fixed
        )
        contract.write(draft, said)
        worst = largest_difference(network, draft, options)
        allowed = options.tolerance or TOLERANCE[options.fp16]
        if worst > allowed:
            sys.exit(f"ONNX Runtime and PyTorch differ by {worst:.1e} (allowed {allowed:.0e}): nothing was written.")
        draft.replace(options.out)
        warn(model)
    except torch.onnx.OnnxExporterError as error:
        sys.exit(f"PyTorch cannot export the network: {error}")
    finally:
        draft.unlink(missing_ok=True)
    content = options.out.read_bytes()
    print(f"{options.out}: opset {OPSET}, {len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    print(json.dumps(said, indent=2, ensure_ascii=False))


def numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]


def height_by_width(text: str) -> tuple[int, int]:
    height, width = text.lower().split("x")
    return int(height), int(width)


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--class", dest="cls", required=True, metavar="FILE.py:NAME", help="or package.module:NAME")
    add("--args", default="{}", metavar="JSON", help="the class's arguments, an object or a list")
    add("--checkpoint", type=pathlib.Path, required=True, metavar="FILE.pth")
    add("--key", help="where the weights lie in the checkpoint, if not in a usual place")
    add("--out", type=pathlib.Path, required=True, metavar="FILE.onnx")
    add("--size-multiple", type=int, default=1, metavar="N", help="height and width must be multiples of it")
    add("--fixed", type=height_by_width, metavar="HxW", help="this size only")
    add("--tile", type=numbers, metavar="SIZE,OVERLAP", help="largest tile in pixels; 1024,64 where it is left out")
    add("--whole", action="store_true", help="tiles change the result, so the whole picture is preferred")
    add("--layout", choices=contract.LAYOUTS, default="NCHW")
    add("--channels", choices=("RGB", "BGR"), default="RGB")
    add("--range", type=numbers, default=[0.0, 1.0], metavar="LOW,HIGH", help="of the input; write --range=-1,1")
    add("--mean", type=numbers, metavar="R,G,B", help="in place of --range, with --std")
    add("--std", type=numbers, metavar="R,G,B")
    add("--output-range", type=numbers, metavar="LOW,HIGH", help="the input's where it is left out")
    add("--output-index", type=int, default=0, metavar="I", help="which one, for networks that give several")
    add("--kind", choices=contract.OUTPUT_KINDS, default="image")
    add("--mask", metavar="NAME", help="second input for a person mask, or channel4")
    add("--fp16", action="store_true", help="weights, input and output in half precision")
    add("--tolerance", type=float, help=f"{TOLERANCE[False]:g} of the range, {TOLERANCE[True]:g} for fp16")
    for name in ("title", "licence", "training"):
        add(f"--{name}", metavar="TEXT", help="for the model card")
    return parser


def main() -> None:
    options = make_parser().parse_args()
    if bool(options.mean) != bool(options.std):
        sys.exit("Give --mean and --std together.")
    options.output_range = options.output_range or ([0.0, 1.0] if options.mean else options.range)
    try:
        json.loads(options.args)
        export(options)
    except json.JSONDecodeError as error:
        sys.exit(f"--args is not JSON: {error}")
    except contract.ContractError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
