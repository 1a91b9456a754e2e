// use: pixel, bilinear

// The full-size mask from the picture's guide and the coarse coefficients, bilinear between them. One
// invocation makes one word: four pixels of a byte each.

struct Params {
  width: u32,
  height: u32,
  coarse_width: u32,
  coarse_height: u32,
  first_row: u32, // rows [first_row, end_row); first_row * width is the mask's first pixel
  end_row: u32,
  origin: u32, // pixel index at the start of the picture's binding
  row: u32, // words a row of the dispatch
  gain: f32, // of the guide: sqrt(gain * luma)
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> picture: array<u32>;
@group(0) @binding(2) var<storage, read> coefficients: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> mask: array<u32>;

fn level_at(pixel: u32) -> u32 {
  let across = cells_around(pixel % params.width, params.width, params.coarse_width);
  let down = cells_around(pixel / params.width, params.height, params.coarse_height);
  let upper = down.first * params.coarse_width;
  let lower = down.second * params.coarse_width;
  let top = mix(coefficients[upper + across.first].xy, coefficients[upper + across.second].xy, across.fraction);
  let bottom = mix(coefficients[lower + across.first].xy, coefficients[lower + across.second].xy, across.fraction);
  let fit = mix(top, bottom, down.fraction);
  let rgb = vec3f(unpack_rgb(picture[pixel - params.origin])) / 255.0;
  let luma = 0.299 * rgb.r + 0.587 * rgb.g + 0.114 * rgb.b;
  return u32(clamp(fit.x * (sqrt(params.gain * luma) - 0.5) + fit.y + 0.5, 0.0, 1.0) * 255.0 + 0.5);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let word = id.y * params.row + id.x;
  let first = params.first_row * params.width;
  let pixels = (params.end_row - params.first_row) * params.width;
  if (id.x >= params.row || word * 4u >= pixels) {
    return;
  }
  var bytes = 0u;
  for (var k = 0u; k < min(4u, pixels - word * 4u); k += 1u) {
    bytes |= level_at(first + word * 4u + k) << (8u * k);
  }
  mask[word] = bytes;
}
