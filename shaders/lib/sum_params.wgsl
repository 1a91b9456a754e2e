// What every shader that sums over a band of two pictures is told.

struct SumParams {
  width: i32,
  height: i32,
  first_row: i32, // rows [first_row, end_row) are summed; those a window needs around them are bound
  end_row: i32,
  output_origin: i32, // pixel index y * width + x at the start of each binding
  truth_origin: i32,
  mask_origin: i32,
  has_mask: u32,
}
