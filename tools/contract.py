"""What an ONNX file says about itself: JSON under the metadata key `loupe` (docs/export.md)."""

import json
import pathlib

import onnx

KEY = "loupe"
VERSION = 1

TASKS = ("restoration", "metric", "mask")
LAYOUTS = ("NCHW", "NHWC")
CHANNELS = ("RGB", "BGR", "RGBRGB")
OUTPUT_KINDS = ("image", "lut", "grid")
SCALES = (1, 2, 3, 4)
METRIC_KINDS = ("full-reference", "no-reference", "identity")
METRIC_OUTPUTS = ("scalar", "map", "embedding")
DIRECTIONS = ("lower-is-better", "higher-is-better")


class ContractError(ValueError):
    """A contract that Loupe would refuse; the message names the field."""


def one_of(value: object, choices: tuple, where: str) -> None:
    if value not in choices:
        raise ContractError(f"{where} is {value!r}, not one of {', '.join(map(str, choices))}.")


def numbers(value: object, count: int, where: str) -> None:
    real = isinstance(value, (list, tuple)) and all(isinstance(part, (int, float)) for part in value)
    if not real or len(value) != count:
        raise ContractError(f"{where} is {value!r}, not {count} numbers.")


def check_picture(picture: dict, where: str) -> None:
    """A tensor that holds a picture: layout, channel order and either a range or mean and std."""
    one_of(picture.get("layout"), LAYOUTS, f"{where}.layout")
    one_of(picture.get("channels"), CHANNELS, f"{where}.channels")
    if "mean" in picture or "std" in picture:
        numbers(picture.get("mean"), 3, f"{where}.mean")
        numbers(picture.get("std"), 3, f"{where}.std")
        if "range" in picture or 0 in picture["std"]:
            raise ContractError(f"{where} has a std of 0, or a range beside mean and std.")
    else:
        numbers(picture.get("range"), 2, f"{where}.range")
        if picture["range"][0] >= picture["range"][1]:
            raise ContractError(f"{where}.range is empty.")


def check_tile(tile: dict, multiple: int) -> None:
    size, overlap = tile.get("size"), tile.get("overlap")
    if not isinstance(size, int) or not isinstance(overlap, int) or size % multiple or overlap * 2 > size:
        raise ContractError(f"tile.size must be a multiple of {multiple} and at least twice tile.overlap.")


def check_restoration(contract: dict) -> None:
    check_picture(contract["input"], "input")
    multiple = contract["input"].get("sizeMultiple", 1)
    if not isinstance(multiple, int) or multiple < 1:
        raise ContractError(f"input.sizeMultiple is {multiple!r}, not a whole number of at least 1.")
    if "tile" in contract:
        check_tile(contract["tile"], multiple)
    output = contract.get("output", {})
    one_of(output.get("kind"), OUTPUT_KINDS, "output.kind")
    if output["kind"] == "image":
        check_picture(output, "output")
        one_of(output.get("scale", 1), SCALES, "output.scale")
    else:
        numbers(output.get("range"), 2, "output.range")


def check_metric(contract: dict) -> None:
    check_picture(contract["input"], "input")
    metric = contract.get("metric", {})
    one_of(metric.get("kind"), METRIC_KINDS, "metric.kind")
    one_of(metric.get("direction"), DIRECTIONS, "metric.direction")
    one_of(metric.get("output"), METRIC_OUTPUTS, "metric.output")
    if (metric["kind"] == "identity") != (metric["output"] == "embedding"):
        raise ContractError("An identity metric gives an embedding, and only an identity metric does.")
    if not metric.get("id"):
        raise ContractError("metric.id is missing.")


def check(contract: dict) -> None:
    """:raises ContractError: where a field is missing or has a value that Loupe does not know"""
    if contract.get("version") != VERSION:
        raise ContractError(f"version is not {VERSION}.")
    one_of(contract.get("task"), TASKS, "task")
    if not isinstance(contract.get("input"), dict):
        raise ContractError("input is missing.")
    if contract["task"] == "restoration":
        check_restoration(contract)
    elif contract["task"] == "metric":
        check_metric(contract)
    else:
        check_picture(contract["input"], "input")


def put(model: onnx.ModelProto, contract: dict) -> None:
    """Writes the contract into the model in memory; every other metadata entry is dropped."""
    check(contract)
    del model.metadata_props[:]
    model.metadata_props.add(key=KEY, value=json.dumps(contract, ensure_ascii=False))


def write(file: pathlib.Path, contract: dict) -> None:
    """Writes the contract into a file that carries its weights itself."""
    model = onnx.load(file)
    put(model, contract)
    onnx.save(model, file)


def read(file: pathlib.Path) -> dict | None:
    """The contract in a file; None where there is none."""
    model = onnx.load(file, load_external_data=False)
    texts = [entry.value for entry in model.metadata_props if entry.key == KEY]
    return json.loads(texts[0]) if texts else None
