// use: pixel, luma, ssim5, lab8, exact_root

// PSNR, SSIM 5 x 5 and Delta E (OpenCV 8-bit) in one read of two pictures. One invocation walks down
// four columns of a strip of rows with the newest SSIM moments in registers, without any barrier.
// All sums are whole numbers, so they depend on no order of adding.

struct Params {
  width: i32,
  height: i32,
  first_row: i32, // rows [first_row, end_row) are summed; two more on either side must be bound
  end_row: i32,
  // Pixel index y * width + x that lies at the start of each binding.
  output_origin: i32,
  truth_origin: i32,
  mask_origin: i32,
  has_mask: u32,
}

override STRIP_ROWS: i32;
override DISSIMILARITY_SCALE: f32;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>; // four bytes a word
@group(0) @binding(4) var<storage, read> tables: array<u32>; // 256 linear-light, then 2041 cube-root
// For each strip and four columns: (squared error, 1 - SSIM in units of 1 / DISSIMILARITY_SCALE,
// whole Delta E | pixels << 16, Delta E fraction) of all pixels, then of those inside the mask.
@group(0) @binding(5) var<storage, read_write> partials: array<vec4u>;

fn luma_pair(x: i32, row: i32) -> vec2f {
  let pixel = row + clamp(x, 0, params.width - 1);
  let a = luma255000(output[pixel - params.output_origin]);
  let b = luma255000(truth[pixel - params.truth_origin]);
  return select(vec2f(0.0), vec2f(a, b), x >= 0 && x < params.width); // zero padding
}

/// Lumas at columns x..x+3: of the output, and of the ground truth.
fn luma_quads(x: i32, row: i32) -> mat2x4f {
  return transpose(mat4x2f(luma_pair(x, row), luma_pair(x + 1, row),
                           luma_pair(x + 2, row), luma_pair(x + 3, row)));
}

fn moments_at(x: i32, y: i32) -> RowMoments {
  if (y < 0 || y >= params.height) {
    return RowMoments();
  }
  let left = luma_quads(x - 2, y * params.width);
  let right = luma_quads(x + 2, y * params.width);
  return row_moments(left[0], right[0], left[1], right[1]);
}

fn lab_of(rgb: vec3u) -> vec3i {
  let xyz = lab_xyz(vec3u(tables[rgb.r], tables[rgb.g], tables[rgb.b])) + 256u;
  return lab_bytes(vec3u(tables[xyz.x], tables[xyz.y], tables[xyz.z]));
}

fn is_inside(pixel: i32) -> bool {
  let byte = u32(pixel - params.mask_origin);
  return params.has_mask != 0u && ((mask[byte >> 2u] >> ((byte & 3u) * 8u)) & 255u) == 1u;
}

/// One pixel's share of the sums; its dissimilarity is in fixed point already.
fn pixel_term(pixel: i32, unlike: u32) -> vec4u {
  let a = unpack_rgb(output[pixel - params.output_origin]);
  let b = unpack_rgb(truth[pixel - params.truth_origin]);
  let root = exact_root(squared_length(lab_of(a) - lab_of(b)));
  return vec4u(squared_length(vec3i(a) - vec3i(b)), unlike, root.x | 0x10000u, root.y);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let x = i32(id.x) * 4;
  let top = params.first_row + i32(id.y) * STRIP_ROWS;
  let bottom = select(top, min(top + STRIP_ROWS, params.end_row), x < params.width);
  var m0 = RowMoments();
  var m1 = moments_at(x, top - 2);
  var m2 = moments_at(x, top - 1);
  var m3 = moments_at(x, top);
  var m4 = moments_at(x, top + 1);
  var sums = array(vec4u(0u), vec4u(0u));
  for (var y = top; y < bottom; y += 1) {
    m0 = m1;
    m1 = m2;
    m2 = m3;
    m3 = m4;
    m4 = moments_at(x, y + 2);
    let unlike = clamp(dissimilarity(m0, m1, m2, m3, m4), vec4f(0.0), vec4f(2.0));
    let fixed = vec4u(unlike * DISSIMILARITY_SCALE + 0.5);
    for (var k = 0; k < min(4, params.width - x); k += 1) {
      let pixel = y * params.width + x + k;
      let term = pixel_term(pixel, fixed[k]);
      sums[0] += term;
      sums[1] += select(vec4u(0u), term, is_inside(pixel));
    }
  }
  let slot = (id.y * groups.x * 64u + id.x) * 2u;
  partials[slot] = sums[0];
  partials[slot + 1u] = sums[1];
}
