/** Why a checkpoint cannot be read: the end of a sentence that begins with the file's name. */
export class CheckpointError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CheckpointError';
  }
}
