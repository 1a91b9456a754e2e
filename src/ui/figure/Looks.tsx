import { For, type JSX, Show } from 'solid-js';
import { MAP_IDS, MAPS } from '../../core/metrics/maps.ts';
import { Segmented } from '../common/Segmented.tsx';
import type { FigureTool } from './figure-state.ts';

const WIDTHS = ['140', '200', '280'] as const;

/** How the figure looks: its whole picture, its error map, and the size and pixels of its crops. */
export function Looks(props: { readonly tool: FigureTool }): JSX.Element {
  const { tool } = props;
  const isMap = (id: string) => id.startsWith('map:');
  const hasMaps = () => tool.choice.columns.some(({ id, on }) => on && isMap(id));
  return (
    <fieldset class="figure-group">
      <legend class="section-title">Look</legend>
      <PickRow
        title="Whole picture"
        value={tool.choice.overview}
        options={tool.choice.columns.filter(({ id }) => !isMap(id))}
        onChange={(overview) => tool.change({ overview })}
      />
      <Show when={hasMaps()}>
        <PickRow
          title="Error map"
          value={tool.choice.map}
          options={MAP_IDS.map((id) => ({ id, label: MAPS[id].title }))}
          onChange={(map) => tool.change({ map })}
        />
      </Show>
      <div class="figure-row">
        <span>Width of a crop</span>
        <Segmented
          label="Width of a crop"
          name="figure-width"
          options={WIDTHS.map((value) => ({ value, label: value }))}
          value={WIDTHS.find((value) => Number(value) === tool.choice.cropWidth) ?? null}
          onChange={(value) => tool.change({ cropWidth: Number(value) })}
        />
      </div>
      <label class="switch-row">
        <span>Enlarged pixels stay sharp</span>
        <input
          type="checkbox"
          class="switch"
          checked={tool.choice.pixelated}
          onChange={(event) => tool.change({ pixelated: event.currentTarget.checked })}
        />
      </label>
    </fieldset>
  );
}

/** A menu beside what it is of. */
function PickRow<Id extends string>(props: {
  readonly title: string;
  readonly value: Id;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  readonly onChange: (id: Id) => void;
}): JSX.Element {
  return (
    <label class="figure-row">
      <span>{props.title}</span>
      <select
        class="select"
        value={props.value}
        onChange={(event) => {
          const found = props.options.find(({ id }) => id === event.currentTarget.value);
          if (found) props.onChange(found.id);
        }}
      >
        <For each={props.options}>
          {({ id, label }) => (
            <option value={id} selected={id === props.value}>
              {label}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
