// use: pixel

// Writes a float32 planar RGB tile [3, height, width] into a picture in place. Over its first
// blend_left columns and blend_top rows the tile fades in over what is already there, so that
// overlapping tiles meet without a seam. Tile pixels beyond the picture are dropped.

struct Params {
  picture_width: u32,
  picture_height: u32,
  // Pixel index y * picture_width + x that lies at the start of the picture's binding.
  origin: u32,
  x0: u32,
  y0: u32,
  tile_width: u32,
  tile_height: u32,
  blend_left: u32,
  blend_top: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tile: array<f32>;
@group(0) @binding(2) var<storage, read_write> picture: array<u32>;
// Values that were not a number, and values more than 0.001 outside [0, 1].
@group(0) @binding(3) var<storage, read_write> faults: array<atomic<u32>, 2>;

/// A network's value as 0..255, unrounded. Bits are looked at because shader compilers may assume
/// that no value is NaN and drop `v != v`.
fn to_level(value: f32) -> f32 {
  if ((bitcast<u32>(value) & 0x7fffffffu) > 0x7f800000u) {
    atomicAdd(&faults[0], 1u);
    return 0.0;
  }
  if (value < -0.001 || value > 1.001) {
    atomicAdd(&faults[1], 1u);
  }
  return clamp(value, 0.0, 1.0) * 255.0;
}

/// Weight of the new value at offset i of a fade of `length` pixels.
fn fade(i: u32, length: u32) -> f32 {
  return select(1.0, (f32(i) + 0.5) / f32(max(length, 1u)), i < length);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = params.x0 + id.x;
  let y = params.y0 + id.y;
  let in_tile = id.x < params.tile_width && id.y < params.tile_height;
  if (!in_tile || x >= params.picture_width || y >= params.picture_height) {
    return;
  }
  let plane = params.tile_width * params.tile_height;
  let at = id.y * params.tile_width + id.x;
  var rgb = vec3f(
    to_level(tile[at]),
    to_level(tile[plane + at]),
    to_level(tile[2u * plane + at]),
  );
  let pixel = y * params.picture_width + x - params.origin;
  let weight = fade(id.x, params.blend_left) * fade(id.y, params.blend_top);
  if (weight < 1.0) {
    let old = vec3f(unpack_rgb(picture[pixel]));
    rgb = old + (rgb - old) * weight;
  }
  picture[pixel] = pack_rgb(vec3u(rgb + 0.5));
}
