/*
 * Bounds on what a model from a stranger may cost before any of it runs. All are far above what
 * networks for pictures have (Restormer: 2,000 nodes; a large diffusion U-Net: 10,000).
 */

/** Bytes of one file: protobuf itself ends at 2 GiB, and WebAssembly's memory soon after. */
export const MAX_FILE_BYTES = 2 ** 31 - 1;
/** Nodes in the graph, its branches and its functions together. */
export const MAX_NODES = 20_000;
/** Fields of the wire format that are looked at, all messages together. */
export const MAX_FIELDS = 2_000_000;
/** Graphs within graphs (If inside Loop inside …). */
export const MAX_GRAPH_DEPTH = 4;
/** UTF-8 bytes of a name; exporters write whole call paths into them. */
export const MAX_NAME_BYTES = 4_096;
/** Bytes of an attribute's text; longer ones are left out, not refused. */
export const MAX_TEXT_BYTES = 4_096;
export const MAX_METADATA = 64;
/** Bytes of one metadata text: a contract written by the exporter. */
export const MAX_METADATA_BYTES = 65_536;
export const MAX_RANK = 16;
/** Inputs or outputs of the network. */
export const MAX_PORTS = 64;
/** Elements of an integer tensor whose values are read: shapes, axes, split sizes, padding. */
export const MAX_INTEGERS = 1_024;
/** Elements of a floating tensor whose values are read: scales of Resize, means and deviations. */
export const MAX_FLOATS = 64;
/** Bytes read from all files, pages read twice included. */
export const MAX_BYTES_READ = 512 * 2 ** 20;
/** Nodes that shape inference looks at, calls of functions within functions included. */
export const MAX_INFERRED_NODES = 100_000;
/** Values of small constants that it follows, all nodes together. */
export const MAX_FOLDED_VALUES = 500_000;
