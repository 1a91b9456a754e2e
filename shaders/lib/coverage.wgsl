/// The source pixels that one of `to` equal intervals over `from` pixels covers, with whole-number
/// weights in units of 1/to pixel that add up to `from`: `head` for the first pixel, `to` for each
/// pixel strictly between first and last, `tail` for the last. `tail` is 0 where first is last.
struct Coverage {
  first: u32,
  last: u32,
  head: u32,
  tail: u32,
}

fn coverage(index: u32, from_size: u32, to_size: u32) -> Coverage {
  let start = index * from_size;
  let end = start + from_size;
  let first = start / to_size;
  let last = (end - 1u) / to_size;
  if (first == last) {
    return Coverage(first, last, from_size, 0u);
  }
  return Coverage(first, last, (first + 1u) * to_size - start, end - last * to_size);
}
