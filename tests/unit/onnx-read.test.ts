import { openAsBlob, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../src/models/onnx/inspect/readModel.ts';
import { writeOnnx } from '../../src/models/onnx/model.ts';
import { blobAccess } from '../../src/models/pytorch/randomAccess.ts';

describe('reading an ONNX file', () => {
  it('locates the weights of Flash S without reading them', async () => {
    const blob = await openAsBlob('public/models/flash-s.onnx');
    const access = blobAccess(blob);
    let read = 0;
    const counting = {
      size: access.size,
      read: (offset: number, length: number) => {
        read += length;
        return access.read(offset, length);
      },
    };
    const model = await readModel(counting, 'flash-s.onnx');
    expect(model.opsets.get('')).toBe(17);
    expect(model.producer).toMatch(/^pytorch/);
    expect(model.graph.nodes.length).toBeGreaterThan(100);
    const manifest = JSON.parse(readFileSync('public/models/manifest.json', 'utf8'));
    const large = [...model.graph.constants.values()].filter(({ bytes }) => bytes > 4096);
    const weights = large.reduce((sum, { bytes }) => sum + bytes / 4, 0);
    expect(weights).toBeGreaterThan(0.8 * manifest.models[0].parameters);
    expect(model.graph.inputs.map(({ name, dims }) => [name, dims])).toEqual([
      ['input', [1, 3, 'height', 'width']],
      ['thumbnail', [1, 3, 128, 128]],
      ['region', [4]],
    ]);
    expect(model.graph.constants.get('margin')?.values).toEqual([0, 0, 16, 16, 0, 0, 16, 16]);
    expect(large.every(({ values }) => values === null)).toBe(true);
    // A page for the header of each of some 300 tensors, and what is not weights.
    expect(read).toBeLessThan(blob.size / 2);
  });

  it('reads what Loupe itself writes', async () => {
    const bytes = writeOnnx({
      name: 'tiny',
      nodes: [
        {
          operator: 'Conv',
          inputs: ['x', 'w'],
          outputs: ['y'],
          attributes: { pads: [1, 1, 1, 1] },
        },
      ],
      constants: [{ name: 'w', shape: [3, 3, 3, 3], values: new Float32Array(81).fill(0.5) }],
      inputs: [{ name: 'x', shape: [1, 3, 'h', 'w'] }],
      outputs: [{ name: 'y', shape: [1, 3, 'h', 'w'] }],
      metadata: { author: 'Loupe' },
    });
    const model = await readModel(blobAccess(new Blob([bytes])), 'tiny.onnx');
    const node = model.graph.nodes[0];
    expect(node?.operator).toBe('Conv');
    expect(node?.attributes.get('pads')).toEqual({ kind: 'numbers', value: [1, 1, 1, 1] });
    expect(model.graph.constants.get('w')).toMatchObject({ dims: [3, 3, 3, 3], bytes: 324 });
    expect(model.metadata).toEqual({ author: 'Loupe' });
    expect(model.training).toBe(false);
  });
});
