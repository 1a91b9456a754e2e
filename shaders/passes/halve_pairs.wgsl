// 2 x 2 means of pairs of lumas at every second column and row; an odd last one is averaged with
// itself.

struct Params {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> pairs: array<vec2f>;
@group(0) @binding(2) var<storage, read_write> halved: array<vec2f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let width = (params.width + 1u) / 2u;
  if (id.x >= width || 2u * id.y >= params.height) {
    return;
  }
  let left = 2u * id.x;
  let right = min(left + 1u, params.width - 1u);
  let upper = 2u * id.y * params.width;
  let lower = min(2u * id.y + 1u, params.height - 1u) * params.width;
  let sum = (pairs[upper + left] + pairs[upper + right]) + (pairs[lower + left] + pairs[lower + right]);
  halved[id.y * width + id.x] = sum / 4.0;
}
