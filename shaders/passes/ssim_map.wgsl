// use: luma2, ssim5, window_columns

// The map of SSIM 5 x 5. One invocation walks down two columns of a strip of rows with the newest
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

fn output_at(i: vec2i) -> vec2f {
  return luma2(vec2u(output[i.x], output[i.y]));
}

fn truth_at(i: vec2i) -> vec2f {
  return luma2(vec2u(truth[i.x], truth[i.y]));
}

fn row_at(c: WindowColumns, y: i32) -> Row {
  let inner = clamp(y, 0, params.height - 1);
  let i = inner * params.width - params.output_origin;
  let j = inner * params.width - params.truth_origin;
  return row_of(c, select(0.0, 1.0, inner == y),
                Lumas(output_at(c.first + i), output_at(c.middle + i), output_at(c.last + i)),
                Lumas(truth_at(c.first + j), truth_at(c.middle + j), truth_at(c.last + j)));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let x = i32(id.x) * 2;
  let top = params.first_row + i32(id.y) * STRIP_ROWS;
  let bottom = select(top, min(top + STRIP_ROWS, params.end_row), x < params.width);
  let columns = window_columns(x, params.width);
  var r0 = row_at(columns, top - 2);
  var r1 = row_at(columns, top - 1);
  var r2 = row_at(columns, top);
  var r3 = row_at(columns, top + 1);
  for (var y = top; y < bottom; y += 1) {
    let r4 = row_at(columns, y + 2);
    let ssim = 1.0 - dissimilarity(r0, r1, r2, r3, r4);
    let i = (y - params.first_row) * params.width + x;
    map[i] = ssim.x;
    if (x + 1 < params.width) {
      map[i + 1] = ssim.y;
    }
    r0 = r1;
    r1 = r2;
    r2 = r3;
    r3 = r4;
  }
}
