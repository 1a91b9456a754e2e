/**
 * Why a model is not taken. The message is the end of a sentence that begins with the file's name
 * ("face.onnx is cut short: …") and says what to do.
 */
export class OnnxRefusal extends Error {
  readonly kind: 'model-load' | 'missing-file' | 'too-large' | 'empty-file';

  constructor(message: string, kind: OnnxRefusal['kind'] = 'model-load') {
    super(message);
    this.name = 'OnnxRefusal';
    this.kind = kind;
  }
}

/** The file breaks the format somewhere inside. @param where what was being read */
export function damaged(where: string): OnnxRefusal {
  return new OnnxRefusal(
    `is damaged or not an ONNX model: ${where} cannot be read. Download it again or export it anew.`,
  );
}
