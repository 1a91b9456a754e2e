// use: quads, mask4, ssim5, lab8, exact_root, raim_terms, window_columns

// PSNR, SSIM 5 x 5 and Delta E (OpenCV 8-bit) in one read of two pictures. One invocation walks down
// four columns of a strip of rows with the newest SSIM moments in registers, without any barrier.
// All sums are whole numbers, so they depend on no order of adding.

struct Params {
  width: i32,
  height: i32,
  first_row: i32, // rows [first_row, end_row) are summed; two more on either side must be bound
  end_row: i32,
  output_origin: i32, // pixel index y * width + x at the start of each binding
  truth_origin: i32,
  mask_origin: i32,
  has_mask: u32,
}

override STRIP_ROWS: i32;
override UNIT_SCALE: f32; // fixed-point units in 1

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>; // four bytes a word
@group(0) @binding(4) var<storage, read> cube_roots: array<f32>; // 2041 whole numbers
// For each strip and four columns: (squared error, 1 - SSIM in fixed point, whole Delta E |
// pixels << 16, Delta E fraction in fixed point) of all pixels, then of those inside the mask.
@group(0) @binding(5) var<storage, read_write> partials: array<vec4u>;

/// A row of the window, and the pixels of the four columns.
struct Row {
  moments: RowMoments,
  a: vec4u,
  b: vec4u,
}

fn output_at(i: vec4i) -> vec4u {
  return vec4u(output[i.x], output[i.y], output[i.z], output[i.w]);
}

fn truth_at(i: vec4i) -> vec4u {
  return vec4u(truth[i.x], truth[i.y], truth[i.z], truth[i.w]);
}

fn row_at(columns: WindowColumns, y: i32) -> Row {
  if (y < 0 || y >= params.height) { return Row(); } // zero padding, as left and right of the picture
  let row = y * params.width;
  let a = output_at(columns.first + (row - params.output_origin));
  let b = truth_at(columns.first + (row - params.truth_origin));
  let c = output_at(columns.last + (row - params.output_origin));
  let d = truth_at(columns.last + (row - params.truth_origin));
  let moments = row_moments(luma4(a) * columns.first_exists, luma4(c) * columns.last_exists,
                            luma4(b) * columns.first_exists, luma4(d) * columns.last_exists);
  return Row(moments, vec4u(a.zw, c.xy), vec4u(b.zw, d.xy));
}

fn cube_roots_at(i: vec4u) -> vec4f {
  return vec4f(cube_roots[i.x], cube_roots[i.y], cube_roots[i.z], cube_roots[i.w]);
}

fn lab_of(words: vec4u) -> Lab8 {
  let i = lab_indices(red4(words), green4(words), blue4(words));
  return lab_bytes(cube_roots_at(i.x), cube_roots_at(i.y), cube_roots_at(i.z));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let x = i32(id.x) * 4;
  let top = params.first_row + i32(id.y) * STRIP_ROWS;
  let bottom = select(top, min(top + STRIP_ROWS, params.end_row), x < params.width);
  let columns = window_columns(x, params.width);
  let exists = bits4(vec4i(x) + vec4i(0, 1, 2, 3) < vec4i(params.width));
  var r0 = Row();
  var r1 = row_at(columns, top - 2);
  var r2 = row_at(columns, top - 1);
  var r3 = row_at(columns, top);
  var r4 = row_at(columns, top + 1);
  var all = vec4u(0u);
  var person = vec4u(0u);
  for (var y = top; y < bottom; y += 1) {
    r0 = r1;
    r1 = r2;
    r2 = r3;
    r3 = r4;
    r4 = row_at(columns, y + 2);
    let unlike = dissimilarity(r0.moments, r1.moments, r2.moments, r3.moments, r4.moments);
    let root = exact_root4(lab_distance_squared(lab_of(r2.a), lab_of(r2.b)));
    let terms = RaimTerms(
      squared_error4(r2.a, r2.b), whole4(clamp(unlike, vec4f(0.0), vec4f(2.0)) * UNIT_SCALE),
      whole4(root.whole) | vec4u(0x10000u), whole4(root.fraction * UNIT_SCALE));
    let byte = u32(y * params.width + x - params.mask_origin);
    let inside = inside4(byte, mask[byte >> 2u], mask[(byte >> 2u) + 1u]);
    all += kept(terms, exists);
    person += kept(terms, exists & inside);
  }
  let slot = (id.y * groups.x * 64u + id.x) * 2u;
  partials[slot] = all;
  partials[slot + 1u] = select(vec4u(0u), person, params.has_mask != 0u);
}
