// use: ssim5

/// The six columns that windows of five around columns x and x + 1 look at, moved into the picture,
/// and 1 where that changed nothing, 0 where the column lies beyond the picture's edge.
struct WindowColumns {
  first: vec2i,
  middle: vec2i,
  last: vec2i,
  first_exists: vec2f,
  middle_exists: vec2f,
  last_exists: vec2f,
}

fn exists(columns: vec2i, width: i32) -> vec2f {
  return select(vec2f(0.0), vec2f(1.0), (columns >= vec2i(0)) & (columns < vec2i(width)));
}

fn window_columns(x: i32, width: i32) -> WindowColumns {
  let middle = vec2i(x, x + 1);
  let edge = vec2i(width - 1);
  return WindowColumns(max(middle - 2, vec2i(0)), min(middle, edge), min(middle + 2, edge),
                       exists(middle - 2, width), exists(middle, width), exists(middle + 2, width));
}

/// Lumas of a picture in a row of the window.
struct Lumas {
  first: vec2f,
  middle: vec2f,
  last: vec2f,
}

/// Moments of the sum and the difference of two pictures. `row_exists` is 0 beyond the picture's top
/// and bottom and else 1: there, as left and right, everything is 0.
fn row_of(columns: WindowColumns, row_exists: f32, x: Lumas, y: Lumas) -> Row {
  let first = columns.first_exists * row_exists;
  let middle = columns.middle_exists * row_exists;
  let last = columns.last_exists * row_exists;
  return Row(
    row_moments((x.first + y.first) * first, (x.middle + y.middle) * middle, (x.last + y.last) * last),
    row_moments((x.first - y.first) * first, (x.middle - y.middle) * middle, (x.last - y.last) * last));
}
