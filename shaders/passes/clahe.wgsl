// use: pixel, band, opencv_lab

// CLAHE on L of OpenCV's 8-bit Lab: L is looked up in the curves of the four tiles around the pixel
// and weighed in whole numbers, a and b stay. Everything equals the CPU twin to the last bit.

const TILES: u32 = 8u;

struct Tiles {
  width: u32,
  height: u32,
}

@group(0) @binding(0) var<uniform> band: Band;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;
@group(0) @binding(3) var<uniform> tiles: Tiles;
@group(0) @binding(4) var<storage, read> curves: array<u32>; // 64 curves of 256 bytes, four a word
@group(0) @binding(5) var<storage, read> cube_roots: array<f32>;
@group(0) @binding(6) var<storage, read> lightness: array<vec2i, 256>; // Y and f(Y) of L, 2^-14
@group(0) @binding(7) var<storage, read> cubes: array<i32>; // X of f(X) + 8145, 2^-14
@group(0) @binding(8) var<storage, read> srgb: array<u32, 4096>; // byte of linear light

fn lab_of(rgb: vec3u) -> vec3i {
  let at = cube_root_indices(vec3f(rgb));
  let lab = lab_bytes(vec3f(cube_roots[at.x], cube_roots[at.y], cube_roots[at.z]));
  return vec3i(lab) + vec3i(0, 128, 128);
}

fn curve(row: u32, column: u32, level: u32) -> u32 {
  let byte = (row * TILES + column) * 256u + level;
  return (curves[byte >> 2u] >> ((byte & 3u) * 8u)) & 255u;
}

fn equalised(x: u32, y: u32, level: u32) -> u32 {
  let double = vec2u(2u * tiles.width, 2u * tiles.height);
  let place = 2u * vec2u(x, y) + vec2u(tiles.width, tiles.height);
  let second = place / double;
  let f = place - second * double;
  let after = min(second, vec2u(TILES - 1u));
  let before = max(second, vec2u(1u)) - 1u;
  let upper = curve(before.y, before.x, level) * (double.x - f.x) + curve(before.y, after.x, level) * f.x;
  let lower = curve(after.y, before.x, level) * (double.x - f.x) + curve(after.y, after.x, level) * f.x;
  let whole = double.x * double.y;
  let sum = upper * (double.y - f.y) + lower * f.y + whole / 2u;
  let rounded = sum / whole;
  return select(rounded, rounded & ~1u, sum % whole == 0u);
}

fn srgb_byte(light: i32) -> u32 {
  return srgb[clamp((light + 8192) >> 14u, 0, 4095)];
}

fn rgb_of(lab: vec3i) -> vec3u {
  let y = lightness[lab.x];
  let x = cubes[y.y + ((5 * lab.y * 53687 + 128) >> 13u) - 4194 + 8145];
  let z = cubes[y.y - ((lab.z * 41943 + 16) >> 9u) + 10484 + 8145];
  return vec3u(srgb_byte(12615 * x - 6296 * y.x - 2223 * z), srgb_byte(-3773 * x + 7684 * y.x + 185 * z),
               srgb_byte(217 * x - 836 * y.x + 4715 * z));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let y = band.first_row + id.y;
  if (id.x >= band.width || y >= band.end_row) {
    return;
  }
  let pixel = y * band.width + id.x;
  let lab = lab_of(unpack_rgb(source[pixel - band.source_origin]));
  let l = equalised(id.x, y, u32(lab.x));
  result[pixel - band.target_origin] = pack_rgb(rgb_of(vec3i(i32(l), lab.yz)));
}
