// Slope and offset of the mask as a linear function of the guide within every window, from its means.

struct Params {
  pixels: u32,
  row: u32, // invocations a row of the dispatch
  epsilon: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> means: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> coefficients: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let at = id.y * params.row + id.x;
  if (id.x >= params.row || at >= params.pixels) {
    return;
  }
  let m = means[at];
  let slope = (m.z - m.x * m.y) / (m.w - m.x * m.x + params.epsilon);
  coefficients[at] = vec4f(slope, m.y - slope * m.x, 0.0, 0.0);
}
