// use: pixel, band, srgb

// Mixes a picture with what a method made of it, in linear light.

@group(0) @binding(0) var<uniform> band: Band;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;
@group(0) @binding(3) var<uniform> strength: f32; // 0 the picture, 1 the restored
@group(0) @binding(4) var<storage, read> restored: array<u32>; // bound like the result
@group(0) @binding(5) var<storage, read> light: array<f32, 256>; // linear light of a level

fn linear_of(word: u32) -> vec3f {
  let rgb = unpack_rgb(word);
  return vec3f(light[rgb.r], light[rgb.g], light[rgb.b]);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= band.width || band.first_row + id.y >= band.end_row) {
    return;
  }
  let pixel = (band.first_row + id.y) * band.width + id.x;
  let before = linear_of(source[pixel - band.source_origin]);
  let after = linear_of(restored[pixel - band.target_origin]);
  let mixed = srgb_of_linear(before * (1.0 - strength) + after * strength);
  result[pixel - band.target_origin] = pack_rgb(vec3u(mixed * 255.0 + 0.5));
}
