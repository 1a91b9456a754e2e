/// Rows [first_row, end_row) of two pictures of one size, each bound from the pixel
/// y * width + x = origin on.
struct Band {
  width: u32,
  height: u32,
  first_row: u32,
  end_row: u32,
  source_origin: u32,
  target_origin: u32,
}
