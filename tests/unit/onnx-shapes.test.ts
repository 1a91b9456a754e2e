import { describe, expect, it } from 'vitest';
import { infer } from '../../src/models/onnx/inspect/infer.ts';
import { readModel } from '../../src/models/onnx/inspect/readModel.ts';
import { value } from '../../src/models/onnx/inspect/shapes/value.ts';
import { dropped, graphBytes, type ModelSpec, modelBytes } from '../helpers/onnxModel.ts';

/** Follows the shapes of a model whose inputs are all fixed. */
async function followed(spec: ModelSpec) {
  const { name, file } = dropped(modelBytes(spec));
  const model = await readModel(file, name);
  const feeds = new Map(
    model.graph.inputs.map((port) => [port.name, value(port.type, (port.dims ?? []).map(Number))]),
  );
  return infer(model, feeds);
}

async function shapeOf(spec: ModelSpec) {
  return (await followed(spec)).values.get('y')?.shape;
}

const conv = (attributes: Record<string, number | readonly number[] | string>) => [
  { op: 'Conv', in: ['x', 'w'], out: ['y'], with: attributes },
];
const X = { x: [1, 16, 33, 50] };

describe('shapes of windows', () => {
  it.each([
    ['no padding', {}, [1, 8, 31, 48]],
    ['padding', { pads: [1, 1, 1, 1] }, [1, 8, 33, 50]],
    ['stride', { pads: [1, 1, 1, 1], strides: [2, 2] }, [1, 8, 17, 25]],
    ['dilation', { dilations: [2, 3] }, [1, 8, 29, 44]],
    ['unequal padding', { pads: [0, 1, 2, 3] }, [1, 8, 33, 52]],
    ['SAME_UPPER', { auto_pad: 'SAME_UPPER', strides: [2, 2] }, [1, 8, 17, 25]],
  ])('of a convolution with %s', async (_, attributes, shape) => {
    const spec = { nodes: conv(attributes), inputs: X, weights: { w: [8, 16, 3, 3] } };
    expect(await shapeOf(spec)).toEqual(shape);
  });

  it('of a grouped convolution', async () => {
    const spec = { nodes: conv({ group: 4 }), inputs: X, weights: { w: [8, 4, 3, 3] } };
    expect(await shapeOf(spec)).toEqual([1, 8, 31, 48]);
  });

  it('of a transposed convolution', async () => {
    const attributes = { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 0] };
    const nodes = [{ op: 'ConvTranspose', in: ['x', 'w'], out: ['y'], with: attributes }];
    // 2·32 + 3 − 2 + 1 and 2·49 + 3 − 2
    const spec = { nodes, inputs: X, weights: { w: [16, 4, 3, 3] } };
    expect(await shapeOf(spec)).toEqual([1, 4, 66, 99]);
  });

  it('of a pool that rounds up, but starts no window in the margin', async () => {
    const pool = (attributes: Record<string, number | readonly number[]>) =>
      shapeOf({
        nodes: [{ op: 'MaxPool', in: ['x'], out: ['y'], with: attributes }],
        inputs: { x: [1, 1, 5, 6] },
      });
    const kernel = { kernel_shape: [2, 2], strides: [2, 2] };
    expect(await pool(kernel)).toEqual([1, 1, 2, 3]);
    expect(await pool({ ...kernel, ceil_mode: 1 })).toEqual([1, 1, 3, 3]);
    expect(await pool({ ...kernel, ceil_mode: 1, pads: [1, 1, 1, 1] })).toEqual([1, 1, 3, 4]);
    const wide = { kernel_shape: [1, 1], strides: [2, 2], ceil_mode: 1, pads: [0, 0, 1, 1] };
    expect(await pool(wide)).toEqual([1, 1, 3, 3]);
  });

  it('finds that channels do not fit', async () => {
    const found = await followed({ nodes: conv({}), inputs: X, weights: { w: [8, 3, 3, 3] } });
    expect(found.conflict).toBe('Conv y: 16 channels into a filter of 3');
  });
});

describe('computed shapes', () => {
  it('follows Shape, Gather, Concat and Reshape, as exporters write view()', async () => {
    const nodes = [
      { op: 'Shape', in: ['x'], out: ['s'] },
      { op: 'Gather', in: ['s', 'one'], out: ['c'] },
      { op: 'Div', in: ['c', 'four'], out: ['heads'] },
      { op: 'Concat', in: ['one', 'heads', 'four', 'rest'], out: ['t'], with: { axis: 0 } },
      { op: 'Reshape', in: ['x', 't'], out: ['y'] },
    ];
    const integers = { one: [1], four: [4], rest: [-1] };
    const found = await followed({ nodes, inputs: X, integers });
    expect(found.values.get('y')?.shape).toEqual([1, 4, 4, 1650]);
    expect(found.stoppedAt).toBeNull();
  });

  it('keeps sides with 0 and finds that -1 has no whole answer', async () => {
    const reshape = (t: number[]) =>
      followed({
        nodes: [{ op: 'Reshape', in: ['x', 't'], out: ['y'] }],
        inputs: X,
        integers: { t },
      });
    expect((await reshape([0, 0, -1])).values.get('y')?.shape).toEqual([1, 16, 1650]);
    expect((await reshape([7, -1])).conflict).toMatch(/^Reshape y:/);
  });

  it('follows padding to a multiple, turned around as torch exports it', async () => {
    // pads in torch's order (last axis first): reshaped to pairs, reversed, transposed, flattened.
    const nodes = [
      { op: 'Reshape', in: ['p', 'pairs'], out: ['a'] },
      { op: 'Slice', in: ['a', 'last', 'first', 'zero', 'back'], out: ['b'] },
      { op: 'Transpose', in: ['b'], out: ['c'], with: { perm: [1, 0] } },
      { op: 'Reshape', in: ['c', 'flat'], out: ['d'] },
      { op: 'Pad', in: ['x', 'd'], out: ['y'], with: { mode: 'reflect' } },
    ];
    const integers = {
      p: [0, 6, 0, 7, 0, 0, 0, 0],
      pairs: [-1, 2],
      last: [-1],
      first: [-1000],
      zero: [0],
      back: [-1],
      flat: [-1],
    };
    expect(await shapeOf({ nodes, inputs: X, integers })).toEqual([1, 16, 40, 56]);
  });

  it('takes the branch of an If that follows from shapes', async () => {
    const branch = (size: number) =>
      graphBytes({
        nodes: [{ op: 'Reshape', in: ['x', 't'], out: ['r'] }],
        integers: { t: [size, -1] },
        outputs: { r: null },
      });
    const nodes = [
      { op: 'Size', in: ['x'], out: ['n'] },
      { op: 'Equal', in: ['n', 'many'], out: ['same'] },
      {
        op: 'If',
        in: ['same'],
        out: ['y'],
        with: { then_branch: branch(3), else_branch: branch(2) },
      },
    ];
    const inputs = { x: [1, 3, 4, 4] };
    expect(await shapeOf({ nodes, inputs, integers: { many: [48] } })).toEqual([3, 16]);
    expect(await shapeOf({ nodes, inputs, integers: { many: [47] } })).toEqual([2, 24]);
  });

  it('stops at what it does not know, and says where', async () => {
    const nodes = [
      { op: 'NonZero', in: ['x'], out: ['n'] },
      { op: 'Relu', in: ['n'], out: ['y'] },
    ];
    const found = await followed({ nodes, inputs: X });
    expect(found.stoppedAt?.operator).toBe('NonZero');
    expect(found.values.get('y')).toBeUndefined();
  });
});

describe('shapes of single operators', () => {
  it.each<[string, string[], Record<string, number | readonly number[] | string>, number[]]>([
    ['DepthToSpace', ['x'], { blocksize: 2 }, [1, 4, 66, 100]],
    ['Transpose', ['x'], { perm: [0, 2, 3, 1] }, [1, 33, 50, 16]],
    ['Resize', ['x', '', 'scales'], {}, [1, 16, 66, 75]],
    ['Resize', ['x', '', '', 'sizes'], {}, [1, 16, 7, 9]],
    ['Slice', ['x', 'from', 'to', 'axes'], {}, [1, 16, 31, 46]],
    ['Pad', ['x', 'pads'], {}, [1, 16, 35, 53]],
    ['Expand', ['x', 'wide'], {}, [5, 16, 33, 50]],
    ['Tile', ['x', 'times'], {}, [1, 16, 66, 150]],
    ['Unsqueeze', ['x', 'axes'], {}, [1, 16, 1, 1, 33, 50]],
    ['ReduceMean', ['x'], { axes: [2, 3] }, [1, 16, 1, 1]],
    ['ReduceMean', ['x'], { axes: [3], keepdims: 0 }, [1, 16, 33]],
    ['GlobalAveragePool', ['x'], {}, [1, 16, 1, 1]],
    ['Flatten', ['x'], { axis: 2 }, [16, 1650]],
    ['Add', ['x', 'row'], {}, [1, 16, 33, 50]],
    ['Gather', ['x', 'axes'], { axis: 1 }, [1, 2, 33, 50]],
    ['Einsum', ['x', 'x'], { equation: 'bchw,bdhw->bcd' }, [1, 16, 16]],
    ['Softmax', ['x'], {}, [1, 16, 33, 50]],
  ])('%s of %j with %j', async (op, inputs, attributes, shape) => {
    const found = await shapeOf({
      nodes: [{ op, in: inputs, out: ['y'], with: attributes }],
      inputs: X,
      floats: { scales: [1, 1, 2, 1.5], row: new Array<number>(50).fill(0) },
      integers: {
        sizes: [1, 16, 7, 9],
        from: [1, 2],
        to: [-1, -2],
        axes: [2, 3],
        pads: [0, 0, 0, 1, 0, 0, 2, 2],
        wide: [5, 1, 1, 1],
        times: [1, 1, 2, 3],
      },
    });
    expect(found).toEqual(shape);
  });

  it('splits equally, and by sizes', async () => {
    const split = async (sizes: readonly string[], integers: Record<string, number[]>) => {
      const nodes = [{ op: 'Split', in: ['x', ...sizes], out: ['y', 'z'], with: { axis: 1 } }];
      const { values } = await followed({ nodes, inputs: X, integers });
      return [values.get('y')?.shape[1], values.get('z')?.shape[1]];
    };
    expect(await split([], {})).toEqual([8, 8]);
    expect(await split(['sizes'], { sizes: [3, 13] })).toEqual([3, 13]);
  });
});
