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

fn pair_at(x: i32, y: i32) -> vec2f {
  return pairs[(y - params.pairs_row) * params.width + min(x, params.width - 1)];
}

/// Of windows centred at columns x and x + 1.
fn row_at(x: i32, y: i32) -> Moments {
  let row = clamp(y, params.pairs_row, params.height - 1);
  let centre = pair_at(x, row);
  var sums = Moments();
  var here = pair_at(x - RADIUS, row) - centre;
  for (var k = 0; k < 11; k += 1) {
    let next = pair_at(x - RADIUS + k + 1, row) - centre;
    sums = add_tap(sums, GAUSSIAN[k], vec2f(here.x, next.x), vec2f(here.y, next.y));
    here = next;
  }
  return moments_from(sums, vec2f(centre.x), vec2f(centre.y));
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
  for (var k = 1; k < 11; k += 1) {
    rows[k] = row_at(x, strip - RADIUS - 1 + k);
  }
  var all = vec4u(0u);
  var person = vec4u(0u);
  for (var y = strip; y < bottom; y += 1) {
    for (var k = 0; k < 10; k += 1) {
      rows[k] = rows[k + 1];
    }
    rows[10] = row_at(x, y + RADIUS);
    var sums = Moments();
    for (var k = 0; k < 11; k += 1) {
      sums = add_row(sums, GAUSSIAN[k], rows[k], rows[5]);
    }
    let fixed = unlike(moments_from(sums, rows[5].mean_x, rows[5].mean_y)) * UNIT_SCALE;
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
