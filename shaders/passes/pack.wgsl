// use: pixel, reflect

// A rectangle of a picture as float32 planar RGB [3, height, width] in [0, 1], the layout of the
// restoration networks. Right of and below the picture its pixels are mirrored.

struct Params {
  picture_width: u32,
  picture_height: u32,
  // Pixel index y * picture_width + x that lies at the start of the picture's binding.
  origin: u32,
  x0: u32,
  y0: u32,
  tile_width: u32,
  tile_height: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> picture: array<u32>;
@group(0) @binding(2) var<storage, read_write> tile: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.tile_width) {
    return;
  }
  let x = reflect_index(params.x0 + id.x, params.picture_width);
  let y = reflect_index(params.y0 + id.y, params.picture_height);
  let rgb = vec3f(unpack_rgb(picture[y * params.picture_width + x - params.origin])) / 255.0;
  let plane = params.tile_width * params.tile_height;
  let at = id.y * params.tile_width + id.x;
  tile[at] = rgb.r;
  tile[plane + at] = rgb.g;
  tile[2u * plane + at] = rgb.b;
}
