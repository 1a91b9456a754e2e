// use: luma2, mask_byte, ssim5, sum_params, window_columns

// SSIM 5 x 5 of two pictures. One invocation walks down two columns of a strip of rows with the
// moments of the newest rows in registers, without any barrier. All sums are whole numbers, so they
// depend on no order of adding.

override STRIP_ROWS: i32;
override UNIT_SCALE: f32; // fixed-point units in 1

@group(0) @binding(0) var<uniform> params: SumParams;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>; // four bytes a word
// For each strip and two columns: (1 - SSIM in fixed point, pixels, 0, 0) of all pixels, then of
// those inside the mask.
@group(0) @binding(4) var<storage, read_write> partials: array<vec4u>;

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

fn inside2(byte: u32) -> vec2u {
  return vec2u(inside_bit(mask[byte >> 2u], byte), inside_bit(mask[(byte + 1u) >> 2u], byte + 1u));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let x = i32(id.x) * 2;
  let top = params.first_row + i32(id.y) * STRIP_ROWS;
  let bottom = select(top, min(top + STRIP_ROWS, params.end_row), x < params.width);
  let columns = window_columns(x, params.width);
  var r0 = row_at(columns, top - 2);
  var r1 = row_at(columns, top - 1);
  var r2 = row_at(columns, top);
  var r3 = row_at(columns, top + 1);
  var all = vec2u(0u);
  var person = vec2u(0u);
  var pixels = vec2u(0u);
  for (var y = top; y < bottom; y += 1) {
    let r4 = row_at(columns, y + 2);
    // Adding 2^23 leaves the nearest whole number in the lowest bits.
    let unlike = dissimilarity(r0, r1, r2, r3, r4) * UNIT_SCALE + 8388608.0;
    let fixed = bitcast<vec2u>(unlike) - 0x4b000000u;
    let inside = inside2(u32(y * params.width + x - params.mask_origin));
    all += fixed;
    person += fixed * inside;
    pixels += inside;
    r0 = r1;
    r1 = r2;
    r2 = r3;
    r3 = r4;
  }
  let exist = vec2u(columns.middle_exists);
  let rows = u32(bottom - top);
  let inside = exist * select(0u, 1u, params.has_mask != 0u);
  let slot = (id.y * groups.x * 64u + id.x) * 2u;
  partials[slot] = vec4u(dot(all, exist), rows * (exist.x + exist.y), 0u, 0u);
  partials[slot + 1u] = vec4u(dot(person, inside), dot(pixels, inside), 0u, 0u);
}
