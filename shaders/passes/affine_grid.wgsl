// use: pixel, band, faults, bilinear

// A picture through a grid of affine colour transforms [12, rows, columns], bilinear between cells,
// which lie at the centres of their shares of the picture.

struct Grid {
  rows: u32,
  columns: u32,
}

@group(0) @binding(0) var<uniform> band: Band;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;
@group(0) @binding(3) var<uniform> grid: Grid;
@group(0) @binding(4) var<storage, read> values: array<f32>;
// Values that were not a number, and values more than 0.001 outside [0, 1].
@group(0) @binding(5) var<storage, read_write> faults: array<atomic<u32>, 2>;

/// One row of a cell's matrix: for output channel k.
fn row_at(k: u32, cell: u32) -> vec4f {
  let plane = grid.rows * grid.columns;
  let at = 4u * k * plane + cell;
  return vec4f(values[at], values[at + plane], values[at + 2u * plane], values[at + 3u * plane]);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let y = band.first_row + id.y;
  if (id.x >= band.width || y >= band.end_row) {
    return;
  }
  let across = cells_around(id.x, band.width, grid.columns);
  let down = cells_around(y, band.height, grid.rows);
  let upper = down.first * grid.columns;
  let lower = down.second * grid.columns;
  let pixel = y * band.width + id.x;
  let colour = vec4f(vec3f(unpack_rgb(source[pixel - band.source_origin])) / 255.0, 1.0);
  var rgb = vec3f(0.0);
  for (var k = 0u; k < 3u; k += 1u) {
    let top = mix(row_at(k, upper + across.first), row_at(k, upper + across.second), across.fraction);
    let bottom = mix(row_at(k, lower + across.first), row_at(k, lower + across.second), across.fraction);
    rgb[k] = dot(mix(top, bottom, down.fraction), colour);
  }
  let wrong = faults_of(rgb);
  if (wrong.x > 0u) {
    atomicAdd(&faults[0], wrong.x);
  }
  if (wrong.y > 0u) {
    atomicAdd(&faults[1], wrong.y);
  }
  result[pixel - band.target_origin] = pack_rgb(levels_of(rgb));
}
