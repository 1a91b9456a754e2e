import { run } from '../../cli/run.ts';
import type { Ended } from './cli.ts';

type Write = typeof process.stdout.write;

/** Keeps what is written to a stream instead of printing it, until `restore`. */
function capture(stream: NodeJS.WriteStream) {
  const write = stream.write;
  let text = '';
  const keep = (chunk: string | Uint8Array) => {
    text += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    return true;
  };
  stream.write = keep as Write;
  return {
    text: () => text,
    restore() {
      stream.write = write;
    },
  };
}

/** The command line inside this process: the same code without a second's start. */
export async function runHere(args: readonly string[]): Promise<Ended> {
  const stdout = capture(process.stdout);
  const stderr = capture(process.stderr);
  try {
    const code = await run(args);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
  }
}

/** Runs a command that must refuse its input: exit code 2, one line that says why, no data. */
export async function refusal(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runHere(args);
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  if (code !== 2 || stdout !== '' || !last.endsWith('.')) {
    throw new Error(`ended with ${code}: ${stdout}${stderr}`);
  }
  return last;
}
