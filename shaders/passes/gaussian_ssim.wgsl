// use: ssim11

// SSIM with an 11 x 11 Gaussian window where it lies within the picture. One invocation walks down
// two columns of a strip of rows with the moments of the newest eleven rows in registers.

struct Params {
  width: i32,
  height: i32,
  first_row: i32, // windows centred in rows [first_row, end_row) are summed
  end_row: i32,
  pairs_row: i32, // row of the picture that is the first of the pairs
  mask_origin: i32, // pixel index y * width + x at the start of the mask's binding
  has_mask: u32,
}

override STRIP_ROWS: i32;
override UNIT_SCALE: f32; // fixed-point units in 1

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> pairs: array<vec2f>;
@group(0) @binding(2) var<storage, read> mask: array<u32>; // four bytes a word
// For each strip and two columns: (1 - structure, 1 - SSIM, both in fixed point, windows, 0) of all
// windows, then of those whose centre is inside the mask.
@group(0) @binding(3) var<storage, read_write> partials: array<vec4u>;

const RADIUS: i32 = 5;

/// Of windows centred at columns x and x + 1.
fn row_at(x: i32, y: i32) -> Moments {
  let start = (clamp(y, params.pairs_row, params.height - 1) - params.pairs_row) * params.width;
  let i = start + x - RADIUS;
  let c = pairs[i + 5];
  let last = pairs[min(i + 11, start + params.width - 1)];
  let sums = row_sums(array(
    pairs[i] - c, pairs[i + 1] - c, pairs[i + 2] - c, pairs[i + 3] - c, pairs[i + 4] - c, vec2f(0.0),
    pairs[i + 6] - c, pairs[i + 7] - c, pairs[i + 8] - c, pairs[i + 9] - c, pairs[i + 10] - c, last - c));
  return moments_from(sums, vec2f(c.x), vec2f(c.y));
}

fn is_inside(x: i32, y: i32) -> bool {
  let byte = u32(y * params.width + x - params.mask_origin);
  return params.has_mask != 0u && ((mask[byte >> 2u] >> ((byte & 3u) * 8u)) & 255u) == 1u;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let x = RADIUS + i32(id.x) * 2;
  let strip = max(params.first_row, RADIUS) + i32(id.y) * STRIP_ROWS;
  let end = min(strip + STRIP_ROWS, min(params.end_row, params.height - RADIUS));
  let bottom = select(strip, end, x < params.width - RADIUS);
  var rows = array<Moments, 11>();
  for (var y = strip - RADIUS; y < strip + RADIUS; y += 1) {
    rows = array(rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7], rows[8], rows[9],
                 rows[10], row_at(x, y));
  }
  var all = vec4u(0u);
  var person = vec4u(0u);
  for (var y = strip; y < bottom; y += 1) {
    rows = array(rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7], rows[8], rows[9],
                 rows[10], row_at(x, y + RADIUS));
    let fixed = unlike(window_moments(rows)) * UNIT_SCALE;
    for (var k = 0; k < min(2, params.width - RADIUS - x); k += 1) {
      let term = vec4u(vec2u(vec2f(fixed[0][k], fixed[1][k]) + 0.5), 1u, 0u);
      all += term;
      person += select(vec4u(0u), term, is_inside(x + k, y));
    }
  }
  let slot = (id.y * groups.x * 64u + id.x) * 2u;
  partials[slot] = all;
  partials[slot + 1u] = person;
}
