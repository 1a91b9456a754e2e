// use: pixel, byte_rgb, luma2, opencv_lab, float_lab, ciede2000

// What a metric sees at every pixel: a Delta E, an absolute or a signed error. One invocation a pixel.

struct Params {
  width: u32,
  first_row: u32, // rows [first_row, end_row) become rows 0, 1, … of the map
  end_row: u32,
  output_origin: u32, // pixel index y * width + x at the start of each binding
  truth_origin: u32,
}

// 0: Delta E (OpenCV 8-bit), 1: CIEDE2000, 2: mean absolute error of R, G, B, 3: luma of the output
// less that of the truth. Errors are in 8-bit levels.
override KIND: u32;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> output: array<u32>;
@group(0) @binding(2) var<storage, read> truth: array<u32>;
@group(0) @binding(3) var<storage, read> cube_roots: array<f32, 2041>; // whole numbers
@group(0) @binding(4) var<storage, read> linear_light: array<u32>; // of 256 levels, units of 2^-32
@group(0) @binding(5) var<storage, read_write> map: array<f32>;

fn lab8_of(word: u32) -> vec3f {
  let i = cube_root_indices(byte_rgb(word));
  return lab_bytes(vec3f(cube_roots[i.x], cube_roots[i.y], cube_roots[i.z]));
}

fn linear_of(word: u32) -> vec3u {
  let rgb = unpack_rgb(word);
  return vec3u(linear_light[rgb.r], linear_light[rgb.g], linear_light[rgb.b]);
}

fn ciede2000_of(output_word: u32, truth_word: u32) -> f32 {
  let a = linear_of(output_word);
  let b = linear_of(truth_word);
  let d = select(vec3f(a - b), -vec3f(b - a), a < b) / 4294967296.0;
  let p = lab_from_linear(vec3f(a) / 4294967296.0);
  let q = lab_from_linear(vec3f(b) / 4294967296.0);
  return ciede2000(p, q, lab_difference(p, q, d));
}

fn value_of(a: u32, b: u32) -> f32 {
  switch KIND {
    case 0u: {
      return sqrt(length_squared(lab8_of(a) - lab8_of(b)));
    }
    case 1u: {
      return ciede2000_of(a, b);
    }
    case 2u: {
      let d = abs(vec3f(unpack_rgb(a)) - vec3f(unpack_rgb(b)));
      return (d.r + d.g + d.b) / 3.0;
    }
    default: {
      let luma = luma2(vec2u(a, b));
      return (luma.x - luma.y) / 1000.0;
    }
  }
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let y = params.first_row + id.y;
  if (id.x >= params.width || y >= params.end_row) {
    return;
  }
  let pixel = y * params.width + id.x;
  map[id.y * params.width + id.x] =
    value_of(output[pixel - params.output_origin], truth[pixel - params.truth_origin]);
}
