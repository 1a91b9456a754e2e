/** What the viewer's benchmark does inside the page of the built app. */

const NAMES = ['001_input.jpg', '001_output.jpg', '001_gt.jpg', '001_mask.png'];
const MASK = 3;

/** Detail down to the pixel, as in a photograph with noise, so that nothing is spared. */
async function draw(width: number, height: number, seed: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2-D canvas');
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  let state = seed;
  for (let i = 0; i < words.length; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const inside = Math.hypot(x / width - 0.5, y / height - 0.5) < 0.3;
    const level = ((x >> 4) + (y >> 3) + seed * 9 + (state >>> 28)) & 127;
    const shown = seed === MASK ? (inside ? 255 : 0) : level;
    words[i] = 0xff000000 | (shown << 16) | (shown << 8) | shown;
  }
  context.putImageData(image, 0, 0);
  const type = seed === MASK ? 'image/png' : 'image/jpeg';
  return canvas.convertToBlob({ type, quality: 0.9 });
}

/** Puts a case of synthetic pictures and their mask into the page's file input. */
export async function addCase(width: number, height: number): Promise<void> {
  const transfer = new DataTransfer();
  for (const [seed, name] of NAMES.entries()) {
    transfer.items.add(new File([await draw(width, height, seed)], name));
  }
  const input = document.querySelector('[data-testid="file-input"]');
  if (!(input instanceof HTMLInputElement)) throw new Error('no file input');
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The link that was copied last. */
export function copiedLink(): Promise<string> {
  return navigator.clipboard.readText();
}

/** Follows a link to a view; resolves when it was read. */
export async function openLink(hash: string): Promise<void> {
  location.hash = hash;
  while (location.hash === hash) await frame();
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/**
 * Drags (a figure of eight, so that every frame uncovers something on two sides) or turns the wheel
 * in and out, once a frame.
 * @returns milliseconds from each frame to the next
 */
export async function frameTimes(gesture: 'pan' | 'zoom', frames: number): Promise<number[]> {
  const canvas = document.querySelector('.pane canvas');
  if (!canvas) throw new Error('no pane');
  const box = canvas.getBoundingClientRect();
  const [clientX, clientY] = [box.left + box.width / 2, box.top + box.height / 2];
  const point = (type: string, x: number, y: number) => {
    const place = { clientX: clientX + x, clientY: clientY + y, bubbles: true };
    canvas.dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: 'mouse', ...place }));
  };
  const act = (share: number) => {
    if (gesture === 'pan') {
      const angle = share * 4 * Math.PI;
      point('pointermove', 160 * Math.sin(angle), 90 * Math.sin(2 * angle));
      return;
    }
    const deltaY = share < 0.5 ? -40 : 40;
    const wheel = { deltaY, clientX, clientY, bubbles: true, cancelable: true };
    canvas.dispatchEvent(new WheelEvent('wheel', wheel));
  };
  if (gesture === 'pan') point('pointerdown', 0, 0);
  await frame();
  const times: number[] = [];
  let before = performance.now();
  for (let i = 0; i < frames; i += 1) {
    act(i / frames);
    await frame();
    times.push(performance.now() - before);
    before = performance.now();
  }
  if (gesture === 'pan') point('pointerup', 0, 0);
  return times;
}
