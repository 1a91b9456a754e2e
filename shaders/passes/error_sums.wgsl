// use: byte_rgb, luma2, mask_byte, sum_params

// Squared and absolute errors of R, G and B and squared errors of luma. One invocation walks down
// one column of a strip of rows. All sums are whole numbers: exact, in any order of adding.

override STRIP_ROWS: i32;

@group(0) @binding(0) var<uniform> params: SumParams;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>; // four bytes a word
// For each strip and column: (squared error, absolute error, pixels, 0), (h^2, h l, l^2, 0) of
// all pixels, then of those inside the mask. 512 h + l is the luma error in thousandths of a level,
// whose square does not fit in 32 bits.
@group(0) @binding(4) var<storage, read_write> partials: array<vec4u>;

struct Sums {
  errors: vec4u,
  lumas: vec4u,
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let x = i32(id.x);
  let top = params.first_row + i32(id.y) * STRIP_ROWS;
  let bottom = select(top, min(top + STRIP_ROWS, params.end_row), x < params.width);
  var all = Sums();
  var person = Sums();
  for (var y = top; y < bottom; y += 1) {
    let pixel = y * params.width + x;
    let a = output[pixel - params.output_origin];
    let b = truth[pixel - params.truth_origin];
    let d = byte_rgb(a) - byte_rgb(b);
    let lumas = luma2(vec2u(a, b));
    let luma = abs(lumas.x - lumas.y);
    let h = floor(luma * (1.0 / 512.0));
    let l = luma - 512.0 * h;
    let absolute = abs(d.r) + abs(d.g) + abs(d.b);
    let errors = vec4u(whole_number(length_squared(d)), whole_number(absolute), 1u, 0u);
    let squares = vec4u(whole_number(h * h), whole_number(h * l), whole_number(l * l), 0u);
    let byte = u32(pixel - params.mask_origin);
    let inside = inside_bit(mask[byte >> 2u], byte);
    all = Sums(all.errors + errors, all.lumas + squares);
    person = Sums(person.errors + errors * inside, person.lumas + squares * inside);
  }
  if (params.has_mask == 0u) {
    person = Sums();
  }
  let slot = (id.y * groups.x * 64u + id.x) * 4u;
  partials[slot] = all.errors;
  partials[slot + 1u] = all.lumas;
  partials[slot + 2u] = person.errors;
  partials[slot + 3u] = person.lumas;
}
