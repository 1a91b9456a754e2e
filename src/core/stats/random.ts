/** A source of numbers that look random and are the same for the same seed, in every browser. */
export interface Random {
  /** Uniform in [0, 1), 32 bits fine. */
  next(): number;
  /** A whole number from 0 to `below` - 1, each as likely as the others. */
  below(below: number): number;
}

const TWO_32 = 2 ** 32;

/** FNV-1a over the UTF-16 units of a text: a seed for every name. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** One step of SplitMix32 (Steele, Lea and Flood 2014, in 32 bits): fills a generator's state. */
function splitMix(state: number): number {
  let z = (state + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));

/**
 * xoshiro128** (Blackman and Vigna 2018), seeded by SplitMix32. Good enough for resampling and
 * shuffling; not for secrets.
 * @param seed a whole number, or any text
 */
export function makeRandom(seed: number | string): Random {
  const start = typeof seed === 'string' ? seedOf(seed) : seed >>> 0;
  const seeded = (i: number) => splitMix((start + i * 0x9e3779b9) >>> 0);
  // Four plain numbers: resampling draws millions of times.
  let [a, b, c, d] = [seeded(0), seeded(1), seeded(2), seeded(3)];
  const draw = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const c1 = c ^ a;
    const d1 = d ^ b;
    a = (a ^ d1) >>> 0;
    c = (c1 ^ (b << 9)) >>> 0;
    b = (b ^ c1) >>> 0;
    d = rotate(d1, 11) >>> 0;
    return result;
  };
  return {
    next: () => draw() / TWO_32,
    below(below) {
      // Draws from the uneven rest are thrown away, so that no number is favoured.
      const limit = TWO_32 - (TWO_32 % below);
      let value = draw();
      while (value >= limit) value = draw();
      return value % below;
    },
  };
}

/** The items in an order drawn by `random` (Fisher and Yates); the given list stays as it is. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
