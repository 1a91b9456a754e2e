"""Export a checkpoint to ONNX, check it against PyTorch and write it into the manifest.

    python -m training.export --weights training/weights/flash-s.pt --val DIR --models public/models

Exports opset 17, float32, dynamic height and width, and refuses to write a file whose output
differs from PyTorch's by more than 1e-4 anywhere on any of several sizes.
"""

import argparse
import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch

from .evaluate import (
    each_score,
    onnx_runner,
    read_pairs,
    score,
    thumbnail_of,
    to_planes,
    tone_table,
    torch_runner,
)
from .half import byte_differences, export_half
from .light import THUMBNAIL
from .metrics import NAMES
from .network import (
    GUIDED_STRIDE,
    MARGIN,
    SIZE_MULTIPLE,
    Block,
    FlashNet,
    Restorer,
    count_macs,
)
from .region import WHOLE

OPSET = 17
TOLERANCE = 1e-4
HALF_TOLERANCE = 1e-3
CLI = (
    "npm run -s restore -- --input DIR/input --out OUT",
    "npm run -s score -- --gt DIR/gt --output OUT --mask DIR/mask_personmask --out SCORES",
)
CARD = {
    "data": "363 official portraits of members of the United States Congress (works of the U.S. "
    "government, public domain), keyed from their blue screen and placed before 27 free photographs "
    "from Debian's wallpaper packages (CC-BY-SA and similar); weak and strong flash, noise and JPEG "
    "are synthetic. Skin tones are drawn in fairer proportion than they were photographed, and part "
    "of the dark-skinned people are others whose skin was darkened.",
    "intendedUse": "It relights a portrait taken with too little light and takes the noise away. It "
    "does not identify, judge or beautify anyone, and it is no evidence of what was there.",
    "limits": "It has seen no real flash pairs, few groups, no whole bodies or children, no strongly "
    "coloured light and no real phone pictures. How bright the room was "
    "is a guess. Uneven shading on a face is evened out in part only. The darkest people come out a "
    "little too bright. Skin follows one studio's exposure: check it on the people it is meant for.",
}
CHECK_SIZES = [(32, 32), (64, 48), (256, 256), (416, 336), (720, 1280)]


def load_folded(weights: Path) -> FlashNet:
    """The averaged weights of a checkpoint, residual scales folded away."""
    network = FlashNet()
    network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True)["ema"])
    for module in network.modules():
        if isinstance(module, Block):
            module.fold()
    return network.eval()


def tidy(model: onnx.ModelProto) -> None:
    """Give the margin's Pad a plain constant, drop what computed it, fix the output's shape."""
    graph = model.graph
    for name, margin in (("margin", MARGIN), ("guide_margin", MARGIN // GUIDED_STRIDE)):
        pads = np.array([0, 0, margin, margin, 0, 0, margin, margin], np.int64)
        graph.initializer.append(onnx.numpy_helper.from_array(pads, name))
    for node in graph.node:
        node.doc_string = ""
        if node.op_type == "Pad":
            node.input[1] = "margin" if node.input[0] == "input" else "guide_margin"
    # Equal initializers are merged into one and passed on by Identity: name that one.
    same = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "Identity"}
    for node in graph.node:
        for index, name in enumerate(node.input):
            node.input[index] = same.get(name, name)
    while True:
        used = {name for node in graph.node for name in node.input}
        used |= {output.name for output in graph.output}
        dead = [node for node in graph.node if not used.intersection(node.output)]
        if not dead:
            break
        for node in dead:
            graph.node.remove(node)
    shape = graph.output[0].type.tensor_type.shape
    shape.dim[0].dim_value, shape.dim[1].dim_value = 1, 3
    del model.metadata_props[:]


def export_onnx(network: FlashNet, path: Path) -> None:
    """Write the graph with named dynamic axes, checked by the ONNX checker."""
    size = {2: "height", 3: "width"}
    torch.onnx.export(
        Restorer(network).eval(),
        (torch.rand(1, 3, 64, 64), torch.rand(1, 3, THUMBNAIL, THUMBNAIL), WHOLE),
        str(path),
        opset_version=OPSET,
        input_names=["input", "thumbnail", "region"],
        output_names=["output"],
        dynamic_axes={"input": size, "output": size},
        dynamo=False,
    )
    model = onnx.load(path)
    tidy(model)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def dark_scene(rng: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Something dim and uneven with grain, uint8 (H, W, 3): dark enough to be restored."""
    patches = rng.integers(4, 60, (6, 5, 3)).astype(np.float32)
    scene = cv2.resize(patches, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(scene + rng.normal(0.0, 2.0, scene.shape), 0, 255).astype(np.uint8)


def largest_difference(network: FlashNet, path: Path) -> float:
    """Largest absolute difference of ONNX Runtime (CPU) and PyTorch over the check sizes, as whole
    pictures and as tiles of others."""
    rng = np.random.default_rng(7)
    expected, actual = torch_runner(network), onnx_runner(path)
    worst = 0.0
    for height, width in CHECK_SIZES:
        scene = dark_scene(rng, height, width)
        image, changed = to_planes(scene), 0.0
        tile = thumbnail_of(dark_scene(rng, 200, 160)), np.array([0.2, 0.55, 0.7, 1.1], np.float32)
        for inputs in ((thumbnail_of(scene), WHOLE.numpy()), tile):
            output = expected(image, *inputs)
            gap = np.abs(output - actual(image, *inputs)).max()
            changed = max(changed, float(np.abs(output - image).max()))
            worst = max(worst, float(gap))
        print(f"{height}x{width}: largest difference {worst:.1e} so far, of {changed:.2f} restored")
    return worst


def half_of(path: Path, pictures: list[np.ndarray]) -> dict:
    """The half-precision twin's part of the entry, once it agrees within one level nearly always."""
    twin = path.with_name(f"{path.stem}-fp16.onnx")
    export_half(path, twin)
    share, largest = byte_differences(path, twin, pictures)
    print(f"float16: {share:.1e} of the bytes differ by more than one level, at most {largest}")
    if share > HALF_TOLERANCE:
        raise SystemExit("the half-precision twin is too far from the model")
    data = twin.read_bytes()
    return {"file": twin.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def describe(path: Path, network: FlashNet, options: argparse.Namespace) -> dict:
    """The model's manifest entry, with scores measured now on the file itself."""
    pairs, run = read_pairs(options.val), onnx_runner(path)
    rows = each_score(run, pairs)
    values = np.mean(rows, axis=0).tolist()
    unchanged = score(run, [(stem, target, target, mask) for stem, _, target, mask in pairs])
    height, width = pairs[0][1].shape[:2]
    scores: dict = {
        "set": f"val, {len(pairs)} synthetic weak/strong flash pairs, {width}x{height}"
    }
    scores |= {name: round(value, 4) for name, value in zip(NAMES, values)}
    scores["deltaEPersonWellLit"] = round(unchanged[3], 4)
    command = f"python -m training.evaluate --val DIR --model public/models/{path.name}"
    scores["command"] = f"{command} --tones --well-lit"
    planes = {"layout": "NCHW", "channels": "RGB", "range": [0, 1]}
    data, half = path.read_bytes(), half_of(path, [dark for _, dark, _, _ in pairs[::8]])
    return {
        "id": options.id,
        "title": options.title,
        "file": path.name,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "default": True,
        "task": "restoration",
        "licence": "MIT",
        "opset": OPSET,
        "parameters": weights_in(data),
        "macs720p": count_macs(network),
        "input": {"name": "input", **planes, "sizeMultiple": SIZE_MULTIPLE, "minSize": 32},
        "thumbnail": {"name": "thumbnail", "size": [THUMBNAIL, THUMBNAIL]},
        "region": {"name": "region"},
        "output": {"name": "output", **planes},
        "tile": {"size": options.tile, "overlap": options.overlap},
        "training": options.note,
        "scores": scores,
        "fp16": half,
        "card": {**CARD, "byTone": tone_table(rows, pairs), "commands": [scores["command"], *CLI]},
    }


def weights_in(data: bytes) -> int:
    """Weights of the exported network: batch norms are folded into convolutions, so fewer than trained."""
    graph = onnx.load_from_string(data).graph
    kinds = (onnx.TensorProto.FLOAT, onnx.TensorProto.FLOAT16)
    return sum(int(np.prod(tensor.dims)) for tensor in graph.initializer if tensor.data_type in kinds)


def update_manifest(path: Path, entry: dict) -> None:
    """Replace the entry of the same id, or add it; the rest of the manifest stays."""
    manifest = {"version": 1, "models": []}
    if path.exists():
        manifest = json.loads(path.read_text())
    others = [model for model in manifest["models"] if model["id"] != entry["id"]]
    if entry["default"]:
        others = [{**model, "default": False} for model in others]
    manifest["models"] = [entry, *others]
    path.write_text(json.dumps(manifest, indent=2) + "\n")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--val", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--id", default="flash-s")
    parser.add_argument("--title", default="Flash S")
    parser.add_argument("--tile", type=int, default=1024)
    parser.add_argument("--overlap", type=int, default=64)
    parser.add_argument("--note", required=True, help="how it was trained, a sentence or two")
    options = parser.parse_args()
    torch.set_num_threads(2)
    network = load_folded(options.weights)
    options.models.mkdir(parents=True, exist_ok=True)
    path = options.models / f"{options.id}.onnx"
    draft = path.with_suffix(".draft.onnx")
    export_onnx(network, draft)
    worst = largest_difference(network, draft)
    if worst > TOLERANCE:
        draft.unlink()
        raise SystemExit(f"ONNX Runtime and PyTorch differ by {worst:.1e}: nothing written")
    draft.replace(path)
    entry = describe(path, network, options)
    update_manifest(options.models / "manifest.json", entry)
    print(json.dumps(entry["scores"], indent=2))


if __name__ == "__main__":
    main()
