// use: pixel, float_lab, ciede2000, sum_params

// CIE76 and CIEDE2000 colour differences on float L*a*b* (D65). One invocation walks down one column
// of a strip of rows. Differences are summed in fixed point: in any order of adding the same.

override STRIP_ROWS: i32;
override WITH_CIEDE2000: bool; // without, its sums stay 0

@group(0) @binding(0) var<uniform> params: SumParams;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read> mask: array<u32>; // four bytes a word
@group(0) @binding(4) var<storage, read> linear_light: array<u32>; // of 256 levels, units of 2^-32
// For each strip and column: (whole CIE76 | pixels << 16, its fraction in units of 2^-24, whole
// CIEDE2000, its fraction) of all pixels, then of those inside the mask.
@group(0) @binding(5) var<storage, read_write> partials: array<vec4u>;

fn linear_of(word: u32) -> vec3u {
  let rgb = unpack_rgb(word);
  return vec3u(linear_light[rgb.r], linear_light[rgb.g], linear_light[rgb.b]);
}

fn difference(a: vec3u, b: vec3u) -> vec3f {
  return select(vec3f(a - b), -vec3f(b - a), a < b) / 4294967296.0;
}

fn fixed(value: f32) -> vec2u {
  let whole = floor(value);
  return vec2u(u32(whole), u32((value - whole) * 16777216.0));
}

fn is_inside(pixel: i32) -> bool {
  let byte = u32(pixel - params.mask_origin);
  return params.has_mask != 0u && ((mask[byte >> 2u] >> ((byte & 3u) * 8u)) & 255u) == 1u;
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
    let a = linear_of(output[pixel - params.output_origin]);
    let b = linear_of(truth[pixel - params.truth_origin]);
    let p = lab_from_linear(vec3f(a) / 4294967296.0);
    let q = lab_from_linear(vec3f(b) / 4294967296.0);
    let d = lab_difference(p, q, difference(a, b));
    let cie76 = fixed(sqrt(d.x * d.x + d.y * d.y + d.z * d.z));
    var term = vec4u(cie76.x | 0x10000u, cie76.y, 0u, 0u);
    if (WITH_CIEDE2000) {
      term = vec4u(term.xy, fixed(ciede2000(p, q, d)));
    }
    all += term;
    person += select(vec4u(0u), term, is_inside(pixel));
  }
  let slot = (id.y * groups.x * 64u + id.x) * 2u;
  partials[slot] = all;
  partials[slot + 1u] = person;
}
