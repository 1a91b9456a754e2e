import { createEffect, createSignal, For, type JSX, Show } from 'solid-js';
import type { AppModel, CaseView } from '../../app/model.ts';
import { MAP_IDS, MAPS } from '../../core/metrics/maps.ts';
import { PickMenu } from '../bench/PickMenu.tsx';
import { Dialog } from '../common/Dialog.tsx';
import { Segmented } from '../common/Segmented.tsx';
import { saveFile } from '../panel/save.ts';
import type { Viewer } from '../viewer/viewer-state.ts';
import { Boxes } from './Boxes.tsx';
import { paintFigure } from './figure-canvas.ts';
import type { Chosen } from './figure-choice.ts';
import { figurePng, figureSvgFile, fitsPng } from './figure-files.ts';
import { createFigure, type FigureTool } from './figure-state.ts';
import '../bench/pairing.css';
import './figure.css';

interface FigureDialogProps {
  readonly model: AppModel;
  readonly viewer: Viewer;
  readonly case: CaseView;
  readonly onClose: () => void;
}

/** A crop comparison for a paper: what is in it, how it looks, and its two files. */
export function FigureDialog(props: FigureDialogProps): JSX.Element {
  const tool = createFigure(props.model, props.viewer, props.case);
  const [saving, setSaving] = createSignal(false);
  const save = async (make: () => Promise<File | null>) => {
    setSaving(true);
    try {
      const file = await make();
      if (file) await saveFile(file);
      else
        props.model.commands.notify('error', 'This browser could not draw the PNG: save the SVG.');
    } finally {
      setSaving(false);
    }
  };
  const ready = () => (tool.busy() || saving() ? null : tool.drawn());
  return (
    <Dialog title="Figure" onClose={props.onClose} class="figure-dialog" testId="figure-dialog">
      <div class="figure-body">
        <div class="figure-choices">
          <Boxes tool={tool} viewer={props.viewer} case={props.case} />
          <Picks
            title="Columns"
            picks={tool.choice.columns}
            onChange={tool.setColumn}
            testId="figure-columns"
          />
          <Picks
            title="Cases"
            picks={tool.choice.cases}
            onChange={tool.setCase}
            testId="figure-cases"
          />
          <FromBench model={props.model} />
          <Looks tool={tool} />
        </div>
        <Preview tool={tool} />
      </div>
      <div class="dialog-actions">
        <Show when={ready() && !fitsPng(ready()?.figure ?? NONE)}>
          <p class="section-note figure-large">Too large for a PNG: fewer cases, or the SVG.</p>
        </Show>
        <button type="button" class="button" onClick={() => props.onClose()}>
          Close
        </button>
        <button
          type="button"
          class="button"
          data-testid="figure-svg"
          disabled={ready() === null}
          onClick={() => {
            const now = ready();
            if (now) void save(async () => figureSvgFile(now.figure, now.crops));
          }}
        >
          Save SVG
        </button>
        <button
          type="button"
          class="button primary"
          data-testid="figure-png"
          disabled={!fitsPng(ready()?.figure ?? NONE)}
          onClick={() => {
            const now = ready();
            if (now) void save(() => figurePng(now.figure, now.crops));
          }}
        >
          Save PNG
        </button>
      </div>
    </Dialog>
  );
}

/** Nothing is drawn yet: it fits nowhere. */
const NONE = { title: '', items: [], width: Number.POSITIVE_INFINITY, height: 0 };

/** What is in the figure, and what it is called there. */
function Picks<Id extends string>(props: {
  readonly title: string;
  readonly picks: readonly Chosen<Id>[];
  readonly onChange: (id: Id, change: { on?: boolean; label?: string }) => void;
  readonly testId: string;
}): JSX.Element {
  return (
    <fieldset class="figure-group" data-testid={props.testId}>
      <legend class="section-title">{props.title}</legend>
      <For each={props.picks.map(({ id }) => id)}>
        {(id) => (
          <Show when={props.picks.find((own) => own.id === id)}>
            {(pick) => (
              <div class="figure-pick">
                <input
                  type="checkbox"
                  aria-label={`${pick().label || id} in the figure`}
                  checked={pick().on}
                  onChange={(event) => props.onChange(id, { on: event.currentTarget.checked })}
                />
                <input
                  type="text"
                  class="text-field"
                  aria-label={`Label of ${pick().label || id}`}
                  maxlength={60}
                  value={pick().label}
                  onInput={(event) => props.onChange(id, { label: event.currentTarget.value })}
                />
              </div>
            )}
          </Show>
        )}
      </For>
    </fieldset>
  );
}

/** More cases for the figure, from the bench's set. */
function FromBench(props: { readonly model: AppModel }): JSX.Element {
  const [opening, setOpening] = createSignal<string | null>(null);
  const cases = () => props.model.commands.benchCases();
  const add = async (id: string) => {
    setOpening(cases().find((own) => own.id === id)?.title ?? id);
    await props.model.commands.takeFromBench(id);
    setOpening(null);
  };
  return (
    <Show when={cases().length > 0 || opening()}>
      <div class="figure-bench" data-testid="figure-bench">
        <Show
          when={opening()}
          fallback={
            <PickMenu
              label="From the bench"
              first="a case"
              action="Add"
              options={cases().map(({ id, title }) => ({ value: id, label: title }))}
              onChoose={(id) => void add(id)}
            />
          }
        >
          {(title) => (
            <p class="section-note" role="status">
              Opening {title()}…
            </p>
          )}
        </Show>
      </div>
    </Show>
  );
}

const WIDTHS = ['140', '200', '280'] as const;

function Looks(props: { readonly tool: FigureTool }): JSX.Element {
  const { tool } = props;
  const hasMaps = () => tool.choice.columns.some(({ id, on }) => on && id.startsWith('map:'));
  return (
    <fieldset class="figure-group">
      <legend class="section-title">Look</legend>
      <label class="figure-row">
        <span>Whole picture</span>
        <select
          class="select"
          value={tool.choice.overview}
          onChange={(event) => {
            const found = tool.choice.columns.find(({ id }) => id === event.currentTarget.value);
            if (found) tool.change({ overview: found.id });
          }}
        >
          <For each={tool.choice.columns.filter(({ id }) => !id.startsWith('map:'))}>
            {({ id, label }) => (
              <option value={id} selected={id === tool.choice.overview}>
                {label}
              </option>
            )}
          </For>
        </select>
      </label>
      <Show when={hasMaps()}>
        <label class="figure-row">
          <span>Error map</span>
          <select
            class="select"
            value={tool.choice.map}
            onChange={(event) => {
              const map = MAP_IDS.find((id) => id === event.currentTarget.value);
              if (map) tool.change({ map });
            }}
          >
            <For each={MAP_IDS}>
              {(id) => (
                <option value={id} selected={id === tool.choice.map}>
                  {MAPS[id].title}
                </option>
              )}
            </For>
          </select>
        </label>
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

/** The figure as its files will show it. */
function Preview(props: { readonly tool: FigureTool }): JSX.Element {
  let canvas: HTMLCanvasElement | undefined;
  createEffect(() => {
    const drawn = props.tool.drawn();
    const context = canvas?.getContext('2d');
    if (!drawn || !canvas || !context) return;
    const { figure, crops } = drawn;
    const ratio = window.devicePixelRatio;
    Object.assign(canvas, { width: figure.width * ratio, height: figure.height * ratio });
    canvas.style.setProperty('--width', `${figure.width}px`);
    paintFigure(context, figure, ratio, crops.of);
  });
  return (
    <section class="figure-preview" aria-label="Preview" aria-busy={props.tool.busy()}>
      <canvas
        ref={canvas}
        class="figure-canvas"
        classList={{ stale: props.tool.busy(), none: props.tool.drawn() === null }}
        role="img"
        aria-label={props.tool.figure()?.title ?? 'Nothing chosen'}
        data-testid="figure-preview"
      />
      <p class="section-note" role="status">
        <Show
          when={props.tool.figure()}
          fallback="Choose a case, a column and a box: then the figure appears here."
        >
          {(figure) => (
            <Show when={!props.tool.busy()} fallback="Drawing…">
              {figure().width} × {figure().height}, the PNG twice as large
            </Show>
          )}
        </Show>
      </p>
    </section>
  );
}
