// use: pixel

// Writes a network's output into a picture in place. Over its first blend_left columns and blend_top
// rows the tile fades in over what is already there, so that overlapping tiles meet without a seam.
// Tile pixels beyond the picture are dropped.

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
  // 1: [height, width, 3]; 0: [3, height, width].
  interleaved: u32,
  // 1: B, G, R.
  reversed: u32,
  // Of a value: 32 float32, 16 float16, 8 uint8.
  element_bits: u32,
  // Columns and rows before the fades, which are left as they are.
  skip_left: u32,
  skip_top: u32,
  // From these columns and rows on the picture is left as it is.
  end_column: u32,
  end_row: u32,
  mean: vec4f,
  deviation: vec4f,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> tile: array<u32>;
@group(0) @binding(2) var<storage, read_write> picture: array<u32>;
// Values that were not a number, and values more than 0.001 outside [0, 1].
@group(0) @binding(3) var<storage, read_write> faults: array<atomic<u32>, 2>;

/// The bits of a value of the tile.
fn bits_at(element: u32) -> u32 {
  let per_word = 32u / params.element_bits;
  let shifted = tile[element / per_word] >> (params.element_bits * (element % per_word));
  return shifted & (0xffffffffu >> (32u - params.element_bits));
}

/// Bits are looked at because shader compilers may assume that no value is NaN and drop `v != v`.
fn is_nan(bits: u32) -> bool {
  let half_nan = params.element_bits == 16u && (bits & 0x7fffu) > 0x7c00u;
  return half_nan || (params.element_bits == 32u && (bits & 0x7fffffffu) > 0x7f800000u);
}

/// A channel of the network's picture as 0..255, unrounded.
fn level(at: u32, channel: u32) -> f32 {
  let place = select(channel, 2u - channel, params.reversed == 1u);
  let plane = params.tile_width * params.tile_height;
  let bits = bits_at(select(place * plane + at, at * 3u + place, params.interleaved == 1u));
  if (is_nan(bits)) {
    atomicAdd(&faults[0], 1u);
    return 0.0;
  }
  let decoded = select(f32(bits), unpack2x16float(bits).x, params.element_bits == 16u);
  let raw = select(decoded, bitcast<f32>(bits), params.element_bits == 32u);
  let value = raw * params.deviation[channel] + params.mean[channel];
  if (value < -0.001 || value > 1.001) {
    atomicAdd(&faults[1], 1u);
  }
  return clamp(value, 0.0, 1.0) * 255.0;
}

/// Weight of the new value at offset i: none over `skip`, then a fade of `length` pixels, then all.
fn fade(i: u32, skip: u32, length: u32) -> f32 {
  let faded = (f32(i) - f32(skip) + 0.5) / f32(max(length, 1u));
  return select(clamp(faded, 0.0, 1.0), 1.0, i >= skip + length);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = params.x0 + id.x;
  let y = params.y0 + id.y;
  let in_tile = id.x < params.end_column && id.y < params.end_row
    && id.x >= params.skip_left && id.y >= params.skip_top;
  if (!in_tile || x >= params.picture_width || y >= params.picture_height) {
    return;
  }
  let across = fade(id.x, params.skip_left, params.blend_left);
  let weight = across * fade(id.y, params.skip_top, params.blend_top);
  let at = id.y * params.tile_width + id.x;
  var rgb = vec3f(level(at, 0u), level(at, 1u), level(at, 2u));
  let pixel = y * params.picture_width + x - params.origin;
  if (weight < 1.0) {
    let old = vec3f(unpack_rgb(picture[pixel]));
    rgb = old + (rgb - old) * weight;
  }
  picture[pixel] = pack_rgb(vec3u(rgb + 0.5));
}
