// Means over runs of 2 radius + 1 values along lines, cut off at a line's ends. One invocation slides
// the window over a strip of one line, in registers.

struct Params {
  lines: u32,
  length: u32,
  line_stride: u32, // from a line's values to the next line's
  value_stride: u32, // from a value to the next on its line
  radius: u32,
}

override STRIP: u32;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> values: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> means: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.lines) {
    return;
  }
  let line = id.x * params.line_stride;
  let step = params.value_stride;
  let start = id.y * STRIP;
  let end = min(start + STRIP, params.length);
  var first = max(start, params.radius) - params.radius;
  var after = first;
  var sum = vec4f(0.0);
  for (var i = start; i < end; i += 1u) {
    let wanted = min(i + params.radius + 1u, params.length);
    for (; after < wanted; after += 1u) {
      sum += values[line + after * step];
    }
    if (i > first + params.radius) {
      sum -= values[line + first * step];
      first += 1u;
    }
    means[line + i * step] = sum / f32(after - first);
  }
}
