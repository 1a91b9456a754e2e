// use: byte_rgb, exact_root, mask_byte, opencv_lab, sum_params

// PSNR and Delta E (OpenCV 8-bit) in one read of two pictures. One invocation walks down one column
// of a strip of rows: its code fits the first-level instruction cache, which counts on SwiftShader.
// All sums are whole numbers, so they depend on no order of adding.

override STRIP_ROWS: i32;
override UNIT_SCALE: f32; // fixed-point units in 1

@group(0) @binding(0) var<uniform> params: SumParams;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>; // four bytes a word
@group(0) @binding(4) var<storage, read> cube_roots: array<f32, 2041>; // whole numbers
// For each strip and column: (squared error, pixels, whole Delta E, its fraction in fixed point) of
// all pixels, then of those inside the mask.
@group(0) @binding(5) var<storage, read_write> partials: array<vec4u>;

fn lab_of(rgb: vec3f) -> vec3f {
  let i = cube_root_indices(rgb);
  return lab_bytes(vec3f(cube_roots[i.x], cube_roots[i.y], cube_roots[i.z]));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let x = i32(id.x);
  let top = params.first_row + i32(id.y) * STRIP_ROWS;
  let bottom = select(top, min(top + STRIP_ROWS, params.end_row), x < params.width);
  var all = vec4u(0u);
  var person = vec4u(0u);
  for (var y = top; y < bottom; y += 1) {
    let pixel = y * params.width + x;
    let p = byte_rgb(output[pixel - params.output_origin]);
    let q = byte_rgb(truth[pixel - params.truth_origin]);
    let root = exact_root(length_squared(lab_of(p) - lab_of(q)));
    let term = vec4u(whole_number(length_squared(p - q)), 1u, whole_number(root.whole),
                     whole_number(root.fraction * UNIT_SCALE));
    let byte = u32(pixel - params.mask_origin);
    all += term;
    person += term * inside_bit(mask[byte >> 2u], byte);
  }
  let slot = (id.y * groups.x * 64u + id.x) * 2u;
  partials[slot] = all;
  partials[slot + 1u] = select(vec4u(0u), person, params.has_mask != 0u);
}
