/**
 * P(|T| < t) for Student's t with a whole number of degrees of freedom: the finite series of Abramowitz
 * and Stegun 26.7.3 and 26.7.4.
 */
function insideProbability(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(angle);
  const odd = degrees % 2 === 1;
  if (degrees === 1) return (2 * angle) / Math.PI;
  let term = odd ? cosine : 1;
  let sum = term;
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= (cosine ** 2 * (k - 1)) / k;
    sum += term;
  }
  const series = Math.sin(angle) * sum;
  return odd ? (2 / Math.PI) * (angle + series) : series;
}

const found = new Map<number, number>();

/**
 * The 97.5 % point of Student's t, to 12 digits: half of a 95 % interval in standard errors.
 * @param degrees of freedom, whole, from 1
 */
export function studentT975(degrees: number): number {
  const known = found.get(degrees);
  if (known !== undefined) return known;
  // 12.7 for one degree is the largest; halving the bracket this often leaves nothing to gain.
  let [low, high] = [1.9, 13];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (insideProbability(middle, degrees) < 0.95) low = middle;
    else high = middle;
  }
  found.set(degrees, low);
  return low;
}
