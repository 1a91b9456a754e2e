import { describe, expect, it } from 'vitest';
import { readBuffer, readPicture, uploadPicture, writeBytes } from '../../src/gpu/buffers.ts';
import { SHADER_LIBRARY } from '../../src/gpu/library.ts';
import { composeShader } from '../../src/gpu/shader.ts';
import { noisePicture, openDevice } from './helpers.ts';

const context = await openDevice();

const PASSES = import.meta.glob<string>('../../shaders/passes/*.wgsl', {
  query: '?raw',
  import: 'default',
  eager: true,
});

describe('shader composer', () => {
  const library = {
    base: 'const BASE = 1;',
    left: '// use: base\nconst LEFT = BASE;',
    right: '// use: base\nconst RIGHT = BASE;',
    loop: '// use: pool\n',
    pool: '// use: loop\n',
  };

  it('leaves a source alone that uses nothing', () => {
    expect(composeShader('fn f() {}', library)).toBe('fn f() {}');
  });

  it('puts each library once in front of what uses it', () => {
    const code = composeShader('// use: left, right\n// use: base\nfn f() {}', library);
    const places = ['const BASE', 'const LEFT', 'const RIGHT', 'fn f'].map((text) =>
      code.indexOf(text),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(code.match(/const BASE/g)).toHaveLength(1);
  });

  it('names a library that does not exist', () => {
    expect(() => composeShader('// use: nothing', library)).toThrow('"nothing"');
  });

  it('names the way round a circle', () => {
    expect(() => composeShader('// use: loop', library)).toThrow('loop → pool → loop');
  });

  it.each(Object.entries(PASSES))('composes %s into WGSL without a message', async (_, source) => {
    const module = context.device.createShaderModule({
      code: composeShader(source, SHADER_LIBRARY),
    });
    const { messages } = await module.getCompilationInfo();
    expect(messages.map(({ message }) => message)).toEqual([]);
  });

  it('keeps libraries free of bindings and entry points', () => {
    expect(Object.keys(SHADER_LIBRARY).length).toBeGreaterThan(0);
    for (const text of Object.values(SHADER_LIBRARY)) {
      expect(text).not.toMatch(/@group|@binding|@compute|var<(uniform|storage|workgroup)/);
    }
  });
});

describe('pipeline cache', () => {
  const source =
    'override N: u32 = 1u;\n@compute @workgroup_size(N) fn main(@builtin(global_invocation_id) id: vec3u) { _ = id; }';

  it('compiles the same code with the same constants once', () => {
    const { pipelines } = context;
    const first = pipelines.compute('one', source, { N: 2 });
    expect(pipelines.compute('two', source, { N: 2 })).toBe(first);
    expect(pipelines.compute('three', source, { N: 4 })).not.toBe(first);
    expect(pipelines.compute('four', `${source}\n`, { N: 2 })).not.toBe(first);
  });
});

describe('buffers', () => {
  it.each([
    [1, 1],
    [3, 1],
    [5, 7],
  ])('give back a picture of %i × %i and have a size that is a multiple of 16', async (w, h) => {
    const picture = noisePicture(w, h, 11);
    const buffer = uploadPicture(context.device, 'picture', picture);
    expect(buffer.size % 16).toBe(0);
    expect(await readPicture(context.device, buffer, w, h)).toEqual(picture);
    buffer.destroy();
  });

  it.each([1, 2, 3, 4, 5, 11])('take %i bytes from the middle of an array', async (length) => {
    const data = Uint8Array.from({ length: 24 }, (_, i) => i + 1);
    const buffer = uploadPicture(context.device, 'bytes', noisePicture(4, 1, 1));
    writeBytes(context.device, buffer, data, 8, 8 + length);
    const back = new Uint8Array(await readBuffer(context.device, buffer, length));
    expect([...back]).toEqual([...data.subarray(8, 8 + length)]);
    buffer.destroy();
  });
});
