// use: pixel

// A map as a picture through a table of 256 colours, faded outside a region. One invocation a pixel.

struct Params {
  width: u32,
  rows: u32,
  region_origin: u32, // pixel of the region's binding that belongs to the map's first
  has_region: u32,
  least: f32, // shown in the table's first colour, as is anything beyond it
  greatest: f32,
}

/// Outside the region a colour is mixed with this much of this grey.
const FADE_SHARE: f32 = 0.8;
const FADE_GREY: f32 = 32.0;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> map: array<f32>;
@group(0) @binding(2) var<storage, read> colours: array<u32, 256>;
@group(0) @binding(3) var<storage, read> region: array<u32>; // four bytes a word
@group(0) @binding(4) var<storage, read_write> picture: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.width || id.y >= params.rows) {
    return;
  }
  let pixel = id.y * params.width + id.x;
  let byte = pixel + params.region_origin;
  let position = (map[pixel] - params.least) / (params.greatest - params.least);
  let colour = colours[u32(clamp(position, 0.0, 1.0) * 255.0 + 0.5)];
  let inside = ((region[byte >> 2u] >> ((byte & 3u) * 8u)) & 255u) == 1u;
  if (params.has_region == 0u || inside) {
    picture[pixel] = colour;
    return;
  }
  let level = vec3f(unpack_rgb(colour));
  picture[pixel] = pack_rgb(vec3u(level + FADE_SHARE * (FADE_GREY - level) + 0.5));
}
