import FilePlus from 'lucide-solid/icons/file-plus';
import Trash from 'lucide-solid/icons/trash';
import { For, type JSX, Show } from 'solid-js';
import type { ImportView } from '../../app/bench/model.ts';
import { IconButton } from '../common/IconButton.tsx';
import { formatExact } from '../format.ts';
import type { BenchView } from './bench-view.ts';

const KIND_WORDS: Readonly<Record<ImportView['kind'], string>> = {
  values: 'Values',
  attributes: 'Attributes of cases',
  complexity: 'Complexity of methods',
};

const HEAD_CLASSES: Readonly<Record<string, string>> = { File: 'row-head', Rows: 'num' };

/** Tables that were brought in: what a browser cannot compute, and what is known beside the pixels. */
export function ImportsTab(props: {
  readonly view: BenchView;
  readonly onImport: () => void;
}): JSX.Element {
  const imports = () => props.view.bench.state.imports;
  return (
    <>
      <div class="controls">
        <button type="button" class="button" onClick={() => props.onImport()}>
          <FilePlus /> Import a CSV or JSON
        </button>
      </div>
      <Show when={imports().length > 0}>
        <div class="table-box">
          <table class="bench-table" data-testid="imports-table">
            <caption class="visually-hidden">Imported tables</caption>
            <thead>
              <tr>
                <For each={['File', 'What it holds', 'Columns', 'Rows', 'Remarks']}>
                  {(name) => (
                    <th scope="col" class={HEAD_CLASSES[name]}>
                      <span class="head-name">{name}</span>
                    </th>
                  )}
                </For>
                <td />
              </tr>
            </thead>
            <tbody>
              <For each={imports()}>
                {(own) => (
                  <Row
                    own={own}
                    onRemove={() => void props.view.bench.commands.removeImport(own.id)}
                  />
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
      <Formats />
    </>
  );
}

function Row(props: { readonly own: ImportView; readonly onRemove: () => void }): JSX.Element {
  return (
    <tr>
      <th scope="row" class="row-head">
        {props.own.fileName}
      </th>
      <td>{KIND_WORDS[props.own.kind]}</td>
      <td class="wraps">{props.own.columns.join(', ')}</td>
      <td class="num">{formatExact(props.own.rows)}</td>
      <td class="wraps">
        <For each={props.own.remarks}>{(remark) => <span class="remark">{remark}</span>}</For>
      </td>
      <td class="row-tools">
        <IconButton class="small" label={`Remove ${props.own.fileName}`} onClick={props.onRemove}>
          <Trash />
        </IconButton>
      </td>
    </tr>
  );
}

/** What a table may look like; its head tells what it is. */
function Formats(): JSX.Element {
  return (
    <dl class="layout-list formats">
      <dt>case, method, MUSIQ, …</dt>
      <dd>
        values that are not measured here, a column each: CLIPQA, MANIQA, MUSIQ, QALIGN, AdaFace …
      </dd>
      <dt>method, FID, …</dt>
      <dd>values of a whole method</dd>
      <dt>case, tone, lux, …</dt>
      <dd>
        attributes of the cases, to group and filter by; what the cameras wrote into the inputs
        (EXIF) is read by itself: device, exposure, iso, flash, date …
      </dd>
      <dt>method, parameters, macs, seconds</dt>
      <dd>what methods cost; seconds for a million pixels</dd>
    </dl>
  );
}
