// use: bilinear

// What a guided filter averages at the coarse size: guide, mask, their product and guide squared, both
// less one half, which leaves f32 more digits for variances.

struct Params {
  width: u32,
  height: u32,
  mask_width: u32,
  mask_height: u32,
  gain: f32, // of the guide: sqrt(gain * luma)
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> planes: array<f32>; // RGB [3, height, width] in [0, 1]
@group(0) @binding(2) var<storage, read> mask: array<f32>;
@group(0) @binding(3) var<storage, read_write> moments: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.width || id.y >= params.height) {
    return;
  }
  let pixels = params.width * params.height;
  let at = id.y * params.width + id.x;
  let luma = 0.299 * planes[at] + 0.587 * planes[pixels + at] + 0.114 * planes[2u * pixels + at];
  let across = cells_around(id.x, params.width, params.mask_width);
  let down = cells_around(id.y, params.height, params.mask_height);
  let upper = down.first * params.mask_width;
  let lower = down.second * params.mask_width;
  let top = mix(mask[upper + across.first], mask[upper + across.second], across.fraction);
  let bottom = mix(mask[lower + across.first], mask[lower + across.second], across.fraction);
  let i = sqrt(params.gain * luma) - 0.5;
  let p = mix(top, bottom, down.fraction) - 0.5;
  moments[at] = vec4f(i, p, i * p, i * i);
}
