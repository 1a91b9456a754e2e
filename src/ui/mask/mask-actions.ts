import type { MaskAction } from './mask-keys.ts';
import type { MaskTool } from './mask-state.ts';

/** What the keys of mask editing do; the keys that are held end by `stroke.lift`. */
export function maskActions(tool: MaskTool): Readonly<Record<MaskAction, () => void>> {
  const { brush, stroke } = tool;
  return {
    'mask-brush': () => brush.setTool('brush'),
    'mask-eraser': () => brush.setTool('eraser'),
    'mask-lasso': () => brush.setTool('lasso'),
    'mask-side': () => brush.turn(),
    'mask-smaller': () => brush.stepSize(-1),
    'mask-larger': () => brush.stepSize(1),
    'mask-harder': () => brush.stepSoftness(-1),
    'mask-softer': () => brush.stepSoftness(1),
    'mask-left': () => stroke.step(-1, 0),
    'mask-right': () => stroke.step(1, 0),
    'mask-up': () => stroke.step(0, -1),
    'mask-down': () => stroke.step(0, 1),
    'mask-paint': () => stroke.press(),
    'mask-close': () => stroke.finish(),
    'mask-feather': () => tool.feather(),
    'mask-invert': () => tool.invert(),
    'mask-fill': () => tool.fill(true),
    'mask-clear': () => tool.fill(false),
    'mask-show': () => tool.setMaskShown(!tool.maskShown()),
    'mask-undo': () => tool.session()?.undo(),
    'mask-redo': () => tool.session()?.redo(),
    'mask-leave': () => tool.paint(null),
  };
}
