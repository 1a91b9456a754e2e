// OpenCV's 8-bit RGB to Lab conversion, in its own fixed-point integers. The two tables (linear
// light by byte, cube root by XYZ) are looked up by the caller, since a library has no bindings.

/// Indices 0..2040 into the cube-root table from linear R, G, B (table values 0..2040).
fn lab_xyz(linear: vec3u) -> vec3u {
  let x = dot(linear, vec3u(1777u, 1541u, 778u));
  let y = dot(linear, vec3u(871u, 2929u, 296u));
  let z = dot(linear, vec3u(73u, 448u, 3575u));
  return (vec3u(x, y, z) + 2048u) >> vec3u(12u);
}

/// (L, a, b), each 0..255, from cube-root table values 0..32768.
fn lab_bytes(f: vec3u) -> vec3i {
  let v = vec3i(f);
  let l = 296 * v.y - 1336934;
  let a = 500 * (v.x - v.y) + 4194304;
  let b = 200 * (v.y - v.z) + 4194304;
  return (vec3i(l, a, b) + 16384) >> vec3u(15u);
}
