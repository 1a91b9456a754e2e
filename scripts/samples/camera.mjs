// The photographer's choices and the camera: exposes one linear render as a clean picture under a
// strong flash, and as a dim one under a weak flash with the noise of a small sensor.

/** @typedef {{ width: number, height: number, data: Float32Array }} Render 13 numbers a pixel */
/** @typedef {{ soft: number, bare: number, lamps: number, window: number }} Exposure share of each light group */
/** @typedef {{ exposure: Exposure, gain: number, blur: number, shot: number, read: number, seed: number }} Shot */

/** Counter-based generator (splitmix-like integer hash): the same seed gives the same stream anywhere. */
export function makeRandom(seed) {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/**
 * Adds the light groups of a render in the given shares.
 * @param {Render} render
 * @param {Exposure} e
 * @returns {Float32Array} linear RGB, 3 numbers a pixel
 */
export function expose(render, e) {
  const out = new Float32Array(render.width * render.height * 3);
  for (let i = 0, p = 0; i < out.length; i += 3, p += 13) {
    for (let c = 0; c < 3; c++) {
      out[i + c] =
        e.soft * render.data[p + c] +
        e.bare * render.data[p + 3 + c] +
        e.lamps * render.data[p + 6 + c] +
        e.window * render.data[p + 9 + c];
    }
  }
  return out;
}

/** Separable Gaussian blur of an image with `channels` interleaved channels, edges repeated. */
export function blur(image, width, height, channels, sigma) {
  const reach = Math.max(1, Math.ceil(sigma * 3));
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((a, b) => a + b, 0);
  const pass = (source, count, step, lines, lineStep) => {
    const out = new Float32Array(source.length);
    for (let l = 0; l < lines; l++) {
      for (let i = 0; i < count; i++) {
        for (let c = 0; c < channels; c++) {
          let sum = 0;
          for (let k = -reach; k <= reach; k++) {
            const j = Math.min(Math.max(i + k, 0), count - 1);
            sum += kernel[k + reach] * source[l * lineStep + j * step + c];
          }
          out[l * lineStep + i * step + c] = sum / total;
        }
      }
    }
    return out;
  };
  const rows = pass(image, width, channels, height, width * channels);
  return pass(rows, height, width * channels, width, channels);
}

/**
 * Sensor noise in linear light: variance `shot * signal + read^2`, a third of it smoothed over
 * neighbours as demosaicking does, and shared partly between the channels.
 */
function addNoise(image, width, height, shot) {
  const { normal } = makeRandom(shot.seed);
  const grain = new Float32Array(image.length);
  for (let i = 0; i < grain.length; i++) grain[i] = normal();
  const smooth = blur(grain, width, height, 3, 0.85);
  for (let i = 0; i < image.length; i += 3) {
    const common = normal();
    for (let c = 0; c < 3; c++) {
      const unit = 0.62 * grain[i + c] + 1.9 * smooth[i + c] + 0.25 * common;
      const deviation = Math.sqrt(shot.shot * Math.max(image[i + c], 0) + shot.read ** 2);
      image[i + c] += deviation * unit;
    }
  }
}

/** Linear up to the knee, then a shoulder that reaches 1 only at infinity. */
function shoulder(x) {
  const knee = 0.55;
  return x <= knee ? x : 1 - (1 - knee) * Math.exp(-(x - knee) / (1 - knee));
}

function encode(x) {
  const v = shoulder(Math.max(x, 0));
  return v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
}

/**
 * Linear RGB to 8-bit sRGB RGBA, through the same tone curve for both pictures of a pair. Half a level
 * of dither keeps smooth skies free of bands.
 */
export function develop(image, width, height) {
  const { uniform } = makeRandom(1);
  const out = new Uint8ClampedArray(width * height * 4);
  for (let i = 0, o = 0; i < image.length; i += 3, o += 4) {
    for (let c = 0; c < 3; c++) out[o + c] = Math.floor(255 * encode(image[i + c]) + uniform());
    out[o + 3] = 255;
  }
  return out;
}

/**
 * The dim photograph: weak light, a little lens softness, gain, noise.
 * @param {Render} render
 * @param {Shot} shot
 */
export function takeDim(render, shot) {
  const { width, height } = render;
  const image = blur(expose(render, shot.exposure), width, height, 3, shot.blur);
  for (let i = 0; i < image.length; i++) image[i] *= shot.gain;
  addNoise(image, width, height, shot);
  return develop(image, width, height);
}

/** The clean photograph under the strong flash. */
export function takeBright(render, exposure) {
  return develop(expose(render, exposure), render.width, render.height);
}

/** The sitter's coverage as 8-bit grey. */
export function takeMask(render) {
  const out = new Uint8Array(render.width * render.height);
  for (let i = 0; i < out.length; i++) out[i] = Math.round(255 * render.data[i * 13 + 12]);
  return out;
}
