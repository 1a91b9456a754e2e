// use: pixel, band, faults

// A picture through a 3-D look-up table, by tetrahedral interpolation: four points of a cell, with
// the differences of the sorted fractions as weights.

struct Table {
  // Place of a level along a side, in points: scale * level + offset.
  scale: vec3f,
  size: u32,
  offset: vec3f,
}

@group(0) @binding(0) var<uniform> band: Band;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;
@group(0) @binding(3) var<uniform> table: Table;
@group(0) @binding(4) var<storage, read> values: array<f32>; // [3, blue, green, red]
// Values that were not a number, and values more than 0.001 outside [0, 1].
@group(0) @binding(5) var<storage, read_write> faults: array<atomic<u32>, 2>;

fn colour_at(point: u32) -> vec3f {
  let plane = table.size * table.size * table.size;
  return vec3f(values[point], values[plane + point], values[2u * plane + point]);
}

fn look_up(levels: vec3u) -> vec3f {
  let last = table.size - 1u;
  let place = clamp(table.scale * vec3f(levels) + table.offset, vec3f(0.0), vec3f(f32(last)));
  let cell = min(vec3u(place), vec3u(last - 1u));
  let f = place - vec3f(cell);
  let strides = vec3u(1u, table.size, table.size * table.size);
  // Where two fractions are equal, either order gives the same colour.
  let first = select(select(2u, 1u, f.g >= f.b), select(2u, 0u, f.r >= f.b), f.r >= f.g);
  let final_axis = select(select(0u, 1u, f.g < f.r), select(0u, 2u, f.b <= f.r), f.b <= f.g);
  let most = max(f.r, max(f.g, f.b));
  let least = min(f.r, min(f.g, f.b));
  let middle = f.r + f.g + f.b - most - least;
  let corner = dot(cell, strides);
  let opposite = corner + strides.x + strides.y + strides.z;
  return (1.0 - most) * colour_at(corner)
    + (most - middle) * colour_at(corner + strides[first])
    + (middle - least) * colour_at(opposite - strides[final_axis])
    + least * colour_at(opposite);
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= band.width || band.first_row + id.y >= band.end_row) {
    return;
  }
  let pixel = (band.first_row + id.y) * band.width + id.x;
  let rgb = look_up(unpack_rgb(source[pixel - band.source_origin]));
  let wrong = faults_of(rgb);
  if (wrong.x > 0u) {
    atomicAdd(&faults[0], wrong.x);
  }
  if (wrong.y > 0u) {
    atomicAdd(&faults[1], wrong.y);
  }
  result[pixel - band.target_origin] = pack_rgb(levels_of(rgb));
}
