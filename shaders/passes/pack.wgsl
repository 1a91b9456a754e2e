// use: pixel, reflect

// A rectangle of a picture, and of its mask, as a network's tensor. Right of and below the picture its
// pixels are mirrored. A thread makes one 32-bit word of the tensor: one float32, two float16 or four
// uint8 values, so that no two threads write to the same word.

struct Params {
  picture_width: u32,
  picture_height: u32,
  // Pixel index y * picture_width + x that lies at the start of the picture's binding, and the mask's.
  origin: u32,
  mask_origin: u32,
  x0: u32,
  y0: u32,
  tile_width: u32,
  tile_height: u32,
  // Of the tensor: those of the picture, and the mask's behind them.
  channels: u32,
  // 1: [height, width, channels]; 0: [channels, height, width].
  interleaved: u32,
  // 1: B, G, R.
  reversed: u32,
  element_bits: u32,
  // 0: everything is inside.
  has_mask: u32,
  words_per_row: u32,
  // 3 for each copy of the picture; 0 where the mask is alone.
  colour_channels: u32,
  spare: u32,
  mean: vec4f,
  inverse_std: vec4f,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> picture: array<u32>;
// A byte a pixel, 1 inside.
@group(0) @binding(2) var<storage, read> mask: array<u32>;
@group(0) @binding(3) var<storage, read_write> tile: array<u32>;

fn inside(pixel: u32) -> f32 {
  let at = pixel - params.mask_origin;
  let is_inside = params.has_mask == 0u || ((mask[at / 4u] >> (8u * (at % 4u))) & 255u) == 1u;
  return select(0.0, select(1.0, 255.0, params.element_bits == 8u), is_inside);
}

/// The value at a place of the flat tensor.
fn value(element: u32) -> f32 {
  let plane = params.tile_width * params.tile_height;
  let is_interleaved = params.interleaved == 1u;
  let place = select(element / plane, element % params.channels, is_interleaved);
  let at = select(element % plane, element / params.channels, is_interleaved);
  let x = reflect_index(params.x0 + at % params.tile_width, params.picture_width);
  let y = reflect_index(params.y0 + at / params.tile_width, params.picture_height);
  let pixel = y * params.picture_width + x;
  if (place >= params.colour_channels) {
    return inside(pixel);
  }
  let channel = select(place % 3u, 2u - place % 3u, params.reversed == 1u);
  let level = f32(unpack_rgb(picture[pixel - params.origin])[channel]) / 255.0;
  return (level - params.mean[channel]) * params.inverse_std[channel];
}

fn byte(element: u32) -> u32 {
  return u32(clamp(value(element) + 0.5, 0.0, 255.0));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let word = id.y * params.words_per_row + id.x;
  let first = word * (32u / params.element_bits);
  if (word >= arrayLength(&tile)) {
    return;
  }
  if (params.element_bits == 32u) {
    tile[word] = bitcast<u32>(value(first));
  } else if (params.element_bits == 16u) {
    tile[word] = pack2x16float(vec2f(value(first), value(first + 1u)));
  } else {
    tile[word] = byte(first) | (byte(first + 1u) << 8u) | (byte(first + 2u) << 16u)
      | (byte(first + 3u) << 24u);
  }
}
