import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  copySmallGolden,
  foldersIn,
  GOLDEN,
  runCli,
  temporaryFolder,
  writeFile,
} from '../helpers/cli.ts';
import { refusal, runHere } from '../helpers/cliHere.ts';

const root = temporaryFolder();
const IDS = /^(003|004|006|008)/;
const pictureBytes = readFileSync(join(GOLDEN, 'gt/003.png'));
let sets = 0;

/** A small set of its own, changed before it is scored. */
function changedSet(change: (folder: string) => void = () => undefined) {
  const folder = join(root, String(sets));
  sets += 1;
  copySmallGolden(folder, IDS);
  change(folder);
  const out = join(folder, 'out/scores');
  return { folder, out, args: ['score', ...foldersIn(folder), '--device', 'cpu', '--out', out] };
}

/** The sentence with which a set is refused; nothing may have been written. */
async function refused(change: (folder: string) => void, ...options: string[]): Promise<string> {
  const { folder, args } = changedSet(change);
  const sentence = await refusal([...args, ...options]);
  expect(existsSync(join(folder, 'out'))).toBe(false);
  return sentence;
}

const put = (name: string, content: string | Uint8Array) => (folder: string) => {
  writeFile(join(folder, name), content);
};
const remove = (name: string) => (folder: string) => rmSync(join(folder, name));

describe('score refuses a set', () => {
  it.each([
    ['a missing prediction', remove('output/004.png'), 'predictions are missing for 004'],
    ['an extra one', put('output/900.png', pictureBytes), 'predictions without ground truth: 900'],
    ['a duplicate ID', put('output/b/x003.jpg', ''), 'the ID 003 is there more than once'],
    ['a duplicate truth', put('gt/003.bmp', ''), 'among the ground truths (003.bmp, 003.png)'],
    ['another size', put('output/004.png', pictureBytes), 'Image 004: output/004.png is 97×61'],
    ['an empty file', put('output/004.png', ''), 'is empty (0 bytes)'],
    ['no image', put('gt/004.png', 'not a picture'), 'is not an image'],
    ['a cut file', put('output/003.png', pictureBytes.subarray(0, 600)), 'is damaged'],
    ['a damaged mask', put('mask_personmask/003.png', 'x'), 'is not an image'],
  ])('with %s', async (_, change, complaint) => {
    expect(await refused(change)).toContain(complaint);
  });

  it('for set errors outside the part that is scored', async () => {
    expect(await refused(remove('output/004.png'), '--shard', '1/4')).toContain('missing for 004');
  });

  it('where no image has a value, and writes nothing', async () => {
    const white = readFileSync(join(GOLDEN, 'mask_personmask/009.png'));
    const all = (folder: string) => {
      for (const id of ['003', '004', '006', '008'])
        put(`mask_personmask/${id}.png`, white)(folder);
    };
    expect(await refused(all)).toContain('No image has a value for PSNR_bg');
  });
});

describe('score refuses its options', () => {
  const nothing = () => undefined;

  it.each([
    [['--gt', 'x'], 'is given twice'],
    [['--device', 'tpu'], 'must be auto, cpu, gpu'],
    [['--colour'], 'There is no option --colour'],
    [['--lpips'], '--lpips needs a value'],
    [['extra'], '“extra” belongs to no option'],
    [['--shard', '0/2'], 'must be i/n'],
    [['--shard', '3/2'], 'must be i/n'],
    [['--lpips', 'nowhere.onnx'], 'it does not exist'],
    [['--lpips', 'a,b,c'], 'two weight files joined by a comma'],
    [['--lpips', join(GOLDEN, 'gt/003.png')], 'cannot be used as LPIPS'],
    [['--lpips', `${join(GOLDEN, 'gt/003.png')},${join(GOLDEN, 'gt/004.png')}`], '003.png'],
    [['--metrics', 'nowhere.csv'], 'it does not exist'],
  ])('%j', async (options, complaint) => {
    const { args } = changedSet(nothing);
    const given = options[0] === '--device' ? args.toSpliced(args.indexOf('--device'), 2) : args;
    expect(await refusal([...given, ...options])).toContain(complaint);
  });

  it.each([
    ['id,PSNR_bg\n', 'must be image_id'],
    ['image_id,PSNR\n', 'Unknown column'],
    ['image_id,PSNR_bg\n009,30\n', 'The image “009” in'],
    ['image_id,PSNR_bg\n003,30\n3,31\n', 'The image 003 is twice'],
    ['image_id,PSNR_bg\n003,high\n', 'PSNR_bg of image 003 in'],
  ])('the table %j', async (table, complaint) => {
    const file = writeFile(join(root, `table-${complaint.length}.csv`), table);
    expect(await refused(nothing, '--metrics', file)).toContain(complaint);
  });

  it('without a needed one, or with a folder that is not there', async () => {
    const { args } = changedSet(nothing);
    expect(await refusal(args.slice(0, -2))).toContain('--out is missing');
    const none = args.with(args.indexOf('--mask') + 1, join(root, 'none'));
    expect(await refusal(none)).toContain('The folder of masks');
  });

  it('in a process of its own with exit code 2', async () => {
    const { code, stdout, stderr } = await runCli(['score', '--gt', root]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('score', () => {
  it('lets empty cells keep what was measured, and N/A take it away', async () => {
    const { args, out } = changedSet();
    const table = 'image_id,sr_file,PSNR_bg,DeltaE_person\n3,a,20,\n006,b,,N/A\n';
    const file = writeFile(join(root, 'some.csv'), table);
    const { code, stderr } = await runHere([...args, '--metrics', file]);
    expect(code, stderr).toBe(0);
    const rows = readFileSync(join(out, 'per_image_scores.csv'), 'utf8').split('\r\n');
    expect(rows[1]).toMatch(/^003,003.png,003.png,20\.000000,0\.98210\d,3\.5136\d\d,N\/A$/);
    expect(rows[3]).toBe('006,006.png,006.png,100.000000,1.000000,N/A,N/A');
  });

  it('leaves no trace but its files where the folder was not there', async () => {
    const { args, folder, out } = changedSet();
    expect((await runHere(args)).code).toBe(0);
    expect(readdirSync(join(folder, 'out'))).toEqual(['scores']);
    expect(readdirSync(out)).toHaveLength(4);
  });

  it('refuses a place it cannot write to', async () => {
    const { args, folder } = changedSet(put('file', ''));
    const sentence = await refusal(args.with(-1, join(folder, 'file')));
    expect(sentence).toContain('cannot be created: a file of that name is in the way');
  });

  it.each(['score', 'score merge', 'score rank', 'restore'])('explains %s', async (words) => {
    const { code, stdout, stderr } = await runHere([...words.split(' '), '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Usage: npm run -s ${words.replace(' ', ' -- ')}`);
  });
});

describe('merge refuses', () => {
  it('parts that are missing, twice, damaged or of another set', async () => {
    const { args, out } = changedSet();
    const part = (text: string) => runHere([...args, '--shard', text]);
    const merge = (...folders: string[]) =>
      refusal(['score', 'merge', ...folders, '--out', join(root, 'merged')]);
    expect((await part('1/2')).code).toBe(0);
    expect(await merge(out)).toContain('These parts of 2 are missing: 2');
    const other = changedSet(remove('mask_personmask/003.png'));
    await runHere([...other.args, '--shard', '1/2']);
    expect(await merge(out, other.out)).toContain('These parts are there twice: 1');
    const less = changedSet((folder) => {
      remove('output/004.png')(folder);
      remove('gt/004.png')(folder);
    });
    await runHere([...less.args, '--shard', '2/2']);
    expect(await merge(out, less.out)).toContain('different sets');
    writeFile(join(out, 'shard-2-of-2.json'), '{"version":1');
    expect(await merge(out)).toContain('is not a part');
    expect(await merge(join(root, 'none'))).toContain('it does not exist');
    expect(await merge(less.folder)).toContain('These parts of 2 are missing: 1');
    expect(await merge()).toContain('Name the folders');
    expect(existsSync(join(root, 'merged'))).toBe(false);
  });
});
