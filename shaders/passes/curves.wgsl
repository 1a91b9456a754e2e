// use: pixel, band

// A picture with its levels looked up in a curve for each channel.

@group(0) @binding(0) var<uniform> band: Band;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;
@group(0) @binding(3) var<storage, read> curves: array<u32, 256>; // of all channels, as a pixel

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= band.width || band.first_row + id.y >= band.end_row) {
    return;
  }
  let pixel = (band.first_row + id.y) * band.width + id.x;
  let levels = unpack_rgb(source[pixel - band.source_origin]);
  let red = curves[levels.r] & 0xffu;
  let green = curves[levels.g] & 0xff00u;
  let blue = curves[levels.b] & 0xff0000u;
  result[pixel - band.target_origin] = red | green | blue | 0xff000000u;
}
