import { OnnxRefusal } from './refusal.ts';
import type { WireReader } from './wire.ts';

/** What people drop in place of a model, by how the file begins, and what to do. */
const OTHERS: readonly (readonly [start: string, message: string])[] = [
  [
    'version https://git-lfs',
    'is a pointer of Git LFS, not the model itself. Fetch the file (git lfs pull) or download it from its page.',
  ],
  ['<!', 'is a web page, not a model. Download the file itself.'],
  ['<html', 'is a web page, not a model. Download the file itself.'],
  [
    'PK\u0003\u0004',
    'is a zip archive or a PyTorch checkpoint, not an ONNX model. Unpack it, or export the network with tools/export_onnx.py.',
  ],
  [
    '\u0080\u0002',
    'is a PyTorch checkpoint, not an ONNX model. Export the network with tools/export_onnx.py.',
  ],
];

/** @throws {OnnxRefusal} for files of other kinds that are known by their first bytes */
export async function refuseOtherFormats(reader: WireReader): Promise<void> {
  const bytes = await reader.bytes({ start: 0, end: Math.min(32, reader.size) }, 'the file');
  const start = String.fromCharCode(...bytes);
  const other = OTHERS.find(([begins]) => start.toLowerCase().startsWith(begins.toLowerCase()));
  if (other) throw new OnnxRefusal(other[1]);
}
