// use: quads, ssim5, window_columns

// The map of SSIM 5 x 5. One invocation walks down four columns of a strip of rows with the newest
// SSIM moments in registers.

struct Params {
  width: i32,
  height: i32,
  first_row: i32, // rows [first_row, end_row) become rows 0, 1, … of the map; two more are bound
  end_row: i32,
  output_origin: i32, // pixel index y * width + x at the start of each binding
  truth_origin: i32,
}

override STRIP_ROWS: i32;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read_write> map: array<f32>;

fn output_lumas(i: vec4i) -> vec4f {
  return luma4(vec4u(output[i.x], output[i.y], output[i.z], output[i.w]));
}

fn truth_lumas(i: vec4i) -> vec4f {
  return luma4(vec4u(truth[i.x], truth[i.y], truth[i.z], truth[i.w]));
}

fn moments_at(x: i32, y: i32) -> RowMoments {
  if (y < 0 || y >= params.height) { return RowMoments(); } // zero padding, as left and right
  let columns = window_columns(x, params.width);
  let a = y * params.width - params.output_origin;
  let b = y * params.width - params.truth_origin;
  return row_moments(output_lumas(columns.first + a) * columns.first_exists,
                     output_lumas(columns.last + a) * columns.last_exists,
                     truth_lumas(columns.first + b) * columns.first_exists,
                     truth_lumas(columns.last + b) * columns.last_exists);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = i32(id.x) * 4;
  let top = params.first_row + i32(id.y) * STRIP_ROWS;
  let bottom = select(top, min(top + STRIP_ROWS, params.end_row), x < params.width);
  var m0 = RowMoments();
  var m1 = moments_at(x, top - 2);
  var m2 = moments_at(x, top - 1);
  var m3 = moments_at(x, top);
  var m4 = moments_at(x, top + 1);
  for (var y = top; y < bottom; y += 1) {
    m0 = m1;
    m1 = m2;
    m2 = m3;
    m3 = m4;
    m4 = moments_at(x, y + 2);
    let ssim = 1.0 - dissimilarity(m0, m1, m2, m3, m4);
    for (var k = 0; k < min(4, params.width - x); k += 1) {
      map[(y - params.first_row) * params.width + x + k] = ssim[k];
    }
  }
}
