// use: pixel, band, srgb, noise

// A well-lit picture as a weak flash in a dim room would show it: light that falls off from a point
// and a room's own light, 3 x 3 blur, noise, sRGB.

struct Params {
  flash: vec3f, // gain included, as in `room`
  seed: u32,
  room: vec3f,
  has_mask: u32,
  centre: vec2f, // in pixels
  reach: f32,
  background_share: f32,
  blur: vec3f, // weights of the 3 x 3 kernel's centre, sides and corners
  shot: f32,
  read: f32, // variance
  one: f32, // weights of the two noise fields
  other: f32,
}

@group(0) @binding(0) var<uniform> band: Band;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;
@group(0) @binding(3) var<uniform> params: Params;
@group(0) @binding(4) var<storage, read> light: array<f32, 256>; // linear light of a level
@group(0) @binding(5) var<storage, read> mask: array<u32>; // four bytes a word

/// The light that the camera gets from a pixel.
fn lit(pixel: vec2u) -> vec3f {
  let at = pixel.y * band.width + pixel.x;
  let rgb = unpack_rgb(source[at - band.source_origin]);
  let d = (vec2f(pixel) + 0.5 - params.centre) / params.reach;
  var person = 1.0;
  if (params.has_mask != 0u) {
    person = f32((mask[at >> 2u] >> ((at & 3u) * 8u)) & 255u) / 255.0;
  }
  let share = params.background_share + (1.0 - params.background_share) * person;
  let factor = params.flash * (share / (1.0 + d.x * d.x + d.y * d.y)) + params.room;
  return vec3f(light[rgb.r], light[rgb.g], light[rgb.b]) * factor;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let y = band.first_row + id.y;
  if (id.x >= band.width || y >= band.end_row) {
    return;
  }
  let x = vec3u(max(id.x, 1u) - 1u, id.x, min(id.x + 1u, band.width - 1u));
  let rows = vec3u(max(y, 1u) - 1u, y, min(y + 1u, band.height - 1u));
  let corners = lit(vec2u(x.x, rows.x)) + lit(vec2u(x.z, rows.x)) + lit(vec2u(x.x, rows.z)) + lit(vec2u(x.z, rows.z));
  let sides = lit(vec2u(x.y, rows.x)) + lit(vec2u(x.x, y)) + lit(vec2u(x.z, y)) + lit(vec2u(x.y, rows.z));
  let signal = params.blur.x * lit(vec2u(id.x, y)) + params.blur.y * sides + params.blur.z * corners;
  let deviation = sqrt(params.shot * signal + params.read);
  let noisy = signal + deviation * noise_at(vec2u(id.x, y), params.seed, params.one, params.other);
  result[y * band.width + id.x - band.target_origin] = pack_rgb(vec3u(srgb_of_linear(noisy) * 255.0 + 0.5));
}
