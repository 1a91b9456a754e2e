import type { Call } from './shapes/call.ts';
import { einsumAxes } from './shapes/matrices.ts';
import { elementsOf, type Value } from './shapes/value.ts';

/*
 * Multiply-accumulates are counted by the field's usual rule (as ptflops, fvcore and the video
 * conferencing challenge's budget of 20·10⁹ have it): one multiplication with its addition is one.
 *  - Conv: values of the output × channels a group reads × kernel.
 *  - ConvTranspose: values of the input × channels a group writes × kernel.
 *  - MatMul and Gemm: values of the output × length of the inner side. Attention is two MatMuls.
 *  - Einsum of two factors: the product of all its axes' lengths.
 * Biases, activations, norms, pools, resampling and everything element by element count nothing.
 */

type Counter = (call: Call, output: Value) => number;

const filterAt =
  (index: number): Counter =>
  (call, output) => {
    const filter = call.input(index).shape;
    return elementsOf(output.shape) * elementsOf(filter.slice(1));
  };

const transposed: Counter = (call) =>
  elementsOf(call.input(0).shape) * elementsOf(call.input(1).shape.slice(1));

const product: Counter = (call, output) =>
  elementsOf(output.shape) * (call.input(0).shape.at(-1) ?? 1);

const gemm: Counter = (call, output) => {
  const turned = call.integer('transA', 0) === 1;
  return elementsOf(output.shape) * (call.input(0).shape[turned ? 0 : 1] ?? 1);
};

const einsum: Counter = (call) =>
  call.inputCount < 2 ? 0 : elementsOf([...einsumAxes(call).sides.values()]);

const COUNTERS: ReadonlyMap<string, Counter> = new Map(
  Object.entries({
    Conv: filterAt(1),
    FusedConv: filterAt(1),
    ConvInteger: filterAt(1),
    DeformConv: filterAt(1),
    QLinearConv: filterAt(3),
    ConvTranspose: transposed,
    MatMul: product,
    MatMulInteger: product,
    QLinearMatMul: product,
    Gemm: gemm,
    Einsum: einsum,
  }),
);

/** Multiply-accumulates of one node whose shapes are known. */
export function macsOf(call: Call, outputs: readonly Value[]): number {
  const [output] = outputs;
  const counter = COUNTERS.get(call.node.operator);
  return counter && output ? counter(call, output) : 0;
}
