import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import { writeArchive } from '../../src/codecs/archive/write.ts';
import { COMBINATIONS } from '../../src/core/judge/combine.ts';
import { type TestBench, testBench } from '../helpers/app.ts';
import { CONDITIONS, contentsOf, fileOr, madeStudy, votingOf } from '../helpers/judgeApp.ts';

const freshBench = (): TestBench => {
  globalThis.indexedDB = new IDBFactory();
  return testBench();
};

it('studies, keys and votes travel in the workspace and stand in the report', async () => {
  const first = await freshBench().open();
  const hash = await madeStudy(first, 'six-dimensions', { training: 0 });
  await first.judge.commands.startVoting(hash, 'ann', CONDITIONS);
  const { questions } = votingOf(first).protocol;
  for (let value = 1; votingOf(first).item !== null; value = (value % 5) + 1) {
    const answers = questions.map(({ id }) => ({ question: id, value, reason: null }));
    await first.judge.commands.answer(answers, true);
  }
  await first.judge.commands.stopVoting();

  const report = await fileOr(
    first,
    first.bench.commands.exportFile({ kind: 'report', by: 'raim2026' }),
  );
  const html = await report.text();
  expect(html).toContain('Study: Evening faces');
  expect(html).toContain('Mean opinion by dimension');
  expect(html).toContain('Chance of each rank');
  expect(html).toContain('A rater is left out who');
  expect(html.match(/<svg/g)?.length).toBeGreaterThanOrEqual(3);
  // What the report works out is there for the page.
  const before = first.judge.commands.analyse(hash, COMBINATIONS.raim2026);
  expect(before).not.toBeNull();

  const workspace = await fileOr(
    first,
    first.bench.commands.exportFile({ kind: 'workspace', images: true }),
  );
  await first.close();

  const second = await freshBench().open();
  await second.bench.commands.add([{ path: workspace.name, file: workspace }]);
  const [study] = second.judge.state.studies;
  expect(study).toMatchObject({ hash, mine: true, remarks: [] });
  expect(study?.raters).toMatchObject([{ name: 'ann', finished: true, here: false }]);
  await second.judge.commands.evaluate(hash, COMBINATIONS.raim2026);
  const after = second.judge.commands.analyse(hash, COMBINATIONS.raim2026);
  expect(after?.rows).toEqual(before?.rows);
  await second.close();

  // Votes that were edited in the file do not count.
  const parts = await contentsOf(workspace);
  const edited = await Promise.all(
    [...parts].map(async ([path, data]) => ({
      path,
      data:
        path === 'workspace.json'
          ? new Blob([(await data.text()).replaceAll('"rater":"ann"', '"rater":"bob"')])
          : data,
    })),
  );
  const third = await freshBench().open();
  const file = new File([await writeArchive(edited)], workspace.name);
  await third.bench.commands.add([{ path: file.name, file }]);
  expect(third.judge.state.studies[0]).toMatchObject({ hash, raters: [] });
  await third.close();
});
