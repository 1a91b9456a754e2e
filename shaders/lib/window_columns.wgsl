/// The eight columns that windows of five around columns x..x+3 look at, moved into the picture, and
/// 1 where that changed nothing, 0 where the column lies beyond the picture's edge.
struct WindowColumns {
  first: vec4i,
  last: vec4i,
  first_exists: vec4f,
  last_exists: vec4f,
}

fn window_columns(x: i32, width: i32) -> WindowColumns {
  let left = vec4i(x) + vec4i(-2, -1, 0, 1);
  let first = clamp(left, vec4i(0), vec4i(width - 1));
  let last = min(left + 4, vec4i(width - 1));
  return WindowColumns(first, last, select(vec4f(0.0), vec4f(1.0), first == left),
                       select(vec4f(0.0), vec4f(1.0), last == left + 4));
}
