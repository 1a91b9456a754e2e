import { describe, expect, it } from 'vitest';
import { infer } from '../../src/models/onnx/inspect/infer.ts';
import { readModel } from '../../src/models/onnx/inspect/readModel.ts';
import { value } from '../../src/models/onnx/inspect/shapes/value.ts';
import { dropped, type ModelSpec, modelBytes } from '../helpers/onnxModel.ts';

async function followed(spec: ModelSpec) {
  const { name, file } = dropped(modelBytes(spec));
  const model = await readModel(file, name);
  const feeds = new Map(
    model.graph.inputs.map((port) => [port.name, value(port.type, (port.dims ?? []).map(Number))]),
  );
  return infer(model, feeds);
}

const macs = async (spec: ModelSpec) => (await followed(spec)).macs;

describe('multiply-accumulates, by hand', () => {
  it('of a convolution: 3·3·16 for each of 8·20·30 values', async () => {
    const nodes = [{ op: 'Conv', in: ['x', 'w'], out: ['y'], with: { pads: [1, 1, 1, 1] } }];
    const spec = { nodes, inputs: { x: [1, 16, 20, 30] }, weights: { w: [8, 16, 3, 3] } };
    expect(await macs(spec)).toBe(691_200);
  });

  it('of a strided convolution: 4·4·3 for each of 32·10·15 values', async () => {
    const window = { pads: [1, 1, 1, 1], strides: [2, 2] };
    const nodes = [{ op: 'Conv', in: ['x', 'w'], out: ['y'], with: window }];
    const spec = { nodes, inputs: { x: [1, 3, 20, 30] }, weights: { w: [32, 3, 4, 4] } };
    expect(await macs(spec)).toBe(230_400);
  });

  it('of a depth-wise convolution: 3·3·1 for each of 64·10·10 values', async () => {
    const window = { pads: [1, 1, 1, 1], group: 64 };
    const nodes = [{ op: 'Conv', in: ['x', 'w'], out: ['y'], with: window }];
    const spec = { nodes, inputs: { x: [1, 64, 10, 10] }, weights: { w: [64, 1, 3, 3] } };
    expect(await macs(spec)).toBe(57_600);
  });

  it('of a transposed convolution: each of 16·10·12 values goes to 2·2·8', async () => {
    const nodes = [{ op: 'ConvTranspose', in: ['x', 'w'], out: ['y'], with: { strides: [2, 2] } }];
    const spec = { nodes, inputs: { x: [1, 16, 10, 12] }, weights: { w: [16, 8, 2, 2] } };
    expect(await macs(spec)).toBe(61_440);
  });

  it('of a Gemm: 7 rows, 5 columns, 11 between, also turned', async () => {
    const gemm = (attributes: Record<string, number>, a: number[], b: number[]) =>
      macs({
        nodes: [{ op: 'Gemm', in: ['x', 'w'], out: ['y'], with: attributes }],
        inputs: { x: a },
        weights: { w: b },
      });
    expect(await gemm({}, [7, 11], [11, 5])).toBe(385);
    expect(await gemm({ transA: 1, transB: 1 }, [11, 7], [5, 11])).toBe(385);
  });

  it('of attention: two stacks of products, 4 heads, 60 tokens of 8 values', async () => {
    const inputs = { q: [1, 4, 60, 8], k: [1, 4, 8, 60], v: [1, 4, 60, 8] };
    const nodes = [
      { op: 'MatMul', in: ['q', 'k'], out: ['scores'] },
      { op: 'Softmax', in: ['scores'], out: ['weights'] },
      { op: 'MatMul', in: ['weights', 'v'], out: ['y'] },
    ];
    // 4·60·60·8 twice; the softmax counts nothing.
    expect(await macs({ nodes, inputs })).toBe(230_400);
  });

  it('of an Einsum: the product of its axes', async () => {
    const nodes = [
      { op: 'Einsum', in: ['x', 'w'], out: ['y'], with: { equation: 'bchw,dc->bdhw' } },
    ];
    const spec = { nodes, inputs: { x: [1, 3, 4, 5] }, weights: { w: [7, 3] } };
    expect(await macs(spec)).toBe(420);
  });

  it('of what is element by element: none', async () => {
    const nodes = [
      { op: 'Mul', in: ['x', 'x'], out: ['a'] },
      { op: 'GlobalAveragePool', in: ['a'], out: ['b'] },
      { op: 'Add', in: ['a', 'b'], out: ['y'] },
    ];
    expect(await macs({ nodes, inputs: { x: [1, 3, 8, 8] } })).toBe(0);
  });
});

describe('the peak of intermediate tensors, by hand', () => {
  const inputs = { x: [1, 4, 10, 10] };
  const PLANE = 4 * 10 * 10 * 4;
  const step = (from: string, to: string, op = 'Relu') => ({ op, in: [from], out: [to] });

  it('is two tensors along a chain, since each is read once', async () => {
    const nodes = [step('x', 'a'), step('a', 'b'), step('b', 'c'), step('c', 'y')];
    const found = await followed({ nodes, inputs, outputs: { y: null } });
    expect(found.peakActivationBytes).toBe(2 * PLANE);
  });

  it('is three where a skip connection keeps the first', async () => {
    const nodes = [step('x', 'a'), step('a', 'b'), { op: 'Add', in: ['b', 'x'], out: ['y'] }];
    const found = await followed({ nodes, inputs, outputs: { y: null } });
    expect(found.peakActivationBytes).toBe(3 * PLANE);
  });

  it('takes a reshape for the same memory and a constant for none', async () => {
    const nodes = [
      { op: 'Reshape', in: ['x', 'flat'], out: ['a'] },
      { op: 'MatMul', in: ['a', 'w'], out: ['y'] },
    ];
    const found = await followed({
      nodes,
      inputs,
      integers: { flat: [1, 400] },
      weights: { w: [400, 2] },
      outputs: { y: null },
    });
    expect(found.peakActivationBytes).toBe(PLANE + 2 * 4);
  });

  it('counts half precision by its two bytes', async () => {
    const nodes = [step('x', 'a'), step('a', 'y')];
    const found = await followed({ nodes, inputs, outputs: { y: null }, element: 10 });
    expect(found.peakActivationBytes).toBe(PLANE);
  });
});
