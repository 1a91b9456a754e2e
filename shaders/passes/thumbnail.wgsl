// use: pixel, coverage

// The whole picture averaged to float32 planar RGB [3, height, width] in [0, 1]; pixels that a cell
// cuts count by the fraction inside. Sums of pixels of equal weight stay whole numbers until the
// very end, so a cell of thousands of pixels is as exact as one of four.

struct Params {
  picture_width: u32,
  picture_height: u32,
  // Pixel index y * picture_width + x that lies at the start of the picture's binding.
  origin: u32,
  width: u32,
  height: u32,
  // The rows of cells that this dispatch makes: [first_row, end_row).
  first_row: u32,
  end_row: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> picture: array<u32>;
@group(0) @binding(2) var<storage, read_write> thumbnail: array<f32>;

fn rgb_at(pixel: u32) -> vec3u {
  return unpack_rgb(picture[pixel - params.origin]);
}

/// Sums over some rows, apart for the columns' three weights.
struct Sums {
  head: vec3u,
  middle: vec3u,
  tail: vec3u,
}

fn sum_rows(first: u32, end: u32, across: Coverage) -> Sums {
  var sums = Sums(vec3u(0u), vec3u(0u), vec3u(0u));
  for (var y = first; y < end; y += 1u) {
    let row = y * params.picture_width;
    sums.head += rgb_at(row + across.first);
    for (var x = across.first + 1u; x < across.last; x += 1u) {
      sums.middle += rgb_at(row + x);
    }
    sums.tail += rgb_at(row + across.last);
  }
  return sums;
}

fn weigh(sums: Sums, across: Coverage) -> vec3f {
  return vec3f(sums.head) * f32(across.head)
    + vec3f(sums.middle) * f32(params.width)
    + vec3f(sums.tail) * f32(across.tail);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let cell = vec2u(id.x, params.first_row + id.y);
  if (cell.x >= params.width || cell.y >= params.end_row) {
    return;
  }
  let across = coverage(cell.x, params.picture_width, params.width);
  let down = coverage(cell.y, params.picture_height, params.height);
  let head = weigh(sum_rows(down.first, down.first + 1u, across), across);
  let middle = weigh(sum_rows(down.first + 1u, down.last, across), across);
  let tail = weigh(sum_rows(down.last, down.last + 1u, across), across);
  let sum = head * f32(down.head) + middle * f32(params.height) + tail * f32(down.tail);
  // The weights of a cell add up to picture_width across and picture_height down.
  let mean = sum / f32(params.picture_width) / f32(params.picture_height) / 255.0;
  let plane = params.width * params.height;
  let at = cell.y * params.width + cell.x;
  thumbnail[at] = mean.r;
  thumbnail[plane + at] = mean.g;
  thumbnail[2u * plane + at] = mean.b;
}
