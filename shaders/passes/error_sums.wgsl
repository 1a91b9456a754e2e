// use: quads, mask4

// Squared and absolute errors of R, G and B and squared errors of luma. One invocation walks down
// four columns of a strip of rows. All sums are whole numbers: exact, in any order of adding.

struct Params {
  width: i32,
  height: i32,
  first_row: i32, // rows [first_row, end_row) are summed
  end_row: i32,
  output_origin: i32, // pixel index y * width + x at the start of each binding
  truth_origin: i32,
  mask_origin: i32,
  has_mask: u32,
}

override STRIP_ROWS: i32;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>; // four bytes a word
// For each strip and four columns: (squared error, absolute error, pixels, 0), (h^2, h l, l^2, 0) of
// all pixels, then of those inside the mask. 512 h + l is the luma error in thousandths of a level,
// whose square does not fit in 32 bits.
@group(0) @binding(4) var<storage, read_write> partials: array<vec4u>;

struct Sums {
  errors: vec4u,
  lumas: vec4u,
}

fn kept(sums: Sums, squared: vec4u, absolute: vec4u, luma: vec4u, keep: vec4u) -> Sums {
  let high = (luma >> vec4u(9u)) & keep;
  let low = luma & vec4u(511u) & keep;
  return Sums(
    sums.errors + vec4u(total4(squared & keep), total4(absolute & keep), total4(keep & vec4u(1u)), 0u),
    sums.lumas + vec4u(total4(high * high), total4(high * low), total4(low * low), 0u));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let x = i32(id.x) * 4;
  let top = params.first_row + i32(id.y) * STRIP_ROWS;
  let bottom = select(top, min(top + STRIP_ROWS, params.end_row), x < params.width);
  let columns = vec4i(x) + vec4i(0, 1, 2, 3);
  let exists = bits4(columns < vec4i(params.width));
  let inner = min(columns, vec4i(params.width - 1));
  var all = Sums();
  var person = Sums();
  for (var y = top; y < bottom; y += 1) {
    let i = inner + (y * params.width - params.output_origin);
    let j = inner + (y * params.width - params.truth_origin);
    let a = vec4u(output[i.x], output[i.y], output[i.z], output[i.w]);
    let b = vec4u(truth[j.x], truth[j.y], truth[j.z], truth[j.w]);
    let absolute = whole4(abs(red4(a) - red4(b)) + abs(green4(a) - green4(b)) + abs(blue4(a) - blue4(b)));
    let luma = whole4(abs(luma4(a) - luma4(b)));
    let byte = u32(y * params.width + x - params.mask_origin);
    let inside = inside4(byte, mask[byte >> 2u], mask[(byte >> 2u) + 1u]);
    all = kept(all, squared_error4(a, b), absolute, luma, exists);
    person = kept(person, squared_error4(a, b), absolute, luma, exists & inside);
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
