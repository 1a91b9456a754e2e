// use: pixel, luma, ssim5, lab8, exact_root

// PSNR, SSIM 5 x 5 and Delta E (OpenCV 8-bit) in one read of two pictures. One invocation walks down
// one column of one strip of rows with the five newest rows of SSIM moments in registers: no
// workgroup memory, no barriers. All sums are whole numbers, so they depend on no order of adding.

struct Params {
  width: u32,
  height: u32,
  // Rows [first_row, end_row) are summed; the pictures must be bound from two rows above to two below.
  first_row: u32,
  end_row: u32,
  // Pixel index y * width + x that lies at the start of each binding.
  output_origin: u32,
  truth_origin: u32,
  mask_origin: u32,
  has_mask: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>; // four bytes a word
@group(0) @binding(4) var<storage, read> tables: array<u32>; // 256 linear-light, then 2041 cube-root
// For each strip and column: (squared error, 1 - SSIM in 2^-25, whole Delta E | pixels << 16,
// Delta E fraction in 2^-24) of all pixels, then of those inside the mask.
@group(0) @binding(5) var<storage, read_write> partials: array<vec4u>;

// 32 rows keep every sum below 2^32 and the whole Delta E below 2^16.
const STRIP_ROWS: u32 = 32u;

fn luma_pair(x: i32, row: u32) -> vec2f {
  if (x < 0 || x >= i32(params.width)) {
    return vec2f(0.0); // zero padding
  }
  let pixel = row + u32(x);
  return vec2f(
    luma255000(output[pixel - params.output_origin]),
    luma255000(truth[pixel - params.truth_origin]),
  );
}

fn moments_at(x: i32, y: i32) -> vec4f {
  if (y < 0 || y >= i32(params.height)) {
    return vec4f(0.0);
  }
  let row = u32(y) * params.width;
  let left = array(luma_pair(x - 2, row), luma_pair(x - 1, row));
  let right = array(luma_pair(x + 1, row), luma_pair(x + 2, row));
  return row_moments(left[0], left[1], luma_pair(x, row), right[0], right[1]);
}

fn lab_of(rgb: vec3u) -> vec3i {
  let xyz = lab_xyz(vec3u(tables[rgb.r], tables[rgb.g], tables[rgb.b])) + 256u;
  return lab_bytes(vec3u(tables[xyz.x], tables[xyz.y], tables[xyz.z]));
}

fn is_inside(pixel: u32) -> bool {
  let byte = pixel - params.mask_origin;
  return params.has_mask != 0u && ((mask[byte >> 2u] >> ((byte & 3u) * 8u)) & 255u) == 1u;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.width) {
    return;
  }
  let x = i32(id.x);
  let top = i32(params.first_row + id.y * STRIP_ROWS);
  let bottom = min(top + i32(STRIP_ROWS), i32(params.end_row));
  var m0 = vec4f(0.0);
  var m1 = moments_at(x, top - 2);
  var m2 = moments_at(x, top - 1);
  var m3 = moments_at(x, top);
  var m4 = moments_at(x, top + 1);
  var whole = vec4u(0u);
  var inside = vec4u(0u);
  for (var y = top; y < bottom; y += 1) {
    m0 = m1;
    m1 = m2;
    m2 = m3;
    m3 = m4;
    m4 = moments_at(x, y + 2);
    let pixel = u32(y) * params.width + id.x;
    let a = unpack_rgb(output[pixel - params.output_origin]);
    let b = unpack_rgb(truth[pixel - params.truth_origin]);
    let unlike = clamp(dissimilarity(m0, m1, m2, m3, m4), 0.0, 2.0);
    let root = exact_root(squared_length(lab_of(a) - lab_of(b)));
    let error = squared_length(vec3i(a) - vec3i(b));
    let term = vec4u(error, u32(unlike * 33554432.0 + 0.5), root.x | 0x10000u, root.y);
    whole += term;
    inside += select(vec4u(0u), term, is_inside(pixel));
  }
  let slot = (id.y * params.width + id.x) * 2u;
  partials[slot] = whole;
  partials[slot + 1u] = inside;
}
