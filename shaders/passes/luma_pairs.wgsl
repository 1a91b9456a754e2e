// use: luma2

// The lumas of two pictures side by side, in units of 1/255000: what the Gaussian window looks at.

struct Params {
  width: u32,
  first_row: u32, // rows [first_row, end_row) of the pictures become rows 0, 1, … of the pairs
  end_row: u32,
  output_origin: u32, // pixel index y * width + x at the start of each binding
  truth_origin: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read_write> pairs: array<vec2f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let y = params.first_row + id.y;
  if (id.x >= params.width || y >= params.end_row) {
    return;
  }
  let pixel = y * params.width + id.x;
  pairs[id.y * params.width + id.x] =
    luma2(vec2u(output[pixel - params.output_origin], truth[pixel - params.truth_origin]));
}
